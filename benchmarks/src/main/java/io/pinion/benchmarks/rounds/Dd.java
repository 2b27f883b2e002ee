package io.pinion.benchmarks.rounds;

import io.pinion.benchmarks.PageCache;
import io.pinion.benchmarks.plan.Kind;
import io.pinion.benchmarks.plan.Pattern;
import io.pinion.benchmarks.plan.Shape;
import io.pinion.benchmarks.plan.Span;
import io.pinion.linux.libc.LibC;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;

/** The peer dd(1): a process for each pass, whose times bash tells, to the millisecond, without what it takes to start bash. */
final class Dd {
    private static final java.util.regex.Pattern TIMES =
            java.util.regex.Pattern.compile("([\\d.]+) ([\\d.]+) ([\\d.]+)");
    private static final double SECOND = 1e9;
    /** Two words of 32 bits. */
    private static final int FRAME = 8;

    private final boolean writing;
    private final int block;
    private final long count;
    private final Path file;
    private final PageCache cache = new PageCache(new LibC());
    private double nanos;
    private double cpu;

    private Dd(Shape shape, int more, Path file) {
        this.writing = shape.kind() == Kind.WRITE;
        this.block = shape.block() + more;
        this.count = Pattern.PASS / shape.block();
        this.file = file;
    }

    /** @param beside the file of Pinion's samples: dd has one of its own, which no tape is on */
    static Dd of(Shape shape, Path beside) {
        return new Dd(shape, 0, file(beside));
    }

    /** As {@link #of}, with blocks as long as what an image has of a record. */
    static Dd framed(Shape shape, Path beside) {
        return new Dd(shape, FRAME, file(beside));
    }

    static void deleteFile(Path beside) throws IOException {
        Files.deleteIfExists(file(beside));
    }

    private static Path file(Path beside) {
        return beside.resolveSibling(beside.getFileName() + ".dd");
    }

    Sample sample(Span span) throws IOException, InterruptedException {
        if (!writing && (!Files.exists(file) || Files.size(file) != block * count)) {
            Command.run(timed(writing()));
        }
        passes(span.warmUpNanos());
        nanos = 0;
        cpu = 0;
        double operations = passes(span.measuredNanos()) * (double) count;
        double untold = Double.NaN;
        return new Sample(
                operations / nanos * SECOND,
                cpu / operations,
                cpu / operations,
                untold,
                untold,
                untold,
                untold,
                Output.load());
    }

    /** {@return how many passes took so long together} */
    private int passes(long least) throws IOException, InterruptedException {
        int passes = 0;
        do {
            pass();
            passes++;
        } while (nanos < least);
        return passes;
    }

    private void pass() throws IOException, InterruptedException {
        if (!writing) {
            cache.drop(file);
        }
        times(Command.run(timed(command())));
    }

    List<String> command() {
        return writing ? writing() : List.of("dd", "if=" + file, "of=/dev/null", "bs=" + block);
    }

    private List<String> writing() {
        return List.of("dd", "if=/dev/zero", "of=" + file, "bs=" + block, "count=" + count, "conv=fdatasync");
    }

    private static List<String> timed(List<String> command) {
        List<String> timed = new ArrayList<>(List.of(
                "bash", "-c", "export LC_ALL=C TIMEFORMAT='%3R %3U %3S'; { time \"$@\" status=none; } 2>&1", "bash"));
        timed.addAll(command);
        return timed;
    }

    private void times(String printed) throws IOException {
        Matcher times = TIMES.matcher(printed.strip());
        if (!times.matches()) {
            throw new IOException("dd: " + printed.strip());
        }
        nanos += Double.parseDouble(times.group(1)) * SECOND;
        cpu += (Double.parseDouble(times.group(2)) + Double.parseDouble(times.group(3))) * SECOND;
    }
}

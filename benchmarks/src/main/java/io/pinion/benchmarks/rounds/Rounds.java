package io.pinion.benchmarks.rounds;

import io.pinion.benchmarks.PageCache;
import io.pinion.benchmarks.Work;
import io.pinion.benchmarks.plan.Medium;
import io.pinion.benchmarks.plan.Pattern;
import io.pinion.benchmarks.plan.Span;
import io.pinion.benchmarks.plan.Way;
import io.pinion.benchmarks.plan.Workload;
import io.pinion.linux.libc.LibC;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Rounds: each measures every way of every workload once, in a process of its own; workloads in random order, and their ways.
 * A peer that fails is missing from then on; Pinion must not fail.
 */
public final class Rounds {
    private static final long CACHED_SIZE = 64L << 20;

    private final Map<Workload, Measured> measured = new LinkedHashMap<>();
    private final FirstUse firstUse = new FirstUse();
    private final Random random = new Random();
    private final PageCache cache = new PageCache(new LibC());
    private final Peers peers;
    private final Devices devices;
    private final Span span;
    private final Progress progress;
    private final Path file;
    private final Path cached;
    private final Path tape;

    private Rounds(List<Workload> workloads, int rounds, Peers peers, Devices devices, Span span, PrintStream out)
            throws IOException {
        this.peers = peers;
        this.devices = devices;
        this.span = span;
        file = Work.directory().resolve("direct.bin").toAbsolutePath();
        cached = Work.directory().resolve("cached.bin").toAbsolutePath();
        tape = Work.directory().resolve("tape.tap").toAbsolutePath();
        int ways = 1;
        for (Workload workload : workloads) {
            Measured begun = new Measured(workload);
            measured.put(workload, begun);
            for (Way peer : workload.peers()) {
                if (!peers.absence(peer).isEmpty()) {
                    begun.lacks(peer.title(), peers.absence(peer));
                }
            }
            if (!devices.absence(workload.medium()).isEmpty()) {
                begun.lacksAll(devices.absence(workload.medium()));
            }
            ways += begun.titles().size();
        }
        progress = new Progress(out, ways * rounds);
    }

    /**
     * What all rounds came to.
     *
     * @param rounds how many there were
     * @param workloads what each workload came to
     * @param firstUse what the first use of a pool cost
     */
    public record Outcome(int rounds, List<Measured> workloads, FirstUse firstUse) {}

    /**
     * {@return what came of it}
     *
     * @param rounds how many at most
     * @param budget for all of them: no round but the first begins that would probably end later
     * @param devices that the workloads are on, as far as they are there
     * @param size of the file for direct I/O, in bytes; it is written in full before
     * @param out where progress is told
     */
    public static Outcome run(
            List<Workload> workloads,
            int rounds,
            Duration budget,
            Peers peers,
            Devices devices,
            Span span,
            long size,
            PrintStream out)
            throws IOException, InterruptedException {
        Rounds all = new Rounds(workloads, rounds, peers, devices, span, out);
        int done = 0;
        try {
            Work.fill(all.file, size);
            Work.fill(all.cached, Math.min(size, CACHED_SIZE));
            long begin = System.nanoTime();
            long longest = 0;
            while (done < rounds && (done == 0 || System.nanoTime() - begin + longest <= budget.toNanos())) {
                long start = System.nanoTime();
                all.round();
                longest = Math.max(longest, System.nanoTime() - start);
                done++;
            }
        } finally {
            Files.deleteIfExists(all.file);
            Files.deleteIfExists(all.cached);
            Files.deleteIfExists(all.tape);
            Dd.deleteFile(all.tape);
        }
        return new Outcome(done, List.copyOf(all.measured.values()), all.firstUse);
    }

    private void round() throws IOException, InterruptedException {
        progress.next("first use of a pool");
        firstUse.sample(peers, random.nextBoolean());
        List<Workload> workloads = new ArrayList<>(measured.keySet());
        Collections.shuffle(workloads, random);
        for (Workload workload : workloads) {
            List<String> titles = new ArrayList<>(measured.get(workload).titles());
            Collections.shuffle(titles, random);
            for (String title : titles) {
                progress.next(workload.name() + ": " + title);
                sample(measured.get(workload), title);
            }
        }
    }

    private void sample(Measured into, String title) throws IOException, InterruptedException {
        Workload workload = into.workload();
        Path on = prepared(workload);
        Way way = way(workload, title);
        try {
            Peers.Result result = peers.sample(way, workload.shape(), on, span);
            into.add(title, result.sample());
            if (way == workload.own()) {
                into.note(result.notes());
            }
        } catch (IOException e) {
            if (way == workload.own()) {
                throw new IOException(workload.name() + ": Pinion failed: " + e.getMessage(), e);
            }
            into.lacks(title, e.getMessage());
        }
    }

    /** {@return what the workload is on, with the page cache as it is to be} What a tape's passes find they see to themselves. */
    private Path prepared(Workload workload) throws IOException {
        if (workload.shape().pattern() == Pattern.CACHED) {
            cache.fill(cached);
            return cached;
        }
        if (workload.medium() == Medium.TAPE) {
            return tape;
        }
        Path on = workload.medium() == Medium.FILE ? file : devices.path(workload.medium());
        cache.drop(on);
        return on;
    }

    private static Way way(Workload workload, String title) {
        return workload.peers().stream()
                .filter(peer -> peer.title().equals(title))
                .findFirst()
                .orElse(workload.own());
    }
}

package io.pinion.benchmarks.rounds;

import io.pinion.benchmarks.plan.Shape;
import io.pinion.benchmarks.plan.Span;
import io.pinion.benchmarks.plan.Way;
import io.pinion.benchmarks.sample.OneSample;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The programs that do a workload, and which of them are not there. */
public final class Peers implements AutoCloseable {
    private static final String LOOP = "uring";
    private static final String SYNCHRONOUS = "synchronous";
    private static final String FIRST_USE = "first_use";

    /** 8 MiB, for four blocks of 1 MiB and what fio adds. */
    private static final int FIOS_PAGES = 4;

    private final Map<Way, String> absent = new EnumMap<>(Way.class);
    private final Map<Way, String> versions = new EnumMap<>(Way.class);
    private final Path directory;
    private final HugePages hugePages = new HugePages(FIOS_PAGES);

    private Peers(Path directory) throws IOException {
        this.directory = directory.toAbsolutePath();
    }

    /** {@return all that this machine has} Compiles the programs in C into the directory. */
    public static Peers find(Path directory) throws IOException, InterruptedException {
        Peers peers = new Peers(directory);
        List<String> version = List.of("cc", "--version");
        peers.tryOut(Way.C, peers.compile(LOOP), peers.compile(FIRST_USE), version);
        for (Way way : List.of(Way.C_SYNCHRONOUS, Way.C_BESIDE_A_THREAD)) {
            peers.tryOut(way, peers.compile(SYNCHRONOUS), version);
        }
        peers.tryOut(Way.FIO, List.of("fio", "--version"));
        for (Way way : List.of(Way.DD, Way.DD_FRAMED)) {
            peers.tryOut(way, List.of("bash", "--version"), List.of("dd", "--version"));
        }
        return peers;
    }

    private List<String> compile(String name) {
        return List.of("cc", "-O2", "-pthread", "-o", program(name), "src/main/c/" + name + ".c");
    }

    private String program(String name) {
        return directory.resolve(name).toString();
    }

    /** {@return those alone that need nothing but Java} */
    public static Peers ofJava() throws IOException {
        Peers peers = new Peers(Path.of(""));
        Arrays.stream(Way.values()).filter(way -> !way.isJava()).forEach(way -> peers.absent.put(way, "not asked for"));
        return peers;
    }

    /** The last command prints the version. */
    @SafeVarargs
    private void tryOut(Way way, List<String>... commands) throws InterruptedException {
        try {
            for (List<String> command : commands) {
                versions.put(way, Command.run(command).lines().findFirst().orElse(""));
            }
        } catch (IOException e) {
            absent.put(way, e.getMessage());
        }
    }

    /** {@return why a way can't be gone; empty when it can} */
    String absence(Way way) {
        return absent.getOrDefault(way, "");
    }

    /** {@return which peers there are and how they run, by name} */
    public Map<String, String> environment() {
        Map<String, String> all = new LinkedHashMap<>();
        for (Way way : List.of(Way.C, Way.FIO, Way.DD)) {
            all.put(way.title(), absent.containsKey(way) ? "missing: " + absence(way) : versions.get(way));
        }
        all.put("fio's buffers", hugePages.words());
        return all;
    }

    /** {@return the output of a sample} */
    Result sample(Way way, Shape shape, Path file, Span span) throws IOException, InterruptedException {
        if (way == Way.FIO) {
            List<String> fio = Fio.command(shape, file, span.compiled(), hugePages.areThere());
            return new Result(Fio.sample(Command.run(fio)), List.of());
        }
        if (way == Way.DD || way == Way.DD_FRAMED) {
            Dd dd = way == Way.DD ? Dd.of(shape, file) : Dd.framed(shape, file);
            return new Result(dd.sample(span.compiled()), List.of());
        }
        List<String> command = new ArrayList<>();
        command.add(way.isJava() ? way.name() : program(way == Way.C ? LOOP : SYNCHRONOUS));
        command.addAll(shape.arguments(file.toString(), way.isJava() ? span : span.compiled()));
        if (way == Way.C_BESIDE_A_THREAD) {
            command.add("beside-a-thread");
        }
        Output output = Output.of(Command.run(way.isJava() ? Command.java(OneSample.class, command) : command));
        return new Result(output.sample(), output.notes());
    }

    /** {@return nanoseconds that C takes for what a pool's first use is; NaN when it is not there} */
    double firstUseInC() throws IOException, InterruptedException {
        if (absent.containsKey(Way.C)) {
            return Double.NaN;
        }
        return Output.of(Command.run(List.of(program(FIRST_USE)))).figure("first");
    }

    /** Gives the huge pages back. */
    @Override
    public void close() {
        hugePages.close();
    }

    /** A sample and what Pinion said about it. */
    record Result(Sample sample, List<String> notes) {}
}

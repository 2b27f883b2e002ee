package io.pinion.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Rounds of {@link QueuedSample} beside {@code uring.c} and fio(1): each round measures every way once, in a process of its
 * own, in random order. A peer that is not to be had is left out, and it is said why.
 */
final class QueuedRounds {
    private static final Pattern FIGURE = Pattern.compile("(operations|nanos|cpu|allocated)=(\\d+)");
    private static final long SIZE = 512L << 20;
    private static final int DEPTH = 32;
    private static final int BATCH = 8;
    private static final int BLOCK = 4096;

    /** What one sample came to. */
    private record Sample(double rate, double cpu, double allocated) {}

    private final double seconds;
    private final Path file;
    private final Map<String, String> missing = new LinkedHashMap<>();
    private final Map<String, List<Sample>> samples = new LinkedHashMap<>();
    private final Path program;

    private QueuedRounds(double seconds) throws IOException, InterruptedException {
        this.seconds = seconds;
        file = Work.directory().resolve("queued.bin");
        program = compile();
    }

    static String run(int rounds, double seconds) throws Exception {
        StringBuilder text = new StringBuilder("## Queues on io_uring\n\n")
                .append(
                        "4 KiB at random by O_DIRECT, 32 in flight, 8 at a time waited for; NOP: the bare ring, batches of 32.")
                .append(" Ratios of operations a second (more is faster) and of processor time per operation (less is")
                .append(
                        " better) to the loop in C; the A/A pair is the loop against itself. Registered file and buffers, on")
                .append(" huge pages, everywhere.\n\n")
                .append("| what | way | speed / C | processor time / C | ns of processor time | bytes allocated |\n")
                .append("|---|---|---|---|---|---|\n");
        QueuedRounds queued = new QueuedRounds(seconds);
        Work.fill(queued.file, SIZE);
        try {
            for (String what : List.of("read", "write", "nop")) {
                text.append(queued.rows(what, rounds));
            }
        } finally {
            Files.delete(queued.file);
        }
        queued.missing.forEach((peer, why) ->
                text.append("\nLeft out: ").append(peer).append(", ").append(why));
        return text.append('\n').toString();
    }

    private Path compile() throws IOException, InterruptedException {
        Path made = Work.directory().resolve("uring").toAbsolutePath();
        try {
            output(List.of("cc", "-O2", "-o", made.toString(), "src/main/c/uring.c"));
            return made;
        } catch (IOException e) {
            missing.put("the loop in C", e.getMessage());
            return null;
        }
    }

    private String rows(String what, int rounds) throws InterruptedException {
        samples.clear();
        boolean nop = what.equals("nop");
        List<String> ways = new ArrayList<>(List.of("C", "C again", "Pinion", nop ? "Pinion, owner-bound" : "fio"));
        Random random = new Random(what.hashCode());
        for (int round = 0; round < rounds; round++) {
            Collections.shuffle(ways, random);
            for (String way : List.copyOf(ways)) {
                try {
                    samples.computeIfAbsent(way, w -> new ArrayList<>()).add(sample(way, what));
                } catch (IOException e) {
                    missing.put(way, e.getMessage());
                    samples.remove(way);
                    ways.remove(way);
                }
            }
            System.err.printf(Locale.ROOT, "queues, %s: round %d of %d%n", what, round + 1, rounds);
        }
        StringBuilder rows = new StringBuilder();
        samples.keySet().stream()
                .sorted()
                .filter(way -> samples.containsKey("C"))
                .forEach(way -> rows.append(row(what, way)));
        return rows.toString();
    }

    private Sample sample(String way, String what) throws IOException, InterruptedException {
        return switch (way) {
            case "C", "C again" -> {
                if (program == null) {
                    throw new IOException("it was not compiled");
                }
                yield parse(output(arguments(List.of(program.toString()), what)));
            }
            case "fio" -> Fio.sample(output(Fio.command(file, what, BLOCK, DEPTH, BATCH, seconds)));
            case "Pinion" -> parse(output(arguments(java(), what)));
            default -> parse(output(arguments(java(), what + "-owner-bound")));
        };
    }

    private List<String> arguments(List<String> command, String what) {
        List<String> all = new ArrayList<>(command);
        int batch = what.startsWith("nop") ? DEPTH : BATCH;
        all.addAll(List.of(
                what,
                file.toAbsolutePath().toString(),
                Integer.toString(BLOCK),
                Integer.toString(DEPTH),
                Integer.toString(batch),
                Double.toString(seconds)));
        return all;
    }

    private static List<String> java() {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), QueuedSample.class.getName()));
        return command;
    }

    /** {@return what the command printed; its complaints are this process's} */
    private static String output(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException(command.get(0) + " ended with " + process.exitValue());
        }
        return printed;
    }

    private static Sample parse(String printed) {
        Map<String, Double> figures = new LinkedHashMap<>();
        Matcher matcher = FIGURE.matcher(printed);
        while (matcher.find()) {
            figures.put(matcher.group(1), Double.valueOf(matcher.group(2)));
        }
        double operations = figures.get("operations");
        return new Sample(
                operations / figures.get("nanos") * 1e9,
                figures.get("cpu") / operations,
                figures.getOrDefault("allocated", 0.0) / operations);
    }

    private String row(String what, String way) {
        List<Double> rates = new ArrayList<>();
        List<Double> cpus = new ArrayList<>();
        List<Sample> own = samples.get(way);
        List<Sample> base = samples.get("C");
        for (int i = 0; i < Math.min(own.size(), base.size()); i++) {
            rates.add(own.get(i).rate() / base.get(i).rate());
            cpus.add(own.get(i).cpu() / base.get(i).cpu());
        }
        return String.format(
                Locale.ROOT,
                "| %s | %s | %s | %s | %.0f | %.3f |%n",
                what,
                way,
                way.equals("C") ? "1" : Ratio.of(rates),
                way.equals("C") ? "1" : Ratio.of(cpus),
                Ratio.median(own.stream().mapToDouble(Sample::cpu).toArray()),
                Ratio.median(own.stream().mapToDouble(Sample::allocated).toArray()));
    }

    /** The peer fio(1), at its own best. */
    private static final class Fio {
        private static final Pattern USED = Pattern.compile("\"(iops|usr_cpu|sys_cpu)\" : ([0-9.]+)");

        static List<String> command(Path file, String what, int block, int depth, int batch, double seconds) {
            return List.of(
                    "fio",
                    "--name=sample",
                    "--filename=" + file.toAbsolutePath(),
                    "--rw=rand" + what,
                    "--bs=" + block,
                    "--direct=1",
                    "--ioengine=io_uring",
                    "--fixedbufs",
                    "--registerfiles",
                    "--iodepth=" + depth,
                    "--iodepth_batch_submit=" + batch,
                    "--iodepth_batch_complete_min=" + batch,
                    "--iodepth_batch_complete_max=" + depth,
                    "--gtod_reduce=1",
                    "--norandommap=1",
                    "--time_based",
                    "--ramp_time=1500ms",
                    "--runtime=" + Math.max(1, Math.round(seconds)) + "s",
                    "--output-format=json");
        }

        /** Of reads and writes the one that was done has a rate. Processor time is told in percent of the run's. */
        static Sample sample(String json) {
            double rate = 0;
            double percent = 0;
            Matcher matcher = USED.matcher(json);
            while (matcher.find()) {
                double value = Double.parseDouble(matcher.group(2));
                switch (matcher.group(1)) {
                    case "iops" -> rate = Math.max(rate, value);
                    default -> percent += value;
                }
            }
            return new Sample(rate, percent / 100 * 1e9 / rate, 0);
        }
    }
}

package io.pinion.benchmarks.advisor;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a job of fio(1) did.
 *
 * @param rate requests a second
 * @param processor nanoseconds of processor time for one, of the job's thread
 */
record FioJob(double rate, double processor) {
    /** The job of a rig. */
    static final String LOAD = "load";
    /** The job beside it. */
    static final String OTHER = "other";

    private static final String SMALL = "4k";
    private static final Pattern TOLD =
            Pattern.compile("\"(jobname|iops|usr_cpu|sys_cpu)\" : (?:\"([^\"]*)\"|([0-9.]+))");

    /** How fio moves the bytes. */
    enum Way {
        BUFFERED,
        DIRECT,
        UNCACHED;

        String title() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** {@return the command that does a rig's load in a way, and beside it what is to be beside} */
    static List<String> beside(Rig rig, Way way, Path target, Path others, double seconds, boolean huge) {
        List<String> command = command(rig, way, target, seconds, huge);
        command.addAll(other(others));
        return command;
    }

    /**
     * {@return the command that does a rig's load in a way, with nothing beside it}
     *
     * @param huge whether its buffers can be on huge pages, as Pinion's are: a request of 1 MiB from 256 small ones takes several times as long
     */
    static List<String> command(Rig rig, Way way, Path target, double seconds, boolean huge) {
        List<String> command = start(seconds);
        command.addAll(List.of(
                "--name=" + LOAD,
                "--filename=" + target,
                "--rw=" + (rig.sequential() ? "" : "rand") + "read",
                "--bs=" + rig.block(),
                "--size=" + rig.span(),
                "--ioengine=" + (rig.depth() > 1 ? "io_uring" : "psync"),
                "--iodepth=" + rig.depth(),
                "--direct=" + (way == Way.DIRECT ? 1 : 0)));
        if (huge) {
            command.add("--iomem=mmaphuge");
        }
        if (way == Way.UNCACHED) {
            command.add("--uncached=1");
        }
        // What is read ahead for a direct job is of no use, and a warm one's own bytes must not be dropped.
        command.add(rig.isWarm() ? "--invalidate=0" : "--invalidate=1");
        if (rig.isWarm() && way == Way.BUFFERED) {
            command.add("--pre_read=1");
        }
        return command;
    }

    /** {@return the command that does what is beside a rig alone} */
    static List<String> alone(Path others, double seconds) {
        List<String> command = start(seconds);
        command.addAll(other(others));
        return command;
    }

    private static List<String> start(double seconds) {
        return new ArrayList<>(List.of(
                "fio",
                "--output-format=json",
                "--time_based",
                "--runtime=" + Math.round(seconds * 1000) + "ms",
                "--thread",
                "--gtod_reduce=1"));
    }

    private static List<String> other(Path others) {
        return List.of(
                "--name=" + OTHER,
                "--filename=" + others,
                "--rw=randread",
                "--bs=" + SMALL,
                "--ioengine=psync",
                "--direct=0",
                "--norandommap=1",
                "--invalidate=0",
                "--pre_read=1");
    }

    /** {@return jobs, by name} Processor time comes in percent of the run's; of the kinds of requests one was done. */
    static Map<String, FioJob> parse(String json) throws IOException {
        Map<String, double[]> figures = new LinkedHashMap<>();
        double[] job = new double[2];
        Matcher matcher = TOLD.matcher(json);
        while (matcher.find()) {
            switch (matcher.group(1)) {
                case "jobname" -> figures.put(matcher.group(2), job = new double[2]);
                case "iops" -> job[0] = Math.max(job[0], Double.parseDouble(matcher.group(3)));
                default -> job[1] += Double.parseDouble(matcher.group(3));
            }
        }
        Map<String, FioJob> jobs = new LinkedHashMap<>();
        for (Map.Entry<String, double[]> each : figures.entrySet()) {
            double rate = each.getValue()[0];
            if (rate == 0) {
                throw new IOException("fio's job " + each.getKey() + " did nothing");
            }
            jobs.put(each.getKey(), new FioJob(rate, each.getValue()[1] / 100 * 1e9 / rate));
        }
        return jobs;
    }
}

package io.pinion.benchmarks.rounds;

import io.pinion.benchmarks.plan.Kind;
import io.pinion.benchmarks.plan.Pattern;
import io.pinion.benchmarks.plan.Shape;
import io.pinion.benchmarks.plan.Span;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;

/** The peer fio(1), with the options that suit it best: it reads no clocks, and so tells no latencies. */
final class Fio {
    private static final java.util.regex.Pattern USED =
            java.util.regex.Pattern.compile("\"(iops|usr_cpu|sys_cpu)\" : ([0-9.]+)");

    private Fio() {}

    /** @param huge whether its buffers can be on huge pages */
    static List<String> command(Shape shape, Path file, Span span, boolean huge) {
        boolean sequential = shape.pattern() == Pattern.SEQUENTIAL;
        List<String> command = new ArrayList<>(List.of(
                "fio",
                "--name=sample",
                "--filename=" + file,
                "--rw=" + (sequential ? "" : "rand") + shape.kind().word(),
                "--bs=" + shape.block(),
                "--direct=" + (shape.pattern() == Pattern.CACHED ? 0 : 1),
                "--invalidate=0",
                "--ioengine=io_uring",
                "--fixedbufs",
                "--registerfiles",
                "--iodepth=" + shape.depth(),
                "--iodepth_batch_submit=" + shape.batch(),
                "--iodepth_batch_complete_min=" + shape.batch(),
                "--iodepth_batch_complete_max=" + shape.depth(),
                "--gtod_reduce=1",
                "--norandommap=1",
                "--time_based",
                "--ramp_time=" + Math.round(span.warmUp() * 1000) + "ms",
                "--runtime=" + Math.round(span.measured() * 1000) + "ms",
                "--output-format=json"));
        if (huge) {
            command.add("--iomem=mmaphuge");
        }
        if (sequential) {
            command.add("--size=" + Pattern.PASS);
            if (shape.kind() == Kind.WRITE) {
                command.add("--fdatasync=" + Pattern.PASS / shape.block());
            }
        }
        return command;
    }

    /**
     * Of reads and writes the one that was done has a rate. Processor time is that of the job's thread, in percent of the
     * run's.
     */
    static Sample sample(String json) throws IOException {
        double rate = 0;
        double percent = 0;
        Matcher matcher = USED.matcher(json);
        while (matcher.find()) {
            double value = Double.parseDouble(matcher.group(2));
            if (matcher.group(1).equals("iops")) {
                rate = Math.max(rate, value);
            } else {
                percent += value;
            }
        }
        if (rate == 0) {
            throw new IOException("fio did nothing");
        }
        double cpu = percent / 100 * 1e9 / rate;
        double untold = Double.NaN;
        return new Sample(rate, cpu, cpu, untold, untold, untold, untold, Output.load());
    }
}

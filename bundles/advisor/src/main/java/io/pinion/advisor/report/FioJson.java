package io.pinion.advisor.report;

import io.pinion.advisor.Advice;
import io.pinion.advisor.Interval;
import io.pinion.advisor.Measured;
import io.pinion.advisor.Sample;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The figures in the form of {@code fio --output-format=json}, for programs that read that: a job for each size and way. It
 * has what was measured alone. In fio's fields totals and rates are over all rounds, and what begins with {@code iops_} or
 * {@code bw_} is of rounds; intervals, and all rounds, are in {@code pinion}.
 */
public final class FioJson {
    private static final DateTimeFormatter CTIME = DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final double KIB = 1024;
    private static final double NANOS_PER_MILLI = 1e6;

    private final Advice advice;

    private FioJson(Advice advice) {
        this.advice = advice;
    }

    /** {@return the JSON text} */
    public static String of(Advice advice) {
        return Json.of(new FioJson(advice).all());
    }

    private Map<String, Object> all() {
        Instant end = advice.at().plus(advice.took());
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("fio version", "not fio: measured by Pinion's advisor, in the form of fio 3");
        all.put("timestamp", end.getEpochSecond());
        all.put("timestamp_ms", end.toEpochMilli());
        all.put("time", CTIME.format(end));
        all.put("global options", FioOptions.shared(advice));
        all.put("jobs", advice.figures().stream().map(this::job).toList());
        all.put("pinion", advice());
        return all;
    }

    private Map<String, Object> job(Measured measured) {
        Map<String, Object> job = new LinkedHashMap<>();
        job.put("jobname", FioOptions.name(measured));
        job.put("groupid", advice.figures().indexOf(measured));
        job.put("error", 0);
        job.put("job options", FioOptions.of(advice.load(), measured));
        job.put(FioOptions.reported(advice.load()), direction(measured));
        job.put("job_runtime", millis(measured));
        job.put("pinion", more(measured));
        return job;
    }

    private static Map<String, Object> direction(Measured measured) {
        List<Sample> samples = measured.samples();
        long bytes = samples.stream().mapToLong(Sample::bytes).sum();
        long operations = samples.stream().mapToLong(Sample::operations).sum();
        double seconds = samples.stream().mapToLong(Sample::nanos).sum() / 1e9;
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("io_bytes", bytes);
        map.put("io_kbytes", bytes / 1024);
        map.put("bw_bytes", seconds == 0 ? 0 : Math.round(bytes / seconds));
        map.put("bw", seconds == 0 ? 0 : Math.round(bytes / seconds / KIB));
        map.put("iops", seconds == 0 ? 0 : operations / seconds);
        map.put("runtime", millis(measured));
        map.put("total_ios", operations);
        map.put("clat_ns", Map.of("percentile", percentiles(measured)));
        rounds(map, "bw", samples, sample -> sample.bytesPerSecond() / KIB);
        rounds(map, "iops", samples, Sample::operationsPerSecond);
        return map;
    }

    private static Map<String, Object> percentiles(Measured measured) {
        Map<String, Object> map = new LinkedHashMap<>();
        percentile(map, "50.000000", measured.p50Nanos());
        percentile(map, "99.000000", measured.p99Nanos());
        percentile(map, "99.900000", measured.p999Nanos());
        return map;
    }

    private static void percentile(Map<String, Object> map, String name, Interval nanos) {
        if (Double.isFinite(nanos.estimate())) {
            map.put(name, Math.round(nanos.estimate()));
        }
    }

    private static void rounds(
            Map<String, Object> map, String name, List<Sample> samples, ToDoubleFunction<Sample> figure) {
        if (samples.isEmpty()) {
            return;
        }
        var all = samples.stream().mapToDouble(figure).summaryStatistics();
        map.put(name + "_min", Math.round(all.getMin()));
        map.put(name + "_max", Math.round(all.getMax()));
        map.put(name + "_mean", all.getAverage());
        map.put(name + "_samples", all.getCount());
    }

    private static long millis(Measured measured) {
        return Math.round(measured.samples().stream().mapToLong(Sample::nanos).sum() / NANOS_PER_MILLI);
    }

    private static Map<String, Object> more(Measured measured) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("way", measured.way().title());
        map.put("mode", measured.mode());
        map.put("size", measured.size());
        map.put("operationsPerSecond", interval(measured.operationsPerSecond()));
        map.put("bytesPerSecond", interval(measured.bytesPerSecond()));
        map.put("p50Nanos", interval(measured.p50Nanos()));
        map.put("p99Nanos", interval(measured.p99Nanos()));
        map.put("p999Nanos", interval(measured.p999Nanos()));
        map.put("cpuSecondsPerGib", interval(measured.cpuSecondsPerGib()));
        map.put("cacheGrowth", interval(measured.cacheGrowth()));
        if (Figures.hasOthers(measured)) {
            map.put("damage", interval(measured.damage()));
        }
        map.put("rounds", measured.samples().stream().map(FioJson::round).toList());
        return map;
    }

    private static Map<String, Object> interval(Interval interval) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("estimate", interval.estimate());
        map.put("low", interval.low());
        map.put("high", interval.high());
        return map;
    }

    private static Map<String, Object> round(Sample sample) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("round", sample.round());
        map.put("operations", sample.operations());
        map.put("bytes", sample.bytes());
        map.put("nanos", sample.nanos());
        map.put("cpuNanos", sample.cpuNanos());
        map.put("p50Nanos", sample.p50Nanos());
        map.put("p99Nanos", sample.p99Nanos());
        map.put("p999Nanos", sample.p999Nanos());
        map.put("cacheGrowth", sample.cacheGrowth());
        map.put("othersAlone", sample.othersAlone());
        map.put("othersBeside", sample.othersBeside());
        return map;
    }

    private Map<String, Object> advice() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("target", advice.target());
        map.put("measured", advice.measured());
        map.put("verdict", advice.verdict().name());
        map.put("reasons", advice.reasons());
        map.put(
                "confounders",
                advice.confounders().stream()
                        .map(confounder -> confounder.kind() + ": " + confounder.text())
                        .toList());
        map.put("configuration", advice.configuration());
        map.put("environment", advice.environment());
        return map;
    }
}

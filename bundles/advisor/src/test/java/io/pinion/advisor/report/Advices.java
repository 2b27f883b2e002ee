package io.pinion.advisor.report;

import io.pinion.advisor.Advice;
import io.pinion.advisor.Comparison;
import io.pinion.advisor.Confounder;
import io.pinion.advisor.Interval;
import io.pinion.advisor.Load;
import io.pinion.advisor.Measured;
import io.pinion.advisor.Sample;
import io.pinion.advisor.Verdict;
import io.pinion.advisor.Way;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/** Made-up advices: figures as they may come from a disk of about 30,000 operations a second, with noise. */
final class Advices {
    private static final int ROUNDS = 8;
    private static final long NANOS = 100_000_000;

    private final SplittableRandom random = new SplittableRandom(7);

    private Advices() {}

    /** {@return several sizes, all ways; direct wins from some size on} */
    static Advice direct(String file, Load load) {
        return of(file, load, List.of(Way.values()), Verdict.DIRECT);
    }

    static Advice of(String file, Load load, List<Way> ways, Verdict verdict) {
        return new Advices().advise(file, load, ways, verdict);
    }

    static Load load(Integer... sizes) {
        return new Load(List.of(sizes), 0, false, 32, 1L << 30);
    }

    /** {@return nothing but a verdict} */
    static Advice nothing() {
        return new Advice(
                "/dev/sdx",
                "/dev/sdx",
                load(4096),
                Instant.parse("2026-11-27T03:39:09Z"),
                Duration.ofMillis(300),
                0,
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                Verdict.INCONCLUSIVE,
                List.of(),
                List.of());
    }

    /** {@return the advice with other figures and comparisons} */
    static Advice with(Advice advice, List<Measured> figures, List<Comparison> comparisons) {
        return new Advice(
                advice.target(),
                advice.measured(),
                advice.load(),
                advice.at(),
                advice.took(),
                advice.rounds(),
                advice.environment(),
                figures,
                comparisons,
                advice.confounders(),
                advice.verdict(),
                advice.reasons(),
                advice.configuration());
    }

    private Advice advise(String file, Load load, List<Way> ways, Verdict verdict) {
        List<Measured> figures = new ArrayList<>();
        List<Comparison> comparisons = new ArrayList<>();
        for (int size : load.sizes()) {
            Measured buffered = measured(size, Way.BUFFERED_COLD);
            for (Way way : ways) {
                Measured measured = way == Way.BUFFERED_COLD ? buffered : measured(size, way);
                figures.add(measured);
                if (way.isDirect() || way == Way.BUFFERED_UNCACHED) {
                    comparisons.add(comparison(measured, buffered));
                }
            }
        }
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("kernel", "Linux 6.18.44 (x86_64)");
        environment.put("processors", "2 × Intel(R) Xeon(R) Processor @ 2.90GHz");
        environment.put("memory", "15.6 GiB, of which 11.2 GiB were free for the page cache");
        environment.put("file system", "ext4 on /dev/vda, mounted with relatime");
        environment.put("device", "virtio-blk, 512 B logical, 4 KiB physical blocks, scheduler none");
        environment.put("load average", "0.42");
        boolean told = verdict != Verdict.INCONCLUSIVE;
        return new Advice(
                file,
                file,
                load,
                Instant.parse("2026-11-27T03:39:09Z"),
                Duration.ofMillis(61_430),
                ROUNDS,
                environment,
                figures,
                comparisons,
                List.of(
                        new Confounder(
                                Confounder.Kind.HOST_CACHE,
                                "This is a virtual machine (KVM): its host may have cached what was direct here. Figures hold"
                                        + " for this host alone."),
                        new Confounder(
                                Confounder.Kind.FITS_CACHE,
                                "The working set of 1 GiB fits the 11.2 GiB that the page cache may take: once it is warm,"
                                        + " buffered reads never reach the disk.")),
                verdict,
                List.of(
                        told
                                ? "Queued direct reads do 1.6 times the operations of buffered ones at 4 KiB, in all 8 rounds."
                                : "In 2 rounds no difference can be told from noise: give it more time (--budget 60s).",
                        "They take 0.7 times the processor time for a GiB.",
                        "A hot reader beside them loses 4 % of its speed; beside buffered reads it loses 31 %."),
                told
                        ? List.of("strategy = \"direct\"", "buffers.pool = \"64 MiB\"", "queue.depth = I\"32\"")
                        : List.of());
    }

    private Comparison comparison(Measured measured, Measured buffered) {
        double speed = measured.operationsPerSecond().estimate()
                / buffered.operationsPerSecond().estimate();
        double cpu = measured.cpuSecondsPerGib().estimate()
                / buffered.cpuSecondsPerGib().estimate();
        double p99 = measured.p99Nanos().estimate() / buffered.p99Nanos().estimate();
        double half = 0.05 + 0.05 * random.nextDouble();
        Interval interval = new Interval(speed, speed * (1 - half), speed * (1 + half));
        return new Comparison(
                measured.size(),
                measured.way(),
                Way.BUFFERED_COLD,
                interval,
                new Interval(cpu, cpu * 0.93, cpu * 1.05),
                new Interval(p99, p99 * 0.8, p99 * 1.3),
                interval.contains(1) ? 0.31 : 0.0078,
                0.041,
                !interval.contains(1));
    }

    private Measured measured(int size, Way way) {
        List<Sample> samples = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            samples.add(sample(round, size, way));
        }
        return new Measured(
                size,
                way,
                way.isDirect() ? "O_DIRECT" : "page cache",
                interval(samples, Sample::operationsPerSecond),
                interval(samples, Sample::bytesPerSecond),
                interval(samples, Sample::p50Nanos),
                interval(samples, Sample::p99Nanos),
                interval(samples, Sample::p999Nanos),
                interval(samples, Sample::cpuSecondsPerGib),
                interval(samples, Sample::cacheGrowth),
                interval(samples, Sample::damage),
                samples);
    }

    private Sample sample(int round, int size, Way way) {
        double perRequest = switch (way) {
            case BUFFERED_COLD -> 52_000;
            case BUFFERED_WARM -> 1_400;
            case BUFFERED_UNCACHED -> 54_000;
            case DIRECT_SYNCHRONOUS, DIRECT_SYNCHRONOUS_ORDINARY -> 96_000;
            case DIRECT_QUEUED, DIRECT_QUEUED_ORDINARY -> 31_000;
        };
        double perByte = way == Way.BUFFERED_WARM ? 0.12 : way.isDirect() ? 0.65 : 0.7;
        double nanos = (perRequest + perByte * size) * (way.name().endsWith("ORDINARY") ? 1.04 : 1) * noise(0.06);
        long operations = Math.max(1, Math.round(NANOS / nanos));
        double wait = nanos * (way.isQueued() || !way.isDirect() ? 8 : 1);
        double busy = (way.isDirect() ? 4_000 : 5_500) + size * (way.isDirect() ? 0.02 : 0.16);
        boolean caching = way == Way.BUFFERED_COLD;
        return new Sample(
                round,
                operations,
                operations * size,
                NANOS,
                Math.round(operations * busy * noise(0.05)),
                Math.round(wait * 0.8 * noise(0.04)),
                Math.round(wait * 3.5 * noise(0.2)),
                Math.round(wait * 14 * noise(0.4)),
                caching ? operations * size : way == Way.BUFFERED_UNCACHED ? -40_960 : 0,
                410_000,
                410_000 * (1 - (caching ? 0.31 : 0.04) * noise(0.3)));
    }

    private double noise(double part) {
        return 1 + part * (random.nextDouble() * 2 - 1);
    }

    private static Interval interval(List<Sample> samples, ToDoubleFunction<Sample> figure) {
        var all = samples.stream().mapToDouble(figure).summaryStatistics();
        return new Interval(all.getAverage(), all.getMin(), all.getMax());
    }
}

package io.pinion.advisor.judge;

import io.pinion.advisor.Interval;
import io.pinion.advisor.Measured;
import io.pinion.advisor.Sample;
import io.pinion.advisor.Way;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Makes figures of samples. */
public final class Summaries {
    private Summaries() {}

    /** {@return what one way did with requests of one size} */
    public static Measured of(int size, Way way, String mode, List<Sample> samples) {
        return new Measured(
                size,
                way,
                mode,
                over(samples, Sample::operationsPerSecond),
                over(samples, Sample::bytesPerSecond),
                over(samples, Sample::p50Nanos),
                over(samples, Sample::p99Nanos),
                over(samples, Sample::p999Nanos),
                over(samples, Sample::cpuSecondsPerGib),
                over(samples, Sample::cacheGrowth),
                over(samples.stream().filter(Summaries::hasOthers).toList(), Sample::damage),
                samples);
    }

    static boolean hasOthers(Sample sample) {
        return sample.othersAlone() > 0;
    }

    static double[] each(List<Sample> samples, ToDoubleFunction<Sample> figure) {
        return samples.stream().mapToDouble(figure).toArray();
    }

    private static Interval over(List<Sample> samples, ToDoubleFunction<Sample> figure) {
        return Statistics.mean(each(samples, figure));
    }
}

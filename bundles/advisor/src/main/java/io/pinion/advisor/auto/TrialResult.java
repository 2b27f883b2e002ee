package io.pinion.advisor.auto;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.apache.commons.statistics.descriptive.Median;
import org.apache.commons.statistics.inference.MannWhitneyUTest;

/**
 * What a trial on live traffic came to.
 *
 * @param better whether it is a clear and lasting win
 * @param words with the figures
 */
record TrialResult(boolean better, String words) {
    private static final double SIGNIFICANT = 0.05;
    private static final double FASTER = 1.10;
    /** A load that is not limited by its storage stays as fast; then latency and processor time decide. */
    private static final double AS_FAST = 0.95;

    private static final double QUICKER = 0.8;
    private static final double CHEAPER = 0.75;

    /** A figure before and after. */
    private record Change(double ratio, boolean clear) {
        static Change of(List<Tick> before, List<Tick> after, ToDoubleFunction<Tick> figure) {
            double[] x = before.stream().mapToDouble(figure).toArray();
            double[] y = after.stream().mapToDouble(figure).toArray();
            double from = Median.withDefaults().evaluate(x);
            double to = Median.withDefaults().evaluate(y);
            boolean clear = MannWhitneyUTest.withDefaults().test(x, y).getPValue() < SIGNIFICANT;
            return new Change(from > 0 ? to / from : 1, clear);
        }

        boolean atLeast(double wanted) {
            return clear && ratio >= wanted;
        }

        boolean atMost(double wanted) {
            return clear && ratio <= wanted;
        }
    }

    /** {@return what the ticks of a trial say beside those before it} */
    static TrialResult of(List<Tick> before, List<Tick> during) {
        Change speed = Change.of(before, during, Tick::bytesPerSecond);
        Change latency = Change.of(before, during, Tick::latencyNanos);
        Change cpu = Change.of(before, during, Tick::cpuNanosPerByte);
        List<Tick> first = during.subList(0, during.size() / 2);
        List<Tick> second = during.subList(during.size() / 2, during.size());
        boolean lasting = Change.of(before, first, Tick::bytesPerSecond).ratio() >= AS_FAST
                && Change.of(before, second, Tick::bytesPerSecond).ratio() >= AS_FAST;
        boolean better = lasting
                && (speed.atLeast(FASTER)
                        || speed.ratio() >= AS_FAST && (latency.atMost(QUICKER) || cpu.atMost(CHEAPER)));
        return new TrialResult(
                better,
                String.format(
                        Locale.ROOT,
                        "speed %.2f, latency %.2f, processor time for a byte %.2f times what it was",
                        speed.ratio(),
                        latency.ratio(),
                        cpu.ratio()));
    }
}

package io.pinion.advisor.auto;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
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

    /**
     * Latency of fewer ticks is never clear: two that lie apart from ten pass the test, and where most ticks saw nothing, these
     * may have seen one operation each.
     */
    private static final int LATENCIES = 3;

    /** A figure before and after; its ratio is no number when one of both is not known. */
    private record Change(double ratio, boolean clear) {
        static Change of(List<Tick> before, List<Tick> after, ToDoubleFunction<Tick> figure) {
            return of(
                    before.stream().mapToDouble(figure).toArray(),
                    after.stream().mapToDouble(figure).toArray());
        }

        static Change ofLatency(List<Tick> before, List<Tick> after) {
            double[] x = latencies(before);
            double[] y = latencies(after);
            if (x.length == 0 || y.length == 0) {
                return new Change(Double.NaN, false);
            }
            Change change = of(x, y);
            return new Change(change.ratio(), change.clear() && Math.min(x.length, y.length) >= LATENCIES);
        }

        private static double[] latencies(List<Tick> ticks) {
            return ticks.stream()
                    .map(Tick::latencyNanos)
                    .flatMapToDouble(OptionalDouble::stream)
                    .toArray();
        }

        private static Change of(double[] x, double[] y) {
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

        String words() {
            return Double.isNaN(ratio) ? "unknown" : String.format(Locale.ROOT, "%.2f", ratio);
        }
    }

    /** {@return what the ticks of a trial say beside those before it} */
    static TrialResult of(List<Tick> before, List<Tick> during) {
        Change speed = Change.of(before, during, Tick::bytesPerSecond);
        Change latency = Change.ofLatency(before, during);
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
                "speed " + speed.words() + ", latency " + latency.words() + ", processor time for a byte " + cpu.words()
                        + " times what it was");
    }
}

package io.pinion.benchmarks.plan;

import java.util.List;

/**
 * How long a sample takes, in seconds.
 *
 * @param warmUp before anything is measured, at least
 * @param measured at least; it ends with a whole pass
 */
public record Span(double warmUp, double measured) {
    private static final double NOTHING_TO_COMPILE = 0.25;
    private static final int BATCHES_A_SECOND = 20_000;
    private static final int MOST_TIMES = 8;

    /** {@return the span of what has no compiler at work: it is warm sooner} */
    public Span compiled() {
        return new Span(NOTHING_TO_COMPILE * warmUp, measured);
    }

    /** {@return the span that a {@link Shape}'s arguments have} */
    public static Span of(List<String> arguments) {
        return new Span(Double.parseDouble(arguments.get(7)), Double.parseDouble(arguments.get(8)));
    }

    /**
     * {@return whether a load that took so long for so many batches is warm} A compiler counts calls: on a slow device it has
     * more time, up to eight times the warm-up.
     *
     * @param batches each as small as the load asked for; of a device that does more at a time they are fewer calls
     */
    public boolean isWarm(long nanos, long batches) {
        boolean compiled = batches >= warmUp * BATCHES_A_SECOND || nanos >= MOST_TIMES * warmUpNanos();
        return compiled && nanos >= warmUpNanos();
    }

    /** {@return the warm-up in nanoseconds} */
    public long warmUpNanos() {
        return (long) (warmUp * 1e9);
    }

    /** {@return what is measured, in nanoseconds} */
    public long measuredNanos() {
        return (long) (measured * 1e9);
    }
}

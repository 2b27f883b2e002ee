package io.pinion.advisor.auto;

import io.pinion.shell.text.Units;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/**
 * Whether it is worth trying another strategy, by what the load looks like; only a trial tells whether it is better. The page
 * cache has the benefit of the doubt.
 *
 * @param worthwhile whether to try
 * @param why in words, either way
 */
record Outlook(boolean worthwhile, String why) {
    /** So many bytes are a large request: there the copy costs more than the call. */
    private static final int LARGE = 64 << 10;

    /** So many at once are what a queue is for. */
    private static final double MANY = 4;

    private static final double MISSING = 0.8;
    /** A write that took so long was stalled by the kernel, which had too much to write back. */
    private static final long STALL_NANOS = 20_000_000;

    /** What is read often enough to be in the cache within so many seconds soon is. */
    private static final double SOON_SECONDS = 120;

    private static final double IDLE_OPERATIONS = 20;

    /** {@return whether to go past the page cache} Of a volume that is served through it. */
    static Outlook pastTheCache(List<Tick> ticks, Pattern pattern, long memory) {
        if (isIdle(ticks)) {
            return new Outlook(false, "there is too little traffic to tell");
        }
        double concurrency = concurrency(ticks);
        boolean heavy = pattern.size() >= LARGE || concurrency >= MANY;
        if (pattern.writes() >= 0.5) {
            long stalled = ticks.stream()
                    .filter(tick -> tick.slowestNanos() >= STALL_NANOS)
                    .count();
            return stalled * 2 > ticks.size() && heavy
                    ? new Outlook(true, "writes are stalled by what the kernel has to write back")
                    : new Outlook(false, "writes go to the page cache without being stalled");
        }
        OptionalDouble missed = ticks.stream()
                .map(Tick::missed)
                .flatMapToDouble(OptionalDouble::stream)
                .average();
        if (missed.isEmpty()) {
            return new Outlook(false, "nobody can tell how much the page cache misses");
        }
        if (missed.getAsDouble() < MISSING) {
            return new Outlook(
                    false, words("the page cache has %.0f %% of what is read", 100 * (1 - missed.getAsDouble())));
        }
        long set = pattern.workingSet().orElse(pattern.span());
        double seconds = set / Math.max(1, mean(ticks, Tick::bytesPerSecond));
        if (set <= memory && seconds <= SOON_SECONDS) {
            return new Outlook(
                    false, words("the page cache will have the %s that are read within %.0f s", size(set), seconds));
        }
        if (!heavy) {
            return new Outlook(
                    false,
                    words(
                            "requests of %s, %.1f at once, leave nothing to win",
                            size((long) pattern.size()), concurrency));
        }
        return new Outlook(
                true,
                words(
                        "the page cache misses %.0f %% of what is read, in requests of %s, %.1f at once",
                        100 * missed.getAsDouble(), size((long) pattern.size()), concurrency));
    }

    /** {@return whether to go back to the page cache} Of a volume that is served past it. */
    static Outlook backToTheCache(List<Tick> ticks, Pattern pattern, long memory) {
        if (isIdle(ticks)) {
            return new Outlook(false, "there is too little traffic to tell");
        }
        double concurrency = concurrency(ticks);
        if (pattern.writes() >= 0.5) {
            return pattern.size() < LARGE && concurrency < MANY
                    ? new Outlook(true, "small writes come one at a time, which the page cache would gather")
                    : new Outlook(false, "writes are large, or many at once");
        }
        if (pattern.workingSet().isEmpty()) {
            return new Outlook(false, "nothing is seen to be read again");
        }
        long set = pattern.workingSet().getAsLong();
        double seconds = set / Math.max(1, mean(ticks, Tick::bytesPerSecond));
        return set <= memory && seconds <= SOON_SECONDS
                ? new Outlook(true, words("the %s that are read again and again fit the page cache", size(set)))
                : new Outlook(
                        false,
                        words("the %s that are read again and again are too many for the page cache", size(set)));
    }

    private static boolean isIdle(List<Tick> ticks) {
        return mean(ticks, Tick::operationsPerSecond) < IDLE_OPERATIONS
                || ticks.stream().anyMatch(tick -> tick.operations() == 0);
    }

    /** {@return how many operations were under way at once, in those ticks that tell; 0 when none does} */
    private static double concurrency(List<Tick> ticks) {
        return ticks.stream()
                .map(Tick::concurrency)
                .flatMapToDouble(OptionalDouble::stream)
                .average()
                .orElse(0);
    }

    private static double mean(List<Tick> ticks, ToDoubleFunction<Tick> figure) {
        return ticks.stream().mapToDouble(figure).average().orElse(0);
    }

    private static String words(String form, Object... values) {
        return String.format(Locale.ROOT, form, values);
    }

    private static String size(long bytes) {
        return Units.bytes(bytes);
    }
}

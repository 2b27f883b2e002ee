package io.pinion.core.control;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** When to try again what has failed: after a second, then twice as long each time, up to a minute. */
final class Backoff {
    private static final long FIRST = TimeUnit.SECONDS.toNanos(1);
    private static final long LONGEST = TimeUnit.MINUTES.toNanos(1);

    private record Delay(long until, long length, String reason) {}

    private final Map<Object, Delay> delays = new HashMap<>();

    /** Notes that it failed. */
    void failed(Object what, String reason) {
        Delay before = delays.get(what);
        long length = before == null ? FIRST : Math.min(2 * before.length(), LONGEST);
        delays.put(what, new Delay(System.nanoTime() + length, length, reason));
    }

    void succeeded(Object what) {
        delays.remove(what);
    }

    void clear() {
        delays.clear();
    }

    /** Forgets what there is no trying again of. */
    void forget(Predicate<Object> gone) {
        delays.keySet().removeIf(gone);
    }

    /** {@return how many nanoseconds it is too early; not positive when it may be tried} */
    long early(Object what) {
        Delay delay = delays.get(what);
        return delay == null ? 0 : delay.until() - System.nanoTime();
    }

    /** {@return why it failed last; empty when it has not} */
    String reason(Object what) {
        Delay delay = delays.get(what);
        return delay == null ? "" : delay.reason();
    }
}

package io.pinion.advisor.auto;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/** Which swaps may be made: so many an hour, and none that has just failed for the same load. For one thread. */
final class Moves {
    private static final long HOUR_NANOS = TimeUnit.HOURS.toNanos(1);
    private static final long FIRST_PAUSE_NANOS = TimeUnit.MINUTES.toNanos(10);
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.HOURS.toNanos(24);
    private static final int LOADS = 64;

    private final LongSupplier clock;
    private final IntSupplier anHour;
    private final Deque<Long> made = new ArrayDeque<>();
    private final Map<String, Pause> pauses = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Pause> eldest) {
            return size() > LOADS;
        }
    };

    private record Pause(long since, long nanos) {}

    /** @param anHour how many swaps may be made in an hour; a trial and its end are two */
    Moves(LongSupplier clock, IntSupplier anHour) {
        this.clock = clock;
        this.anHour = anHour;
    }

    /** A swap was made. */
    void made() {
        made.add(clock.getAsLong());
    }

    /** {@return why no trial may be made for this load; empty when one may} A trial may need two swaps. */
    String refusal(String load) {
        long now = clock.getAsLong();
        while (!made.isEmpty() && now - made.peek() >= HOUR_NANOS) {
            made.poll();
        }
        if (made.size() + 2 > anHour.getAsInt()) {
            return made.size() + " swaps were made within an hour, and moves.per.hour is " + anHour.getAsInt();
        }
        Pause pause = pauses.get(load);
        long left = pause == null ? 0 : pause.nanos() - (now - pause.since());
        return left > 0
                ? "the last trial for such a load was lost; the next is in "
                        + TimeUnit.NANOSECONDS.toMinutes(left + 59_000_000_000L) + " min"
                : "";
    }

    /** A trial for this load was lost: the next one is put off, each time for longer. */
    void lost(String load) {
        Pause before = pauses.get(load);
        long nanos = before == null ? FIRST_PAUSE_NANOS : Math.min(2 * before.nanos(), LONGEST_PAUSE_NANOS);
        pauses.put(load, new Pause(clock.getAsLong(), nanos));
    }

    /** A trial for this load was won. */
    void won(String load) {
        pauses.remove(load);
    }
}

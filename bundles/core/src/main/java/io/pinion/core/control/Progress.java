package io.pinion.core.control;

import java.util.concurrent.TimeUnit;

/** How far an attempt to swap has come: noted by the thread that tries, told to any. */
final class Progress {
    private final String from;
    private final String to;
    private final long start = System.nanoTime();
    private volatile String step = "";

    Progress(String from, String to) {
        this.from = from;
        this.to = to;
    }

    /** Notes what is done next. */
    void step(String next) {
        step = next;
    }

    @Override
    public String toString() {
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        String away = from.isEmpty() ? "" : " from " + from;
        return "A change" + away + " to strategy " + to + " is under way for " + millis + " ms; now: " + step;
    }
}

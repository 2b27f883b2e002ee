package io.pinion.tck;

import java.util.ArrayDeque;
import java.util.Deque;

/** What was done last, for the message when it fails. */
final class LatestOperations {
    private static final int REMEMBERED = 25;

    private final Deque<String> latest = new ArrayDeque<>();

    void add(String operation) {
        if (latest.size() == REMEMBERED) {
            latest.remove();
        }
        latest.add(operation);
    }

    void clear() {
        latest.clear();
    }

    /** {@return a message that repeats the failure at a step, and tells these operations} */
    String failure(int step, Throwable thrown, long seed, int steps) {
        return "step " + step + ": " + thrown.getMessage() + "\nrepeat with -D" + RandomOperations.SEED + "=" + seed
                + " -D" + RandomOperations.STEPS + "=" + steps + "\nlatest operations:\n  "
                + String.join("\n  ", latest);
    }
}

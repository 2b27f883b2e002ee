package io.pinion.advisor.auto;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** What has been chosen and why, and how it stands. Any thread. */
final class Journal {
    private static final int KEPT = 8;

    private final Deque<String> moves = new ArrayDeque<>();
    private String standing = "nothing has been seen yet";

    /** Something was done. */
    synchronized void moved(Instant at, String what) {
        moves.addFirst(at.truncatedTo(ChronoUnit.SECONDS) + ": " + what);
        if (moves.size() > KEPT) {
            moves.removeLast();
        }
    }

    /** Nothing is done, and why. */
    synchronized void stands(String why) {
        standing = why;
    }

    synchronized List<String> sentences() {
        List<String> sentences = new ArrayList<>();
        sentences.add("auto: " + standing + ".");
        moves.forEach(move -> sentences.add("auto, " + move + "."));
        return sentences;
    }
}

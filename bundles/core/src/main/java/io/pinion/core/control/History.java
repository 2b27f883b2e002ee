package io.pinion.core.control;

import io.pinion.volume.SwapReport;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** A volume's latest swaps and attempts. Safe for any thread. */
final class History {
    private static final int LENGTH = 64;

    private final Deque<SwapReport> reports = new ArrayDeque<>();

    /** Adds a report, unless it only repeats that the same attempt failed for the same reason. */
    synchronized void add(SwapReport report) {
        SwapReport latest = reports.peekFirst();
        if (latest != null && !report.isServing() && isRepetition(latest, report)) {
            reports.removeFirst();
        }
        reports.addFirst(report);
        if (reports.size() > LENGTH) {
            reports.removeLast();
        }
    }

    private static boolean isRepetition(SwapReport latest, SwapReport report) {
        return latest.outcome() == report.outcome()
                && latest.to().equals(report.to())
                && latest.detail().equals(report.detail());
    }

    synchronized List<SwapReport> latestFirst() {
        return List.copyOf(reports);
    }
}

package io.pinion.advisor.report;

import io.pinion.advisor.Confounder;
import io.pinion.advisor.Verdict;
import io.pinion.advisor.Way;
import io.pinion.advisor.chart.Look;

/** How a report names and explains verdicts, confounders and ways. */
final class Phrases {
    private Phrases() {}

    static String headline(Verdict verdict) {
        return switch (verdict) {
            case STAY_BUFFERED -> "Stay buffered";
            case UNCACHED -> "Go through the page cache, and leave nothing in it";
            case DIRECT -> "Use direct I/O";
            case INCONCLUSIVE -> "Not enough to tell";
        };
    }

    static String meaning(Verdict verdict) {
        return switch (verdict) {
            case STAY_BUFFERED ->
                "Nothing here is clearly better than the page cache. The burden of proof is direct I/O’s.";
            case UNCACHED -> "Uncached buffered I/O clearly does more for this load, or less harm to others.";
            case DIRECT -> "Past the page cache is clearly better for this load on this target.";
            case INCONCLUSIVE -> "No verdict is better than a guess: until there is one, stay buffered.";
        };
    }

    static String title(Confounder.Kind kind) {
        return switch (kind) {
            case FITS_CACHE -> "Fits the page cache";
            case IN_MEMORY -> "Target is memory";
            case HOST_CACHE -> "Virtual machine";
            case CGROUP_LIMIT -> "Control group’s limit";
            case RATE_LIMITED -> "Rate-limited";
            case NOISE -> "Noise";
            case MISSING_WAY -> "Not measured";
            case IN_USE -> "In use by others";
            case UNVERIFIED -> "Could not be checked";
        };
    }

    /** {@return a way's name where there is little room} */
    static String label(Way way) {
        return way.title().replace(" buffers", "");
    }

    static String meaning(Way way) {
        return switch (way) {
            case BUFFERED_COLD -> "through the page cache, which had none of it when a round began.";
            case BUFFERED_WARM -> "through the page cache, which had all of it.";
            case BUFFERED_UNCACHED -> "through the page cache, which keeps nothing of it (RWF_DONTCACHE).";
            case DIRECT_SYNCHRONOUS -> "past the page cache (O_DIRECT), one at a time, with a pool’s pinned buffers.";
            case DIRECT_SYNCHRONOUS_ORDINARY ->
                "the same with an application’s ordinary buffers, which are copied where they are not aligned.";
            case DIRECT_QUEUED ->
                "past the page cache (O_DIRECT), the load’s depth at once, with a pool’s pinned buffers.";
            case DIRECT_QUEUED_ORDINARY -> "the same with ordinary buffers.";
        };
    }

    /** {@return how a way is drawn} A variant with ordinary buffers is drawn as the way, but hollow. */
    static Look look(Way way) {
        return switch (way) {
            case BUFFERED_COLD -> Look.dots(0);
            case BUFFERED_WARM -> new Look(2, 1, false);
            case BUFFERED_UNCACHED -> new Look(4, 3, false);
            case DIRECT_SYNCHRONOUS -> new Look(3, 2, false);
            case DIRECT_SYNCHRONOUS_ORDINARY -> new Look(3, 2, true);
            case DIRECT_QUEUED -> new Look(1, 4, false);
            case DIRECT_QUEUED_ORDINARY -> new Look(1, 4, true);
        };
    }
}

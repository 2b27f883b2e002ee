package io.pinion.benchmarks.advisor;

import io.pinion.advisor.Verdict;
import io.pinion.benchmarks.advisor.FioJob.Way;
import io.pinion.benchmarks.advisor.FioRanking.Place;
import java.util.Map;

/** Whether the advisor and fio say the same of a rig. */
enum Agreement {
    /** They do. */
    AGREES,
    /** They don't. */
    DISAGREES,
    /** One of them can't tell. */
    UNTOLD;

    /**
     * {@return whether they do} The advisor has to have good reasons to move: it may stay where fio can't tell whether a way wins,
     * and has to where none does.
     */
    static Agreement of(Verdict verdict, Map<Way, Place> places) {
        boolean anyWins =
                places.values().stream().anyMatch(place -> place.standing().wins());
        return switch (verdict) {
            case DIRECT -> of(places.get(Way.DIRECT));
            case UNCACHED -> of(places.get(Way.UNCACHED));
            case STAY_BUFFERED -> anyWins ? DISAGREES : AGREES;
            case INCONCLUSIVE -> UNTOLD;
        };
    }

    private static Agreement of(Place place) {
        if (place == null || place.standing() == Standing.UNTOLD) {
            return UNTOLD;
        }
        return place.standing().wins() ? AGREES : DISAGREES;
    }
}

package io.pinion.advisor.report;

import io.pinion.advisor.Advice;
import io.pinion.advisor.Measured;
import java.util.List;

/** What there is among an advice's figures. */
final class Figures {
    private Figures() {}

    /** {@return the sizes that were measured, ascending} */
    static List<Integer> sizes(Advice advice) {
        return advice.figures().stream().map(Measured::size).distinct().sorted().toList();
    }

    /** {@return the figures of a size, in the order of ways} */
    static List<Measured> of(Advice advice, int size) {
        return advice.figures().stream()
                .filter(measured -> measured.size() == size)
                .sorted((a, b) -> a.way().compareTo(b.way()))
                .toList();
    }

    /** {@return whether a hot reader ran beside it} */
    static boolean hasOthers(Measured measured) {
        return measured.samples().stream().anyMatch(sample -> sample.othersAlone() > 0);
    }

    /** {@return whether the page cache was seen to change} Where nobody can tell, all samples have 0. */
    static boolean hasCacheGrowth(Advice advice) {
        return advice.figures().stream()
                .flatMap(measured -> measured.samples().stream())
                .anyMatch(sample -> sample.cacheGrowth() != 0);
    }
}

package io.pinion.advisor.judge;

import io.pinion.advisor.Comparison;
import io.pinion.advisor.Measured;
import io.pinion.advisor.Verdict;
import io.pinion.advisor.Way;
import io.pinion.shell.text.Units;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A way that could be taken in place of the buffered one, and how it did.
 *
 * @param verdict what it comes to if this is the one
 * @param way how it moves bytes
 * @param assessments for each size, ascending
 */
record Candidate(Verdict verdict, Way way, List<Assessment> assessments) {
    static Candidate of(Verdict verdict, Way way, List<Measured> figures, List<Comparison> comparisons) {
        return new Candidate(
                verdict,
                way,
                comparisons.stream()
                        .filter(comparison -> comparison.way() == way)
                        .sorted(Comparator.comparingInt(Comparison::size))
                        .map(comparison -> Assessment.of(
                                comparison,
                                Comparisons.find(figures, comparison.size(), way)
                                        .orElseThrow(),
                                Comparisons.find(figures, comparison.size(), comparison.against())
                                        .orElseThrow()))
                        .toList());
    }

    /** {@return whether it was measured} */
    boolean isThere() {
        return !assessments.isEmpty();
    }

    /** {@return whether somebody wins by it, and nobody loses} */
    boolean wins() {
        return has(Outcome::isWin)
                && assessments.stream().allMatch(each -> each.outcome().isHarmless());
    }

    /** {@return whether it wins with requests of some sizes, and not with others} */
    boolean crossesOver() {
        return has(Outcome::isWin) && !wins();
    }

    boolean has(Predicate<Outcome> what) {
        return assessments.stream().map(Assessment::outcome).anyMatch(what);
    }

    /** {@return its speed beside the buffered way's, over all sizes} */
    double speed() {
        return Math.exp(assessments.stream()
                .mapToDouble(each -> Math.log(each.comparison().speed().estimate()))
                .average()
                .orElse(0));
    }

    /** {@return the sizes at which it wins, and those at which it doesn't, in words} */
    String crossover() {
        String lost = sizes(outcome -> !outcome.isHarmless() && outcome != Outcome.UNSURE);
        String equal = sizes(outcome -> outcome == Outcome.EQUAL);
        String untold = sizes(outcome -> outcome == Outcome.UNSURE);
        return way.title() + " wins at " + sizes(Outcome::isWin) + (lost.isEmpty() ? "" : ", not at " + lost)
                + (equal.isEmpty() ? "" : ", makes no difference at " + equal)
                + (untold.isEmpty() ? "" : ", and of " + untold + " it can't be told");
    }

    private String sizes(Predicate<Outcome> what) {
        return assessments.stream()
                .filter(each -> what.test(each.outcome()))
                .map(each -> Units.bytes(each.comparison().size()))
                .collect(Collectors.joining(", "));
    }

    /** {@return a sentence for each size} */
    List<String> sentences() {
        return assessments.stream().map(Assessment::sentence).toList();
    }
}

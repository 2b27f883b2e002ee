package io.pinion.advisor.judge;

import io.pinion.advisor.Comparison;
import io.pinion.advisor.Load;
import io.pinion.advisor.Measured;
import io.pinion.advisor.Verdict;
import io.pinion.advisor.Way;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Comes to a verdict. The rules are in docs/advisor.md: the default is buffered, and whatever is to replace it has to win clearly
 * somewhere and lose nowhere.
 */
public final class Judge {
    /** With fewer no difference can be significant: of five rounds that all say the same, p is 0.0625. */
    public static final int LEAST_ROUNDS = 6;

    private Judge() {}

    /**
     * {@return the verdict}
     *
     * @param load what was played
     * @param against the buffered way that it would get
     * @param rounds how many there were
     * @param ways those that can be gone here
     * @param missing why ways were not measured, in sentences
     */
    public static Judgement judge(
            Load load,
            Way against,
            int rounds,
            Set<Way> ways,
            List<Measured> figures,
            List<Comparison> comparisons,
            List<String> missing) {
        List<String> reasons = new ArrayList<>();
        boolean others = ways.stream().anyMatch(way -> way.isDirect() || way == Way.BUFFERED_UNCACHED);
        if (!others) {
            reasons.add("There is nothing to choose from here: bytes move through the page cache alone.");
            reasons.addAll(missing);
            return new Judgement(Verdict.STAY_BUFFERED, reasons);
        }
        if (rounds < LEAST_ROUNDS) {
            reasons.add(
                    "Inconclusive: the bounds left time for " + rounds + " of the " + LEAST_ROUNDS
                            + " rounds that are needed at least. Raise --budget (or --bytes and --rate, if they bound it), or ask for fewer sizes.");
            return new Judgement(Verdict.INCONCLUSIVE, reasons);
        }
        if (comparisons.isEmpty()) {
            reasons.add("Inconclusive: " + against.title()
                    + ", which is what the load would get now, could not be measured, so there is nothing to hold others"
                    + " against.");
            reasons.addAll(missing);
            return new Judgement(Verdict.INCONCLUSIVE, reasons);
        }
        Candidate direct = Candidate.of(Verdict.DIRECT, directWay(load, figures), figures, comparisons);
        Candidate uncached = Candidate.of(Verdict.UNCACHED, Way.BUFFERED_UNCACHED, figures, comparisons);
        List<Candidate> candidates =
                Stream.of(direct, uncached).filter(Candidate::isThere).toList();
        if (candidates.isEmpty()) {
            reasons.add("Inconclusive: none of the ways that do what the load does could be measured.");
            reasons.addAll(missing);
            return new Judgement(Verdict.INCONCLUSIVE, reasons);
        }
        return decide(candidates);
    }

    private static Judgement decide(List<Candidate> candidates) {
        List<String> reasons = new ArrayList<>();
        Optional<Candidate> best =
                candidates.stream().filter(Candidate::wins).max(Comparator.comparingDouble(Candidate::speed));
        if (best.isPresent()) {
            reasons.add(best.get().way().title() + " wins, and loses at no size that was asked for.");
            reasons.addAll(best.get().sentences());
            candidates.stream()
                    .filter(other -> other != best.get())
                    .forEach(other -> reasons.addAll(other.sentences()));
            return new Judgement(best.get().verdict(), capitalized(reasons));
        }
        boolean unsure = candidates.stream().anyMatch(each -> each.has(outcome -> outcome == Outcome.UNSURE));
        boolean crossing = candidates.stream().anyMatch(Candidate::crossesOver);
        if (unsure && !crossing) {
            reasons.add(
                    "Inconclusive: figures differ so much from round to round that a gain of a quarter can't be told"
                            + " from a loss. Try on a quieter machine, or raise --budget.");
        } else if (crossing) {
            candidates.stream()
                    .filter(Candidate::crossesOver)
                    .forEach(each -> reasons.add(each.crossover()
                            + ": stay buffered, unless all that counts is of the sizes at which it wins; ask for those"
                            + " alone by --sizes then."));
        } else if (candidates.stream().allMatch(each -> each.has(outcome -> outcome == Outcome.WORSE))) {
            reasons.add("Buffered is better: stay buffered.");
        } else {
            reasons.add("No significant difference: stay buffered.");
        }
        candidates.forEach(each -> reasons.addAll(each.sentences()));
        return new Judgement(unsure && !crossing ? Verdict.INCONCLUSIVE : Verdict.STAY_BUFFERED, capitalized(reasons));
    }

    private static List<String> capitalized(List<String> sentences) {
        return sentences.stream()
                .map(text -> Character.toUpperCase(text.charAt(0)) + text.substring(1))
                .toList();
    }

    /** Of the direct ways the one that does what the load does; by ordinary buffers where there is no pool. */
    static Way directWay(Load load, List<Measured> figures) {
        Way pooled = load.depth() > 1 ? Way.DIRECT_QUEUED : Way.DIRECT_SYNCHRONOUS;
        Way ordinary = load.depth() > 1 ? Way.DIRECT_QUEUED_ORDINARY : Way.DIRECT_SYNCHRONOUS_ORDINARY;
        return figures.stream().anyMatch(each -> each.way() == pooled) ? pooled : ordinary;
    }
}

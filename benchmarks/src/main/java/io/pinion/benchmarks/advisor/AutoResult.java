package io.pinion.benchmarks.advisor;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What {@code strategy=auto} did beside the fixed choices.
 *
 * @param missing why it was left out; empty when it was not
 * @param passes what each choice did with the phases, by strategy, each pass in another order; none where it was left out
 * @param unchanging what auto did with loads that do not change, one phase each
 */
record AutoResult(String missing, List<Map<String, Timeline>> passes, List<Timeline> unchanging) {
    /** The choice that is measured. */
    static final String AUTO = "auto";
    /** Of the better fixed choice's speed it is to have so much. */
    static final double GOAL = 0.90;
    /** So many swaps a phase are enough. */
    static final int SWAPS = 1;

    /** {@return the choices, in the order of the first pass} */
    Set<String> choices() {
        return passes.isEmpty() ? Set.of() : passes.get(0).keySet();
    }

    /** {@return the phases} */
    List<Phase> phases() {
        return passes.get(0).get(AUTO).phases();
    }

    /** {@return bytes a second of a choice in a phase, the mean of all passes} */
    double rate(String choice, int phase) {
        return passes.stream()
                .mapToDouble(pass -> pass.get(choice).rate(phase))
                .average()
                .orElse(0);
    }

    /** {@return which fixed choice was the better one in a phase} */
    String better(int phase) {
        return choices().stream()
                .filter(choice -> !choice.equals(AUTO))
                .max(Comparator.comparingDouble(choice -> rate(choice, phase)))
                .orElseThrow();
    }

    /** {@return auto's speed in a phase beside the better fixed choice's} */
    double ratio(int phase) {
        return rate(AUTO, phase) / rate(better(phase), phase);
    }

    /** {@return the same of each pass alone} */
    List<Double> ratios(int phase) {
        String better = better(phase);
        return passes.stream()
                .map(pass -> pass.get(AUTO).rate(phase) / pass.get(better).rate(phase))
                .toList();
    }

    /** {@return how many swaps auto made in a phase, the most of any pass} */
    int swaps(int phase) {
        return passes.stream()
                .mapToInt(pass -> pass.get(AUTO).swaps(phase).size())
                .max()
                .orElse(0);
    }

    /** {@return whether a phase is as it is to be} */
    boolean isMet(int phase) {
        return ratio(phase) >= GOAL && swaps(phase) <= SWAPS;
    }
}

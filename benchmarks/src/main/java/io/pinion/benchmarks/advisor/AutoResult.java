package io.pinion.benchmarks.advisor;

import java.util.List;
import java.util.Map;

/**
 * What {@code strategy=auto} did beside the fixed choices.
 *
 * @param missing why it was left out; empty when it was not
 * @param choices what each choice did with the phases, by strategy; empty where it was left out
 * @param unchanging what auto did with loads that do not change, one phase each
 */
record AutoResult(String missing, Map<String, Timeline> choices, List<Timeline> unchanging) {
    /** The choice that is measured. */
    static final String AUTO = "auto";
    /** Of the better fixed choice's speed it is to have so much. */
    static final double GOAL = 0.90;
    /** So many swaps a phase are enough. */
    static final int SWAPS = 1;

    /** {@return which fixed choice was the better one in a phase} */
    String better(int phase) {
        return choices.keySet().stream()
                .filter(choice -> !choice.equals(AUTO))
                .max((one, other) -> Double.compare(
                        choices.get(one).rate(phase), choices.get(other).rate(phase)))
                .orElseThrow();
    }

    /** {@return auto's speed in a phase beside the better fixed choice's} */
    double ratio(int phase) {
        return choices.get(AUTO).rate(phase) / choices.get(better(phase)).rate(phase);
    }

    /** {@return how many swaps auto made in a phase} */
    int swaps(int phase) {
        return choices.get(AUTO).swaps(phase).size();
    }

    /** {@return whether a phase is as it is to be} */
    boolean isMet(int phase) {
        return ratio(phase) >= GOAL && swaps(phase) <= SWAPS;
    }
}

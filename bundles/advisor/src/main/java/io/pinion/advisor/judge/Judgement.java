package io.pinion.advisor.judge;

import io.pinion.advisor.Verdict;
import java.util.List;

/**
 * A verdict and what it rests on.
 *
 * @param verdict what it comes to
 * @param reasons why, the weightiest first
 */
public record Judgement(Verdict verdict, List<String> reasons) {
    /** Copies the reasons. */
    public Judgement {
        reasons = List.copyOf(reasons);
    }
}

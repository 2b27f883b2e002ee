package io.pinion.benchmarks.advisor;

import io.pinion.advisor.Verdict;
import java.io.IOException;
import java.util.List;

/**
 * What the advisor said of a rig.
 *
 * @param verdict what it comes to
 * @param rounds how many it took
 * @param reasons why
 * @param confounders what makes the figures mean less
 * @param figures each way, and each comparison
 */
record Advised(Verdict verdict, int rounds, List<String> reasons, List<String> confounders, List<String> figures) {
    static final String VERDICT = "verdict";
    static final String ROUNDS = "rounds";
    static final String REASON = "reason";
    static final String CONFOUNDER = "confounder";
    static final String FIGURE = "figure";

    /** {@return what {@link OneAdvice} printed} */
    static Advised parse(String printed) throws IOException {
        List<String> verdict = texts(printed, VERDICT);
        if (verdict.isEmpty()) {
            throw new IOException("the advisor came to no verdict");
        }
        return new Advised(
                Verdict.valueOf(verdict.get(0)),
                Integer.parseInt(texts(printed, ROUNDS).get(0)),
                texts(printed, REASON),
                texts(printed, CONFOUNDER),
                texts(printed, FIGURE));
    }

    private static List<String> texts(String printed, String word) {
        return printed.lines()
                .filter(line -> line.startsWith(word + '\t'))
                .map(line -> line.substring(word.length() + 1))
                .toList();
    }

    /** {@return whether a sentence, of reasons or confounders, has the text in it} */
    boolean says(String text) {
        return reasons.stream().anyMatch(reason -> reason.contains(text))
                || confounders.stream().anyMatch(confounder -> confounder.contains(text));
    }
}

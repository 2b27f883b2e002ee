package io.pinion.advisor;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was measured, and what it comes to.
 *
 * @param target what was asked about, as it was named
 * @param measured the file or device that was really read: the target, or a scratch file
 * @param load what was played on it
 * @param at when it began
 * @param took how long it took
 * @param rounds how many rounds each way had
 * @param environment the machine, by what it is: kernel, processor, memory, file system, device …, in order
 * @param figures each size and way
 * @param comparisons each way that is not buffered held against the buffered one
 * @param confounders what makes the figures mean less
 * @param verdict what it comes to
 * @param reasons why, in sentences, the weightiest first
 * @param configuration the lines of a volume's configuration file that follow from it; empty when inconclusive
 */
public record Advice(
        String target,
        String measured,
        Load load,
        Instant at,
        Duration took,
        int rounds,
        Map<String, String> environment,
        List<Measured> figures,
        List<Comparison> comparisons,
        List<Confounder> confounders,
        Verdict verdict,
        List<String> reasons,
        List<String> configuration) {
    /** Copies the lists. */
    public Advice {
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
        figures = List.copyOf(figures);
        comparisons = List.copyOf(comparisons);
        confounders = List.copyOf(confounders);
        reasons = List.copyOf(reasons);
        configuration = List.copyOf(configuration);
    }
}

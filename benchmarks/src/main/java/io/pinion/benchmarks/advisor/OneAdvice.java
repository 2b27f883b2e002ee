package io.pinion.benchmarks.advisor;

import io.pinion.advisor.Advice;
import io.pinion.advisor.AdviceRequest;
import io.pinion.advisor.Comparison;
import io.pinion.advisor.Confounder;
import io.pinion.advisor.Load;
import io.pinion.advisor.Measured;
import io.pinion.advisor.measure.Advisor;
import io.pinion.strategy.Target;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Asks the advisor about one rig's target, in a virtual machine of its own, and prints what it says: a word, a tab, a text. */
final class OneAdvice {
    private OneAdvice() {}

    /** {@return the arguments of {@link #main}} */
    static List<String> arguments(Rig rig, Path target, Duration budget) {
        return List.of(
                target.toString(),
                Integer.toString(rig.block()),
                Boolean.toString(rig.sequential()),
                Integer.toString(rig.depth()),
                Long.toString(rig.span()),
                Long.toString(budget.toMillis()));
    }

    /** See the class. */
    public static void main(String[] arguments) throws Exception {
        Load load = new Load(
                List.of(Integer.valueOf(arguments[1])),
                0,
                Boolean.parseBoolean(arguments[2]),
                Integer.parseInt(arguments[3]),
                Long.parseLong(arguments[4]));
        AdviceRequest request = AdviceRequest.of(Target.of(Path.of(arguments[0])), load)
                .within(Duration.ofMillis(Long.parseLong(arguments[5])));
        Advisor advisor = Plain.advisor();
        Advice advice = advisor.advise(request, (doing, done, left) -> {});
        print(Advised.VERDICT, advice.verdict().name());
        print(Advised.ROUNDS, Integer.toString(advice.rounds()));
        advice.reasons().forEach(reason -> print(Advised.REASON, reason));
        for (Confounder confounder : advice.confounders()) {
            print(Advised.CONFOUNDER, confounder.kind() + ": " + confounder.text());
        }
        for (Measured measured : advice.figures()) {
            print(
                    Advised.FIGURE,
                    String.format(
                            Locale.ROOT,
                            "%s: %,.0f requests/s (%,.0f–%,.0f), %.3f s of processor time for a GiB, p99 %,.0f µs, a hot"
                                    + " reader loses %.0f %%",
                            measured.way().title(),
                            measured.operationsPerSecond().estimate(),
                            measured.operationsPerSecond().low(),
                            measured.operationsPerSecond().high(),
                            measured.cpuSecondsPerGib().estimate(),
                            measured.p99Nanos().estimate() / 1e3,
                            100 * measured.damage().estimate()));
        }
        for (Comparison comparison : advice.comparisons()) {
            print(
                    Advised.FIGURE,
                    String.format(
                            Locale.ROOT,
                            "%s beside %s: speed %.2f (%.2f–%.2f, p=%.3f), processor time %.2f (%.2f–%.2f)",
                            comparison.way().title(),
                            comparison.against().title(),
                            comparison.speed().estimate(),
                            comparison.speed().low(),
                            comparison.speed().high(),
                            comparison.pValue(),
                            comparison.cpu().estimate(),
                            comparison.cpu().low(),
                            comparison.cpu().high()));
        }
    }

    private static void print(String word, String text) {
        System.out.println(word + '\t' + text.replace('\n', ' '));
    }
}

package io.pinion.benchmarks.advisor;

import io.pinion.advisor.Verdict;
import io.pinion.benchmarks.advisor.FioRanking.Place;
import io.pinion.benchmarks.report.Ratio;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The report for people. */
final class AdvisorMarkdown {
    private static final double MB = 1e6;

    private final StringBuilder out = new StringBuilder();
    private final AdvisorResults results;

    private AdvisorMarkdown(AdvisorResults results) {
        this.results = results;
    }

    /** @param pictures file names of pictures, with what they show */
    static String of(AdvisorResults results, Map<String, String> pictures) {
        AdvisorMarkdown markdown = new AdvisorMarkdown(results);
        markdown.line("# The advisor%n");
        markdown.conditions();
        markdown.out.append(goals(results));
        pictures.forEach((file, title) -> markdown.line("%n![%s](%s)", title, file));
        results.rigs().forEach(markdown::rig);
        results.auto().ifPresent(markdown::auto);
        results.watching().ifPresent(markdown::watching);
        return markdown.out.toString();
    }

    /** {@return what was to be reached, and what was} */
    static String goals(AdvisorResults results) {
        AdvisorMarkdown markdown = new AdvisorMarkdown(results);
        if (!results.rigs().isEmpty()) {
            markdown.rigs();
        }
        results.auto().ifPresent(markdown::autoGoals);
        results.watching().ifPresent(markdown::watchingGoals);
        return markdown.out.toString();
    }

    private void conditions() {
        Plan plan = results.plan();
        if (plan.quick()) {
            line(
                    "Quick: less time for everything. It shows whether something is far off; verdicts are the full run's.%n");
        }
        line("| where | |%n|---|---|");
        results.environment().forEach((name, value) -> line("| %s | %s |", name, value));
        line("");
    }

    private void rigs() {
        line("## Verdicts beside fio's ranking%n");
        line("| rig | verdict | expected | | fio: direct | fio: uncached | |%n|---|---|---|---|---|---|---|");
        for (RigResult result : results.rigs()) {
            Map<FioJob.Way, Place> places = result.ranking().places();
            line(
                    "| %s | %s | %s | %s | %s | %s | %s |",
                    result.rig().title(),
                    result.advised().map(said -> said.verdict().name()).orElse("left out: " + result.missing()),
                    expected(result.rig()),
                    result.advised().isEmpty() ? "" : result.isAsExpected() ? "met" : "**missed**",
                    standing(places.get(FioJob.Way.DIRECT)),
                    standing(places.get(FioJob.Way.UNCACHED)),
                    switch (result.agreement()) {
                        case AGREES -> "agrees";
                        case DISAGREES -> "**disagrees**";
                        case UNTOLD -> "untold";
                    });
        }
        line("");
    }

    private static String expected(Rig rig) {
        if (rig.expected().contains(Verdict.INCONCLUSIVE)) {
            return "by evidence";
        }
        String verdicts = rig.expected().stream().map(Enum::name).sorted().collect(Collectors.joining(" or "));
        return rig.reason().isEmpty() ? verdicts : verdicts + ", because of " + rig.reason();
    }

    private static String standing(Place place) {
        return place == null
                ? "–"
                : String.format(
                        Locale.ROOT,
                        "%s: speed %s, processor %.2f",
                        place.standing().name().toLowerCase(Locale.ROOT),
                        place.speed(),
                        place.processor().median());
    }

    private void autoGoals(AutoResult auto) {
        line("## strategy=auto%n");
        if (!auto.missing().isEmpty()) {
            line("Left out: %s%n", auto.missing());
        }
        if (!auto.passes().isEmpty()) {
            line(
                    "| phase | %s | auto to the better one | each pass | swaps | |%n|%s---|---|---|---|---|",
                    String.join(", MB/s | ", auto.choices()) + ", MB/s",
                    "---|".repeat(auto.choices().size()));
            List<Phase> phases = auto.phases();
            for (int number = 0; number < phases.size(); number++) {
                int phase = number;
                line(
                        "| %d, %s | %s | %.3f (%s) | %s | %d | %s |",
                        phase + 1,
                        phases.get(phase).kind().title(),
                        auto.choices().stream()
                                .map(choice -> String.format(Locale.ROOT, "%,.1f", auto.rate(choice, phase) / MB))
                                .collect(Collectors.joining(" | ")),
                        auto.ratio(phase),
                        auto.better(phase),
                        auto.ratios(phase).stream()
                                .map(ratio -> String.format(Locale.ROOT, "%.3f", ratio))
                                .collect(Collectors.joining(", ")),
                        auto.swaps(phase),
                        auto.isMet(phase) ? "met" : "**missed**");
            }
            line(
                    "%nGoals: %.2f of the better fixed choice or more, %d swap a phase or none.%n",
                    AutoResult.GOAL, AutoResult.SWAPS);
        }
        for (Timeline timeline : auto.unchanging()) {
            line(
                    "- Unchanging, %s, %d s: %d swaps, %,.1f MB/s; %s",
                    timeline.phases().get(0).kind().title(),
                    timeline.bytes().size(),
                    timeline.swaps().size(),
                    timeline.rate(0) / MB,
                    timeline.swaps().isEmpty() ? "met (goal: none)" : "**missed** (goal: none)");
        }
        line("");
    }

    private void watchingGoals(WatchResult watching) {
        line("## What watching costs%n");
        if (!watching.missing().isEmpty()) {
            line("Left out: %s%n", watching.missing());
            return;
        }
        line("| what | goal | speed | A/A | |%n|---|---|---|---|---|");
        Ratio watched = watching.watched();
        line(
                "| cached 4 KiB reads, one thread, strategy=auto to strategy=buffered | ≥ %.2f | %s | ± %.3f | %s |",
                WatchResult.GOAL, watched, watching.noise().noise(), watching.outcome());
        if (!watching.before().isEmpty()) {
            line(
                    "| the same without anybody who watches, to the older build | ≥ 1.00 | %s | | |",
                    watching.sinceBefore());
        }
        line("");
    }

    private void rig(RigResult result) {
        line("%n## Rig %s%n%n%s.%n", result.rig().name(), result.rig().title());
        if (result.advised().isEmpty()) {
            line("Left out: %s.", result.missing());
            return;
        }
        Advised said = result.advised().get();
        line("Verdict after %d rounds: **%s**.%n", said.rounds(), said.verdict());
        said.reasons().forEach(reason -> line("- %s", reason));
        line("%nWhat makes the figures mean less:%n");
        said.confounders().forEach(confounder -> line("- %s", confounder));
        line("%nIts figures:%n");
        said.figures().forEach(figure -> line("- %s", figure));
        line("%nfio:%n");
        for (String sentence : fio(result)) {
            line("- %s", sentence);
        }
    }

    private static List<String> fio(RigResult result) {
        List<String> sentences = new ArrayList<>();
        FioRanking ranking = result.ranking();
        ranking.rounds().forEach((way, jobs) -> {
            Ratio rate = Ratio.of(jobs.stream().map(FioJob::rate).toList());
            Ratio processor = Ratio.of(jobs.stream().map(FioJob::processor).toList());
            Ratio other = Ratio.of(ranking.others().get(way));
            sentences.add(String.format(
                    Locale.ROOT,
                    "%s: %,.0f requests/s (%,.0f–%,.0f), %,.0f ns of processor time each%s",
                    way.title(),
                    rate.median(),
                    rate.low(),
                    rate.high(),
                    processor.median(),
                    result.rig().beside()
                            ? String.format(
                                    Locale.ROOT,
                                    "; the reader beside it does %.2f of what it does alone",
                                    other.median())
                            : ""));
        });
        ranking.places()
                .forEach((way, place) -> sentences.add(String.format(
                        Locale.ROOT,
                        "%s beside buffered: speed %s, processor time %s, the reader beside it %s: %s",
                        way.title(),
                        place.speed(),
                        place.processor(),
                        place.others(),
                        place.standing().name().toLowerCase(Locale.ROOT))));
        ranking.missing().forEach((way, why) -> sentences.add(way.title() + " is missing: " + why));
        return sentences;
    }

    private void auto(AutoResult auto) {
        line("%n## What auto said%n");
        auto.passes().forEach(pass -> whys(pass.get(AutoResult.AUTO)));
        auto.unchanging().forEach(this::whys);
    }

    private void whys(Timeline timeline) {
        for (int phase = 0; phase < timeline.phases().size(); phase++) {
            line(
                    "At the end of phase %d, %s:%n",
                    phase + 1, timeline.phases().get(phase).kind().title());
            timeline.whys().get(phase).forEach(why -> line("- %s", why));
            line("");
        }
        timeline.swaps()
                .forEach(swap ->
                        line("- second %.1f: %s to %s, %s", swap.seconds(), swap.from(), swap.to(), swap.cause()));
        line("");
    }

    private void watching(WatchResult watching) {
        line("%n## Watching, in operations a second%n");
        watching.rates().forEach((volume, rates) -> {
            Ratio rate = Ratio.of(rates);
            line("- %s: %,.0f (%,.0f–%,.0f), %d turns", volume, rate.median(), rate.low(), rate.high(), rate.rounds());
        });
    }

    private void line(String format, Object... arguments) {
        out.append(String.format(Locale.ROOT, format, arguments)).append('\n');
    }
}

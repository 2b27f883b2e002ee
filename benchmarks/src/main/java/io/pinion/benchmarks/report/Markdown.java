package io.pinion.benchmarks.report;

import io.pinion.benchmarks.plan.Figure;
import io.pinion.benchmarks.plan.Shape;
import io.pinion.benchmarks.plan.Way;
import io.pinion.benchmarks.plan.Workload;
import io.pinion.benchmarks.rounds.Measured;
import io.pinion.benchmarks.rounds.Sample;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The report for people; its sections are those of docs/benchmarks.md. */
final class Markdown {
    private final StringBuilder out = new StringBuilder();
    private final Results results;

    private Markdown(Results results) {
        this.results = results;
    }

    /** @param pictures file names of pictures, with what they show */
    static String of(Results results, Map<String, String> pictures) {
        Markdown markdown = new Markdown(results);
        markdown.out.append("# Benchmarks\n\n");
        markdown.conditions();
        markdown.out.append("## Goals\n\n").append(goals(results)).append('\n');
        pictures.forEach((file, title) -> markdown.line("![%s](%s)%n", title, file));
        markdown.missing();
        results.outcome().workloads().forEach(markdown::workload);
        markdown.ways();
        markdown.notes();
        results.more().forEach(markdown.out::append);
        return markdown.out.toString();
    }

    /** {@return the table of goals} */
    static String goals(Results results) {
        StringBuilder table =
                new StringBuilder("| what | against | goal | Pinion | A/A | |\n|---|---|---|---|---|---|\n");
        for (Verdict verdict : Verdict.all(results.outcome())) {
            table.append(String.format(
                    "| %s | %s | %s | %s | %s | %s |%n",
                    verdict.what(),
                    verdict.against(),
                    verdict.goal(),
                    verdict.measured(),
                    verdict.noise(),
                    verdict.outcome() == Verdict.Outcome.MET
                            ? "met"
                            : "**" + verdict.outcome().word() + "**"));
        }
        return table.toString();
    }

    private void conditions() {
        if (results.quick()) {
            line(
                    "Quick: fewer rounds, shorter samples with less warm-up, and neither depth 8, two threads, swaps nor"
                            + " what has no goal on a device. It shows whether something is far off; verdicts are the full run's.%n");
        }
        line(
                "Rounds: %d; each sample is a process of its own, in random order, %s s of warm-up (at random up to"
                        + " eight times that, where a device is slow: compilers count calls; fio and C %s s; large"
                        + " blocks are preceded by as long with small ones, for the compiler's sake) and at least %s s measured. Ratios are Pinion's figure to the peer's: the median of per-round ratios, with %s. A/A is"
                        + " Pinion beside itself: how far the interval of that ratio goes from 1. A goal is met when the interval"
                        + " reaches it and the median is short of it by no more than A/A; it is unclear when A/A is more than 0.2. Statistics are on, as shipped; files were"
                        + " written once in full.%n",
                results.outcome().rounds(),
                results.span().warmUp(),
                results.span().compiled().warmUp(),
                results.span().measured(),
                results.outcome().rounds() < 6 ? "their range" : "the 95 % interval (bootstrap)");
        line("| where | |%n|---|---|");
        results.environment().forEach((name, value) -> line("| %s | %s |", name, value));
        line("");
    }

    private void missing() {
        Set<String> lines = new LinkedHashSet<>();
        for (Measured measured : results.outcome().workloads()) {
            measured.missing()
                    .forEach((title, why) ->
                            lines.add(title + " (" + measured.workload().name() + "): " + why));
        }
        if (!lines.isEmpty()) {
            line("%n## Missing%n");
            lines.forEach(text -> line("- %s", text));
        }
    }

    private void workload(Measured measured) {
        Comparison comparison = new Comparison(measured);
        Shape shape = measured.workload().shape();
        line("%n## %s%n", measured.workload().title());
        if (measured.titles().isEmpty()) {
            line("Not measured: %s.", String.join("; ", measured.missing().values()));
            return;
        }
        line(
                "| way | %s | Pinion to it | ns CPU/op, process | Pinion to it | ns CPU/op, threads | p50 µs | p99 µs | p99.9 µs"
                        + " | bytes/op |",
                shape.isLarge() ? "MB/s" : "op/s");
        line("|---|---|---|---|---|---|---|---|---|---|");
        for (String title : measured.titles()) {
            boolean own = title.equals(measured.workload().own().title());
            line(
                    "| %s | %s | %s | %s | %s | %s | %s | %s | %s | %s |",
                    title.equals(Workload.AGAIN) ? title + " (A/A)" : title,
                    number(
                            "%,.0f",
                            comparison.median(title, Sample::rate) * (shape.isLarge() ? shape.block() / 1e6 : 1)),
                    own ? "" : ratio(comparison, Figure.RATE, title),
                    number("%,.0f", comparison.median(title, Sample::cpu)),
                    own ? "" : ratio(comparison, Figure.CPU, title),
                    number("%,.0f", comparison.median(title, Sample::thread)),
                    number("%.1f", comparison.median(title, Sample::p50) / 1e3),
                    number("%.1f", comparison.median(title, Sample::p99) / 1e3),
                    number("%.1f", comparison.median(title, Sample::p999) / 1e3),
                    number("%.3f", comparison.median(title, Sample::allocated)));
        }
    }

    private static String ratio(Comparison comparison, Figure figure, String title) {
        return comparison.ratio(figure, title).map(Ratio::toString).orElse("–");
    }

    private static String number(String format, double value) {
        return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, format, value);
    }

    private void ways() {
        line("%n## The ways%n");
        List<String> seen = new ArrayList<>();
        for (Measured measured : results.outcome().workloads()) {
            List<Way> ways = new ArrayList<>(measured.workload().peers());
            ways.add(0, measured.workload().own());
            for (Way way : ways) {
                String text = "- " + way.title() + ": " + way.description() + ".";
                if (!seen.contains(text)) {
                    seen.add(text);
                }
            }
        }
        seen.stream().sorted().forEach(text -> line("%s", text));
        line(
                "%nAn operation's latency is from its preparation to its delivery: with a batch it waits for others. fio reads no"
                        + " clocks at its best, and tells the processor time of its job's thread alone.");
    }

    /** What Pinion and its pool said, each once. */
    private void notes() {
        line("%n## How Pinion did it%n");
        Map<List<String>, List<String>> byNotes = results.outcome().workloads().stream()
                .filter(measured -> !measured.notes().isEmpty())
                .collect(Collectors.groupingBy(
                        Measured::notes,
                        LinkedHashMap::new,
                        Collectors.mapping(measured -> measured.workload().name(), Collectors.toList())));
        byNotes.forEach((notes, names) -> line("- %s: %s", String.join(", ", names), String.join("; ", notes)));
        line(
                "- the pool of 256 MiB: %s%n",
                String.join("; ", results.outcome().firstUse().notes()));
    }

    private void line(String format, Object... arguments) {
        out.append(String.format(Locale.ROOT, format, arguments)).append('\n');
    }
}

package io.pinion.advisor.report;

import io.pinion.advisor.Advice;
import io.pinion.advisor.Confounder;
import io.pinion.advisor.Measured;
import io.pinion.advisor.Sample;
import io.pinion.advisor.Way;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * An advice as a page for people: the verdict, why, what to apply, and the evidence. One file that needs no other, no script
 * and no network; XHTML.
 */
public final class HtmlReport {
    private static final DateTimeFormatter WHEN = DateTimeFormatter.ofPattern(
                    "d MMMM yyyy, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final Advice advice;
    private final Plots plots;
    private final Html html = new Html();
    private final Tables tables;

    private HtmlReport(Advice advice) {
        this.advice = advice;
        this.plots = new Plots(advice);
        this.tables = new Tables(advice, html);
    }

    /** {@return the page} To be written as UTF-8. */
    public static String of(Advice advice) {
        HtmlReport report = new HtmlReport(advice);
        report.begin();
        report.verdict();
        report.confounders();
        report.pictures();
        report.comparisons();
        report.figures();
        report.conditions();
        report.words();
        report.check();
        report.end();
        return report.html.toString();
    }

    private void begin() {
        html.raw("<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"en\">\n<head>\n")
                .raw("<meta charset=\"utf-8\"/>\n")
                .raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n")
                .raw("<meta http-equiv=\"Content-Security-Policy\"")
                .raw(" content=\"default-src 'none'; style-src 'unsafe-inline'\"/>\n")
                .element("title", Phrases.headline(advice.verdict()) + " · " + advice.target())
                .raw("<style>\n" + Style.sheet() + "</style>\n</head>\n")
                .open("body")
                .open("main");
    }

    private void verdict() {
        html.open("header", advice.verdict().name().toLowerCase(Locale.ROOT))
                .element("p", "over", "Buffered or direct I/O")
                .element("h1", Phrases.headline(advice.verdict()))
                .element("p", "meaning", Phrases.meaning(advice.verdict()))
                .open("p", "soft")
                .element("code", advice.target())
                .raw(" · ")
                .element("span", Quantities.load(advice.load()) + " · " + WHEN.format(advice.at()))
                .close("p")
                .close("header");
        html.open("section", "two").open("div").element("h2", "Why");
        list(advice.reasons(), "No reason was given.");
        configuration();
        html.close("div");
        plots.crossover().ifPresent(this::figure);
        html.close("section");
    }

    private void list(List<String> sentences, String none) {
        if (sentences.isEmpty()) {
            html.element("p", "soft", none);
            return;
        }
        html.open("ul", "reasons");
        sentences.forEach(sentence -> html.element("li", sentence));
        html.close("ul");
    }

    private void configuration() {
        html.element("h2", "What to set");
        if (advice.configuration().isEmpty()) {
            html.element("p", "soft", "Nothing: leave the volume’s configuration as it is.");
        } else {
            html.element("p", "soft", "These lines, in the volume’s configuration file:")
                    .element("pre", String.join("\n", advice.configuration()));
        }
    }

    private void confounders() {
        if (advice.confounders().isEmpty()) {
            return;
        }
        html.open("aside")
                .element("h2", "What makes these figures mean less, or something else")
                .open("dl");
        for (Confounder confounder : advice.confounders()) {
            html.entry(Phrases.title(confounder.kind()), confounder.text());
        }
        html.close("dl").close("aside");
    }

    private void comparisons() {
        html.open("section").element("h2", "Each way beside buffered");
        if (advice.comparisons().isEmpty()) {
            html.element("p", "soft", "Nothing could be compared.");
        } else {
            html.element(
                    "p",
                    "soft",
                    "Ratios round by round, with their 95 % intervals: of speed more than 1 × is better, of processor time"
                            + " and latency less.");
            tables.comparisons();
        }
        html.close("section");
    }

    private void pictures() {
        List<Plots.Plot> all = plots.others();
        if (!all.isEmpty()) {
            html.open("section").element("h2", "Pictures").open("div", "plots");
            all.forEach(this::figure);
            html.close("div").close("section");
        }
    }

    private void figure(Plots.Plot plot) {
        html.open("figure")
                .element("h3", plot.title())
                .element("figcaption", plot.caption())
                .raw(plot.svg())
                .close("figure");
    }

    private void figures() {
        html.open("section").element("h2", "Figures");
        if (advice.figures().isEmpty()) {
            html.element("p", "soft", "Nothing was measured.");
        } else {
            html.element("p", "soft", "Estimates over the rounds; below each, its 95 % confidence interval.");
            tables.figures();
            html.open("details").element("summary", "Every round");
            tables.rounds();
            html.close("details");
        }
        html.close("section");
    }

    private void conditions() {
        long bytes = advice.figures().stream()
                .flatMap(measured -> measured.samples().stream())
                .mapToLong(Sample::bytes)
                .sum();
        String sizes = advice.load().sizes().stream().map(Quantities::size).collect(Collectors.joining(", "));
        html.open("section")
                .element("h2", "How it was measured")
                .open("dl")
                .entry("asked about", advice.target())
                .entry("read", advice.measured())
                .entry("load", Quantities.load(advice.load()) + "; requests of " + sizes)
                .entry(
                        "rounds",
                        advice.rounds()
                                + " of each size and way. Within a round the order is random, so that what drifts"
                                + " meets all alike")
                .entry("began", WHEN.format(advice.at()) + ", took " + Quantities.duration(advice.took()))
                .entry("moved", Quantities.bytes(bytes) + " in all");
        advice.environment().forEach(html::entry);
        html.close("dl").close("section");
    }

    private void words() {
        html.open("section").element("h2", "What the words mean").open("dl");
        advice.figures().stream()
                .map(Measured::way)
                .distinct()
                .sorted()
                .forEach((Way way) -> html.entry(way.title(), Phrases.meaning(way)));
        html.entry("p50, p99, p99.9", "the latency that half of the requests, one in 100, one in 1000 exceed.")
                .entry(
                        "95 % interval",
                        "where the figure would be in 95 of 100 such measurements, as far as the rounds tell.")
                .entry(
                        "p-value",
                        "how likely so large a difference in speed is when there is none (Wilcoxon signed-rank test).")
                .entry("noise", "how far the buffered way is from itself, between rounds.")
                .entry("CPU s/GiB", "seconds of processor time, of user and kernel, for each GiB moved.")
                .entry("page cache", "by how much a round made the target’s part of the page cache grow.")
                .entry("damage", "which part of its speed a reader of cached data lost beside it.")
                .close("dl")
                .close("section");
    }

    private void check() {
        html.open("section")
                .element("h2", "Check it with fio")
                .element("p", "soft", "The same sizes and ways as a job file for fio(1), which is not ours.")
                .open("details")
                .element("summary", "The job file")
                .element("pre", FioJob.of(advice))
                .close("details")
                .close("section");
    }

    private void end() {
        html.element(
                        "footer",
                        "Made by Pinion’s advisor. This page is one file: it loads nothing, and tells nobody that it is read.")
                .close("main")
                .close("body")
                .close("html");
    }
}

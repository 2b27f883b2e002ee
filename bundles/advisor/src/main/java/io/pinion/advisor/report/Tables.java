package io.pinion.advisor.report;

import io.pinion.advisor.Advice;
import io.pinion.advisor.Comparison;
import io.pinion.advisor.Interval;
import io.pinion.advisor.Measured;
import io.pinion.advisor.Sample;
import io.pinion.advisor.chart.Markup;
import java.util.Locale;
import java.util.function.DoubleFunction;

/** The figures of an advice, with their intervals. */
final class Tables {
    private final Advice advice;
    private final Html html;

    Tables(Advice advice, Html html) {
        this.advice = advice;
        this.html = html;
    }

    /** Writes each way beside buffered, sizes one after the other. */
    void comparisons() {
        begin(4, "size", "way", "beside", "", "speed", "processor time", "p99", "p-value", "noise");
        int before = 0;
        for (Comparison comparison : advice.comparisons()) {
            boolean first = comparison.size() != before;
            before = comparison.size();
            Outcome outcome = Outcome.of(comparison);
            html.open("tr", outcome.name().toLowerCase(Locale.ROOT) + (first ? " first" : ""))
                    .element("th", first ? Quantities.size(comparison.size()) : "")
                    .element("th", comparison.way().title())
                    .element("th", comparison.against().title())
                    .element("td", "outcome", outcome.text);
            cell(comparison.speed(), Quantities::ratio);
            cell(comparison.cpu(), Quantities::ratio);
            cell(comparison.p99(), Quantities::ratio);
            html.cell(pValue(comparison.pValue()), "")
                    .cell("± " + Quantities.percent(comparison.noise()), "")
                    .close("tr");
        }
        end();
    }

    private enum Outcome {
        FASTER("▲ clearly faster"),
        SLOWER("▼ clearly slower"),
        OTHERWISE("◆ clear, but not in speed"),
        NONE("○ no clear difference");

        private final String text;

        Outcome(String text) {
            this.text = text;
        }

        static Outcome of(Comparison comparison) {
            if (!comparison.clear()) {
                return NONE;
            }
            if (comparison.speed().contains(1)) {
                return OTHERWISE;
            }
            return comparison.speed().estimate() > 1 ? FASTER : SLOWER;
        }
    }

    private static String pValue(double value) {
        if (!Double.isFinite(value)) {
            return Quantities.NONE;
        }
        return value < 0.001 ? "< 0.001" : String.format(Locale.ROOT, "%.3f", value);
    }

    /** Writes each way's own figures, a table a size. */
    void figures() {
        for (int size : Figures.sizes(advice)) {
            html.element("h3", Quantities.size(size) + " a request");
            begin(1, "way", "operations/s", "throughput", "p50", "p99", "p99.9", "CPU s/GiB", "page cache", "damage");
            for (Measured measured : Figures.of(advice, size)) {
                html.open("tr").raw("<th>");
                html.raw(Markup.text(Phrases.label(measured.way())))
                        .element("small", measured.mode())
                        .close("th");
                cell(measured.operationsPerSecond(), Quantities::number);
                cell(measured.bytesPerSecond(), Quantities::bytesPerSecond);
                cell(measured.p50Nanos(), Quantities::nanos);
                cell(measured.p99Nanos(), Quantities::nanos);
                cell(measured.p999Nanos(), Quantities::nanos);
                cell(measured.cpuSecondsPerGib(), Quantities::seconds);
                cell(Figures.hasCacheGrowth(advice), measured.cacheGrowth(), Quantities::bytes);
                cell(Figures.hasOthers(measured), measured.damage(), Quantities::percent);
                html.close("tr");
            }
            end();
        }
    }

    /** Writes every round. */
    void rounds() {
        begin(
                2,
                "size",
                "way",
                "round",
                "operations/s",
                "throughput",
                "p50",
                "p99",
                "p99.9",
                "CPU s/GiB",
                "page cache",
                "damage");
        for (Measured measured : advice.figures()) {
            for (Sample sample : measured.samples()) {
                html.open("tr")
                        .element("th", Quantities.size(measured.size()))
                        .element("th", Phrases.label(measured.way()))
                        .cell(Integer.toString(sample.round() + 1), "")
                        .cell(Quantities.number(sample.operationsPerSecond()), "")
                        .cell(Quantities.bytesPerSecond(sample.bytesPerSecond()), "")
                        .cell(Quantities.nanos(sample.p50Nanos()), "")
                        .cell(Quantities.nanos(sample.p99Nanos()), "")
                        .cell(Quantities.nanos(sample.p999Nanos()), "")
                        .cell(Quantities.seconds(sample.cpuSecondsPerGib()), "")
                        .cell(
                                Figures.hasCacheGrowth(advice)
                                        ? Quantities.bytes(sample.cacheGrowth())
                                        : Quantities.NONE,
                                "")
                        .cell(sample.othersAlone() > 0 ? Quantities.percent(sample.damage()) : Quantities.NONE, "")
                        .close("tr");
            }
        }
        end();
    }

    private void begin(int names, String... headings) {
        html.open("div", "scroll").open("table").headings(names, headings).open("tbody");
    }

    private void end() {
        html.close("tbody").close("table").close("div");
    }

    private void cell(boolean known, Interval figure, DoubleFunction<String> unit) {
        if (known) {
            cell(figure, unit);
        } else {
            html.cell(Quantities.NONE, "");
        }
    }

    private void cell(Interval figure, DoubleFunction<String> unit) {
        boolean told = Double.isFinite(figure.estimate());
        html.cell(unit.apply(figure.estimate()), told ? Quantities.range(figure, unit) : "");
    }
}

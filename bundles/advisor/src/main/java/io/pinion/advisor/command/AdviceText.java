package io.pinion.advisor.command;

import io.pinion.advisor.Advice;
import io.pinion.advisor.AdviceRequest;
import io.pinion.advisor.Comparison;
import io.pinion.advisor.Interval;
import io.pinion.advisor.Load;
import io.pinion.advisor.Measured;
import io.pinion.advisor.Sample;
import io.pinion.shell.text.Table;
import io.pinion.shell.text.Units;
import io.pinion.strategy.Target;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Advice as a terminal shows it. */
final class AdviceText {
    private static final double PERCENT = 100;
    private static final long HUNDRED = 100;
    private static final long THOUSAND = 1000;

    private final List<String> lines = new ArrayList<>();

    private AdviceText() {}

    /** {@return what is about to be done} */
    static List<String> plan(AdviceRequest request) {
        String what = request.target().map(Object::toString).orElse("volume " + request.volume());
        String load = request.load().map(AdviceText::words).orElse("the load that it is seen to have");
        String written = needsScratch(request)
                ? "a scratch file is made there, written, and removed"
                : "it is only read; what the page cache has of it is dropped";
        return Table.wrap(
                "measuring " + what + " for " + request.budget().toSeconds() + " s at most, with " + load + "; "
                        + written,
                Table.WIDTH);
    }

    /** Of a volume nobody knows yet: if it is seen to write. */
    private static boolean needsScratch(AdviceRequest request) {
        boolean directory = request.target()
                .filter(target -> target.scheme().equals(Target.PATH))
                .map(target -> Files.isDirectory(target.path()))
                .orElse(false);
        boolean writes = request.load().map(load -> load.writePercent() > 0).orElse(true);
        return request.isWriting() && (directory || writes);
    }

    static String words(Load load) {
        String sizes = load.sizes().stream().map(Units::bytes).collect(Collectors.joining(", "));
        String kind = load.writePercent() == 0
                ? "reads"
                : load.writePercent() == PERCENT ? "writes" : "reads and " + load.writePercent() + " % writes";
        return (load.sequential() ? "sequential " : "random ") + kind + " of " + sizes + ", "
                + (load.depth() == 1 ? "one at a time" : load.depth() + " at once")
                + (load.once() ? ", no byte twice" : "");
    }

    static List<String> lines(Advice advice) {
        AdviceText text = new AdviceText();
        text.figures(advice);
        text.comparisons(advice);
        text.section("how bytes moved", modes(advice));
        text.section(
                "what makes the figures mean less",
                advice.confounders().stream()
                        .map(each -> words(each.kind()) + ": " + each.text())
                        .toList());
        text.verdict(advice);
        return text.lines;
    }

    private void figures(Advice advice) {
        for (int size : advice.load().sizes()) {
            Table table = Table.of(
                    Units.bytes(size),
                    ">OPS/S",
                    ">",
                    ">MIB/S",
                    ">P50",
                    ">P99",
                    ">P99.9",
                    ">CPU s/GiB",
                    ">CACHED",
                    ">DAMAGE");
            List<Measured> rows = advice.figures().stream()
                    .filter(each -> each.size() == size)
                    .toList();
            rows.forEach(each -> row(table, each));
            if (!rows.isEmpty()) {
                lines.add("");
                lines.addAll(table.lines());
            }
        }
        if (!advice.figures().isEmpty()) {
            lines.add("");
            wrap(
                    "",
                    Units.count(advice.rounds(), "round") + " in "
                            + advice.took().toSeconds()
                            + " s. ± is the 95 % interval of the mean over rounds. CACHED: by how much the page cache grew,"
                            + " of what was moved. DAMAGE: how much of its speed a reader of cached pages lost beside it. A dash:"
                            + " too few requests to tell.");
        }
    }

    /** Each mode with the ways that had it, and the sizes if not at all of them. */
    private static List<String> modes(Advice advice) {
        Map<String, Set<String>> ways = new LinkedHashMap<>();
        for (Measured each : advice.figures()) {
            long modes = advice.figures().stream()
                    .filter(other -> other.way() == each.way())
                    .map(Measured::mode)
                    .distinct()
                    .count();
            ways.computeIfAbsent(each.mode(), any -> new LinkedHashSet<>())
                    .add('"' + each.way().title() + '"' + (modes > 1 ? " at " + Units.bytes(each.size()) : ""));
        }
        return ways.entrySet().stream()
                .map(each -> each.getKey() + ": " + String.join(", ", each.getValue()))
                .toList();
    }

    private static void row(Table table, Measured measured) {
        table.row(
                measured.way().title(),
                Units.count(Math.round(measured.operationsPerSecond().estimate())),
                spread(measured.operationsPerSecond()),
                String.format(Locale.ROOT, "%,.0f", measured.bytesPerSecond().estimate() / (1 << 20)),
                nanos(measured.p50Nanos()),
                measured.samples().size() * HUNDRED > operations(measured) ? "-" : nanos(measured.p99Nanos()),
                measured.samples().size() * THOUSAND > operations(measured) ? "-" : nanos(measured.p999Nanos()),
                String.format(Locale.ROOT, "%.3f", measured.cpuSecondsPerGib().estimate()) + " "
                        + spread(measured.cpuSecondsPerGib()),
                cached(measured),
                damage(measured.damage()));
    }

    private static String nanos(Interval interval) {
        return Units.nanos(Math.round(interval.estimate()));
    }

    private static long operations(Measured measured) {
        return measured.samples().stream().mapToLong(Sample::operations).sum();
    }

    private static String cached(Measured measured) {
        long grown = measured.samples().stream().mapToLong(Sample::cacheGrowth).sum();
        long moved = measured.samples().stream().mapToLong(Sample::bytes).sum();
        return moved == 0 ? "-" : String.format(Locale.ROOT, "%.0f %%", PERCENT * grown / moved);
    }

    private static String damage(Interval damage) {
        if (Double.isNaN(damage.estimate())) {
            return "-";
        }
        double half = (damage.high() - damage.low()) / 2;
        return String.format(Locale.ROOT, "%.0f %%", PERCENT * damage.estimate())
                + (Double.isFinite(half) ? String.format(Locale.ROOT, " ±%.0f", PERCENT * half) : "");
    }

    private static String spread(Interval interval) {
        double part = (interval.high() - interval.low()) / 2 / Math.abs(interval.estimate());
        return Double.isFinite(part) ? String.format(Locale.ROOT, "±%.0f%%", PERCENT * part) : "";
    }

    private void comparisons(Advice advice) {
        if (advice.comparisons().isEmpty()) {
            return;
        }
        String base = advice.comparisons().get(0).against().title();
        Table table = Table.of(
                "AGAINST " + base.toUpperCase(Locale.ROOT), "WAY", "SPEED", "CPU FOR A BYTE", "P99", ">P", "CLEAR");
        for (Comparison each : advice.comparisons()) {
            table.row(
                    Units.bytes(each.size()),
                    each.way().title(),
                    ratio(each.speed()),
                    ratio(each.cpu()),
                    ratio(each.p99()),
                    String.format(Locale.ROOT, "%.4f", each.pValue()),
                    each.clear() ? each.speed().estimate() > 1 ? "faster" : "slower" : "no");
        }
        lines.add("");
        lines.addAll(table.lines());
    }

    private static String ratio(Interval ratio) {
        return "×" + digits(ratio.estimate()) + " (" + digits(ratio.low()) + " to " + digits(ratio.high()) + ")";
    }

    private static String digits(double value) {
        return String.format(Locale.ROOT, value >= 100 ? "%.0f" : value >= 10 ? "%.1f" : "%.2f", value);
    }

    private void verdict(Advice advice) {
        section(
                "environment",
                advice.environment().entrySet().stream()
                        .map(each -> each.getKey() + ": " + each.getValue())
                        .toList());
        section("verdict: " + words(advice.verdict()), advice.reasons());
        if (!advice.configuration().isEmpty()) {
            lines.add("");
            lines.add("for etc/io.pinion.volume-NAME.cfg:");
            advice.configuration().forEach(line -> lines.add("  " + line));
        }
    }

    private static String words(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private void section(String title, List<String> sentences) {
        if (sentences.isEmpty()) {
            return;
        }
        lines.add("");
        lines.add(title);
        sentences.forEach(sentence -> wrap("- ", sentence));
    }

    private void wrap(String bullet, String sentence) {
        String start = bullet;
        for (String part : Table.wrap(sentence, Table.WIDTH - bullet.length())) {
            lines.add(start + part);
            start = " ".repeat(bullet.length());
        }
    }
}

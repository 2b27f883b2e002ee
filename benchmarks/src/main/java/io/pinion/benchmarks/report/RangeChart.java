package io.pinion.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/** Groups of ranges on a logarithmic axis: a line from end to end, a dot within, and a goal where there is one. */
final class RangeChart {
    private static final int WIDTH = 860;
    private static final int LEFT = 330;
    private static final int RIGHT = 40;
    private static final int ROW = 20;
    /** How much room the text of a mark takes. */
    private static final int MARK = 36;

    private final String title;
    private final String axis;
    private final String legend;
    private final boolean aroundOne;
    private final List<Group> groups = new ArrayList<>();

    /** Ranges that belong together. */
    record Group(String title, List<Range> ranges) {}

    /** A range; the goal is NaN where there is none. */
    record Range(String label, double low, double dot, double high, double goal, int series) {}

    /** @param aroundOne whether the axis has 1 on it, as a line */
    RangeChart(String title, String axis, String legend, boolean aroundOne) {
        this.title = title;
        this.axis = axis;
        this.legend = legend;
        this.aroundOne = aroundOne;
    }

    void add(Group group) {
        if (!group.ranges().isEmpty()) {
            groups.add(group);
        }
    }

    String svg() {
        Svg svg = new Svg(WIDTH);
        svg.text(16, 28, "start", "title", title);
        svg.text(16, 48, "start", "soft", legend);
        Scale scale = scale();
        double top = 64;
        double bottom = top;
        for (Group group : groups) {
            bottom += 24 + group.ranges().size() * ROW + 6;
        }
        for (double mark : scale.marks()) {
            svg.line(scale.at(mark), top, scale.at(mark), bottom, aroundOne && mark == 1 ? "one" : "grid");
        }
        for (double mark : scale.labelled(MARK)) {
            svg.text(scale.at(mark), bottom + 16, "middle", "soft", Scale.text(mark));
        }
        double y = top;
        for (Group group : groups) {
            svg.text(16, y + 16, "start", "group", group.title());
            y += 24;
            for (Range range : group.ranges()) {
                double middle = y + ROW / 2.0;
                svg.text(LEFT - 8, middle + 4, "end", "plain", range.label());
                svg.line(scale.at(range.low()), middle, scale.at(range.high()), middle, "range");
                svg.dot(scale.at(range.dot()), middle, range.series());
                if (!Double.isNaN(range.goal())) {
                    svg.line(scale.at(range.goal()), middle - 8, scale.at(range.goal()), middle + 8, "goal");
                }
                y += ROW;
            }
            y += 6;
        }
        svg.text(LEFT + (WIDTH - LEFT - RIGHT) / 2.0, bottom + 36, "middle", "soft", axis);
        return svg.finish(bottom + 50);
    }

    private Scale scale() {
        double[] all = groups.stream()
                .flatMap(group -> group.ranges().stream())
                .flatMapToDouble(range -> DoubleStream.of(range.low(), range.high(), range.goal()))
                .filter(value -> value > 0)
                .toArray();
        double least = DoubleStream.of(all).min().orElse(1);
        double most = DoubleStream.of(all).max().orElse(1);
        return Scale.logarithmic(
                aroundOne ? Math.min(least, 0.9) : least,
                aroundOne ? Math.max(most, 1.1) : most,
                LEFT,
                WIDTH - LEFT - RIGHT);
    }
}

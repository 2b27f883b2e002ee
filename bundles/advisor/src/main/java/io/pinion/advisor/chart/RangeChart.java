package io.pinion.advisor.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Groups of ranges: a line from end to end, a dot within, and a goal where there is one. What is not finite, or not above 0
 * on a logarithmic axis, is left out. One thread.
 */
public final class RangeChart {
    private static final int ROW = 20;
    private static final int MARGIN = 16;
    /** How much room the text of a mark takes. */
    private static final int MARK = 36;

    private final String axis;
    private final Kind kind;
    private final int width;
    private final int left;
    private final int right;
    private final List<Group> groups = new ArrayList<>();

    /** What axis there is. */
    public enum Kind {
        /** From 0, or around it; a bar leads to each dot. */
        LINEAR,
        /** Equal steps for equal ratios. */
        LOGARITHMIC,
        /** The same, and has 1 on it, as a line. */
        RATIO
    }

    /** Ranges that belong together; no title is written where it is empty. */
    public record Group(String title, List<Range> ranges) {}

    /**
     * A range.
     *
     * @param label at its left
     * @param low where the line begins
     * @param dot where the dot is
     * @param high where the line ends
     * @param goal a mark across, NaN where there is none
     * @param look of the dot
     * @param text at its right, may be empty
     */
    public record Range(String label, double low, double dot, double high, double goal, Look look, String text) {}

    /**
     * A chart without ranges yet.
     *
     * @param axis what is on the axis, with its unit
     * @param width of the picture
     * @param left room for labels
     * @param right room for texts
     */
    public RangeChart(String axis, Kind kind, int width, int left, int right) {
        this.axis = axis;
        this.kind = kind;
        this.width = width;
        this.left = left;
        this.right = right;
    }

    /** Adds a group, unless it is empty. */
    public void add(Group group) {
        if (!group.ranges().isEmpty()) {
            groups.add(group);
        }
    }

    /** {@return the chart as a file of its own} */
    public String svg(String title, String legend) {
        Svg svg = new Svg(width);
        svg.text(MARGIN, 28, "start", "title", title);
        svg.text(MARGIN, 48, "start", "soft", legend);
        return svg.finish(draw(svg, 64));
    }

    /** {@return the chart for a page with {@link Svg#style()}, which has title and legend} */
    public String inline(String what) {
        Svg svg = new Svg(width);
        return svg.inline(draw(svg, 6), what);
    }

    /** {@return how high it is} */
    private double draw(Svg svg, double top) {
        Scale scale = scale();
        double bottom = top;
        for (Group group : groups) {
            bottom += head(group) + group.ranges().size() * ROW + 6;
        }
        for (double mark : scale.marks()) {
            boolean base = mark == (kind == Kind.RATIO ? 1 : 0);
            svg.line(scale.at(mark), top, scale.at(mark), bottom, base ? "one" : "grid");
        }
        for (double mark : scale.labelled(MARK)) {
            svg.text(scale.at(mark), bottom + 16, "middle", "soft", Scale.text(mark));
        }
        double y = top;
        for (Group group : groups) {
            if (!group.title().isEmpty()) {
                svg.text(MARGIN, y + 16, "start", "group", group.title());
            }
            y += head(group);
            for (Range range : group.ranges()) {
                row(svg, scale, range, y + ROW / 2.0);
                y += ROW;
            }
            y += 6;
        }
        svg.text(left + (width - left - right) / 2.0, bottom + 36, "middle", "soft", axis);
        return bottom + 50;
    }

    private void row(Svg svg, Scale scale, Range range, double middle) {
        // A mark at 0 is on the axis's end.
        svg.text(left - (kind == Kind.LINEAR ? 12 : 8), middle + 4, "end", "plain", range.label());
        if (isShown(range.dot()) && kind == Kind.LINEAR) {
            double from = Math.min(scale.at(0), scale.at(range.dot()));
            double to = Math.max(scale.at(0), scale.at(range.dot()));
            svg.stem(from, middle - 5, to - from, 10, range.look().colour());
        }
        if (isShown(range.low()) && isShown(range.high())) {
            svg.line(scale.at(range.low()), middle, scale.at(range.high()), middle, "range");
        }
        if (isShown(range.dot())) {
            svg.mark(scale.at(range.dot()), middle, range.look());
        }
        if (isShown(range.goal())) {
            svg.line(scale.at(range.goal()), middle - 8, scale.at(range.goal()), middle + 8, "goal");
        }
        if (!range.text().isEmpty()) {
            svg.text(width - right + 10, middle + 4, "start", "plain", range.text());
        }
    }

    private static int head(Group group) {
        return group.title().isEmpty() ? 4 : 24;
    }

    private boolean isShown(double value) {
        return kind == Kind.LINEAR ? Scale.takes(value) : Scale.takesRatios(value);
    }

    private Scale scale() {
        double[] all = groups.stream()
                .flatMap(group -> group.ranges().stream())
                .flatMapToDouble(range -> DoubleStream.of(range.low(), range.dot(), range.high(), range.goal()))
                .filter(this::isShown)
                .toArray();
        double least = DoubleStream.of(all).min().orElse(1);
        double most = DoubleStream.of(all).max().orElse(1);
        int length = width - left - right;
        return switch (kind) {
            case LINEAR -> Scale.linear(least, most, left, length);
            case LOGARITHMIC -> Scale.logarithmic(least, most, left, length);
            case RATIO -> Scale.logarithmic(Math.min(least, 0.9), Math.max(most, 1.1), left, length);
        };
    }
}

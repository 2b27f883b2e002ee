package io.pinion.advisor.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.DoubleFunction;
import java.util.stream.DoubleStream;

/**
 * Figures with their intervals by something that grows in ratios, such as a size: a line a series, both axes logarithmic, a
 * legend below. What is not finite and above 0 is left out. One thread.
 */
public final class LineChart {
    private static final int LEFT = 64;
    private static final int RIGHT = 16;
    private static final int TOP = 12;
    private static final int HEIGHT = 250;
    private static final int LEGEND_ROW = 20;
    /** Series stand beside each other by so much, so that each interval is seen. */
    private static final int BESIDE = 5;
    /** How much room a text takes: of a mark upwards, of one to the right. */
    private static final int MARK = 16;

    private static final int LABEL = 52;

    private final String across;
    private final String up;
    private final boolean aroundOne;
    private final int width;
    private final DoubleFunction<String> name;
    private final List<Series> all = new ArrayList<>();

    /** What belongs together: points from left to right. */
    public record Series(String name, Look look, List<Point> points) {
        /** Copies the points. */
        public Series {
            points = List.copyOf(points);
        }
    }

    /** A figure with its interval. */
    public record Point(double x, double low, double y, double high) {}

    /**
     * A chart without series yet.
     *
     * @param across what is on the axis to the right, with its unit
     * @param up what is on the axis upwards, with its unit
     * @param aroundOne whether the axis upwards has 1 on it, as a line
     * @param width of the picture
     * @param name how a value to the right is written
     */
    public LineChart(String across, String up, boolean aroundOne, int width, DoubleFunction<String> name) {
        this.across = across;
        this.up = up;
        this.aroundOne = aroundOne;
        this.width = width;
        this.name = name;
    }

    /** Adds a series. */
    public void add(Series series) {
        all.add(series);
    }

    /** {@return the chart for a page with {@link Svg#style()}} */
    public String inline(String what) {
        Svg svg = new Svg(width);
        svg.text(6, TOP + 2, "start", "soft", up);
        double top = TOP + 18;
        double bottom = top + HEIGHT;
        Scale heights = heights(top, bottom);
        for (double mark : heights.marks()) {
            boolean one = aroundOne && mark == 1;
            svg.line(LEFT, heights.at(mark), width - RIGHT, heights.at(mark), one ? "one" : "grid");
        }
        for (double mark : heights.labelled(MARK)) {
            svg.text(LEFT - 8, heights.at(mark) + 4, "end", "soft", Scale.text(mark));
        }
        places(svg, bottom);
        for (int i = 0; i < all.size(); i++) {
            draw(svg, heights, all.get(i), (i - (all.size() - 1) / 2.0) * BESIDE);
        }
        svg.text((LEFT + width - RIGHT) / 2.0, bottom + 36, "middle", "soft", across);
        return svg.inline(legend(svg, bottom + 58), what);
    }

    private void places(Svg svg, double bottom) {
        double last = -LABEL;
        for (double x : values()) {
            double at = place(x);
            svg.line(at, bottom, at, bottom + 4, "one");
            if (at - last >= LABEL) {
                svg.text(at, bottom + 18, "middle", "soft", name.apply(x));
                last = at;
            }
        }
    }

    private void draw(Svg svg, Scale heights, Series series, double beside) {
        Point before = null;
        for (Point point : series.points()) {
            if (Scale.takesRatios(point.y())) {
                if (before != null) {
                    svg.line(
                            place(before.x()) + beside,
                            heights.at(before.y()),
                            place(point.x()) + beside,
                            heights.at(point.y()),
                            series.look());
                }
                before = point;
            }
        }
        for (Point point : series.points()) {
            double x = place(point.x()) + beside;
            if (Scale.takesRatios(point.low()) && Scale.takesRatios(point.high())) {
                svg.line(x, heights.at(point.low()), x, heights.at(point.high()), "range");
            }
            if (Scale.takesRatios(point.y())) {
                svg.mark(x, heights.at(point.y()), series.look());
            }
        }
    }

    /** In two columns. {@return where it ends} */
    private double legend(Svg svg, double top) {
        for (int i = 0; i < all.size(); i++) {
            double x = 8 + i % 2 * (width / 2.0);
            double y = top + i / 2 * LEGEND_ROW;
            svg.line(x, y, x + 26, y, all.get(i).look());
            svg.mark(x + 13, y, all.get(i).look());
            svg.text(x + 34, y + 4, "start", "plain", all.get(i).name());
        }
        return top + (all.size() + 1) / 2 * LEGEND_ROW;
    }

    private SortedSet<Double> values() {
        SortedSet<Double> values = new TreeSet<>();
        all.forEach(series -> series.points().forEach(point -> values.add(point.x())));
        return values;
    }

    /** Evenly in ratios, with room at both ends. */
    private double place(double x) {
        double first = Math.log(values().first());
        double last = Math.log(values().last());
        double room = width - LEFT - RIGHT;
        return last == first ? LEFT + room / 2 : LEFT + room * (0.08 + 0.84 * (Math.log(x) - first) / (last - first));
    }

    private Scale heights(double top, double bottom) {
        double[] shown = all.stream()
                .flatMap(series -> series.points().stream())
                .flatMapToDouble(point -> DoubleStream.of(point.low(), point.y(), point.high()))
                .filter(Scale::takesRatios)
                .toArray();
        double least = DoubleStream.of(shown).min().orElse(1);
        double most = DoubleStream.of(shown).max().orElse(1);
        return Scale.logarithmic(
                aroundOne ? Math.min(least, 0.9) : least, aroundOne ? Math.max(most, 1.1) : most, bottom, top - bottom);
    }
}

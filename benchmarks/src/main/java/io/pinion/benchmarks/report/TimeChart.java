package io.pinion.benchmarks.report;

import io.pinion.advisor.chart.Scale;
import io.pinion.advisor.chart.Svg;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Lines over time, one a series, with parts of the time named above them, and moments marked. */
public final class TimeChart {
    private static final int WIDTH = 860;
    private static final int HEIGHT = 300;
    private static final int LEFT = 60;
    private static final int RIGHT = 20;
    private static final int TOP = 76;
    private static final int LEGEND = 110;

    private final String title;
    private final String axis;
    private final List<Line> lines = new ArrayList<>();
    private final List<Moment> parts = new ArrayList<>();
    private final List<Moment> marks = new ArrayList<>();

    /** A figure for each second. */
    private record Line(String name, List<Double> values) {}

    private record Moment(double second, String text) {}

    /** @param axis what the lines show */
    public TimeChart(String title, String axis) {
        this.title = title;
        this.axis = axis;
    }

    /** Adds a line with a value for each second. */
    public void line(String name, List<Double> values) {
        lines.add(new Line(name, List.copyOf(values)));
    }

    /** A part of the time begins. */
    public void part(double second, String text) {
        parts.add(new Moment(second, text));
    }

    /** Something happened. */
    public void mark(double second, String text) {
        marks.add(new Moment(second, text));
    }

    /** {@return the picture} */
    public String svg() {
        Svg svg = new Svg(WIDTH);
        svg.text(16, 28, "start", "title", title);
        Scale time = Scale.linear(Math.max(1, seconds()), LEFT, WIDTH - LEFT - RIGHT);
        Scale height = Scale.linear(Math.max(1, most()), TOP + HEIGHT, -HEIGHT);
        for (double mark : height.marks()) {
            svg.line(LEFT, height.at(mark), WIDTH - RIGHT, height.at(mark), "grid");
            svg.text(LEFT - 6, height.at(mark) + 4, "end", "soft", Scale.text(mark));
        }
        for (double mark : time.marks()) {
            svg.text(time.at(mark), TOP + HEIGHT + 16, "middle", "soft", Scale.text(mark));
        }
        for (Moment part : parts) {
            svg.line(time.at(part.second()), TOP - 18, time.at(part.second()), TOP + HEIGHT, "one");
            svg.text(time.at(part.second()) + 4, TOP - 8, "start", "soft", part.text());
        }
        for (int i = 0; i < lines.size(); i++) {
            svg.path(points(lines.get(i), time, height), i);
            svg.dot(LEFT + i * LEGEND + 4, 46, i);
            svg.text(LEFT + i * LEGEND + 12, 50, "start", "plain", lines.get(i).name());
        }
        for (Moment mark : marks) {
            svg.line(time.at(mark.second()), TOP, time.at(mark.second()), TOP + HEIGHT, "goal");
            svg.text(time.at(mark.second()) + 4, TOP + 12, "start", "plain", mark.text());
        }
        svg.text(
                WIDTH / 2.0,
                TOP + HEIGHT + 36,
                "middle",
                "soft",
                String.format(Locale.ROOT, "%s, over the seconds; red: a swap", axis));
        return svg.finish(TOP + HEIGHT + 50);
    }

    /** A second's value stands in its middle. */
    private static List<Double> points(Line line, Scale time, Scale height) {
        List<Double> points = new ArrayList<>();
        for (int second = 0; second < line.values().size(); second++) {
            points.add(time.at(second + 0.5));
            points.add(height.at(line.values().get(second)));
        }
        return points;
    }

    private double seconds() {
        return lines.stream().mapToInt(line -> line.values().size()).max().orElse(1);
    }

    private double most() {
        return lines.stream()
                .flatMap(line -> line.values().stream())
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(1);
    }
}

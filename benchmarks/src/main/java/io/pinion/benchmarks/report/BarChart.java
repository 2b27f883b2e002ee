package io.pinion.benchmarks.report;

import io.pinion.advisor.chart.Scale;
import io.pinion.advisor.chart.Svg;
import java.util.ArrayList;
import java.util.List;

/** Groups of horizontal bars, a series a colour, its value at its end. */
final class BarChart {
    private static final int WIDTH = 860;
    private static final int LEFT = 330;
    private static final int RIGHT = 80;
    private static final int BAR = 16;
    private static final int GAP = 3;

    private final String title;
    private final String unit;
    private final List<Group> groups = new ArrayList<>();
    private final List<String> series = new ArrayList<>();

    /** Bars that belong together. */
    record Group(String title, List<Bar> bars) {}

    /** A series' value; none is drawn where it is NaN. */
    record Bar(String series, double value) {}

    BarChart(String title, String unit) {
        this.title = title;
        this.unit = unit;
    }

    void add(Group group) {
        groups.add(group);
        group.bars().stream()
                .map(Bar::series)
                .filter(name -> !series.contains(name))
                .forEach(series::add);
    }

    String svg() {
        Svg svg = new Svg(WIDTH);
        svg.text(16, 28, "start", "title", title);
        double most = groups.stream()
                .flatMap(group -> group.bars().stream())
                .mapToDouble(Bar::value)
                .filter(value -> !Double.isNaN(value))
                .max()
                .orElse(1);
        Scale scale = Scale.linear(most, LEFT, WIDTH - LEFT - RIGHT);
        double top = 48;
        double bottom = top;
        for (Group group : groups) {
            bottom += 24 + group.bars().size() * (BAR + GAP) + 8;
        }
        for (double mark : scale.marks()) {
            svg.line(scale.at(mark), top, scale.at(mark), bottom, "grid");
            svg.text(scale.at(mark), bottom + 16, "middle", "soft", Scale.text(mark));
        }
        double y = top;
        for (Group group : groups) {
            svg.text(16, y + 16, "start", "group", group.title());
            y += 24;
            for (Bar bar : group.bars()) {
                svg.text(LEFT - 8, y + BAR - 4, "end", "plain", bar.series());
                if (!Double.isNaN(bar.value())) {
                    svg.bar(LEFT, y, scale.at(bar.value()) - LEFT, BAR, series.indexOf(bar.series()));
                    svg.text(scale.at(bar.value()) + 5, y + BAR - 4, "start", "plain", Scale.text(bar.value()));
                }
                y += BAR + GAP;
            }
            y += 8;
        }
        svg.text(LEFT + (WIDTH - LEFT - RIGHT) / 2.0, bottom + 36, "middle", "soft", unit);
        return svg.finish(bottom + 50);
    }
}

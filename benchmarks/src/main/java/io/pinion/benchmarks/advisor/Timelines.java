package io.pinion.benchmarks.advisor;

import io.pinion.benchmarks.report.TimeChart;
import java.util.List;
import java.util.Map;

/** Pictures of what was done in each second. */
final class Timelines {
    private static final double MB = 1e6;

    private Timelines() {}

    /** {@return auto's phases beside the fixed choices'} */
    static String phases(Map<String, Timeline> choices) {
        TimeChart chart = new TimeChart("strategy=auto on a load that changes phase", "MB/s");
        choices.forEach((choice, timeline) -> line(chart, choice, timeline));
        moments(chart, choices.get(AutoResult.AUTO));
        return chart.svg();
    }

    /** {@return what auto did with a load that does not change} */
    static String unchanging(Timeline timeline) {
        TimeChart chart = new TimeChart("strategy=auto on a load that does not change", "MB/s");
        line(chart, AutoResult.AUTO, timeline);
        moments(chart, timeline);
        return chart.svg();
    }

    private static void line(TimeChart chart, String name, Timeline timeline) {
        List<Double> rates = timeline.bytes().stream().map(bytes -> bytes / MB).toList();
        chart.line(name, rates);
    }

    private static void moments(TimeChart chart, Timeline timeline) {
        for (int phase = 0; phase < timeline.phases().size(); phase++) {
            chart.part(
                    timeline.begin(phase), timeline.phases().get(phase).kind().word());
        }
        timeline.swaps().forEach(swap -> chart.mark(swap.seconds(), "to " + swap.to()));
    }
}

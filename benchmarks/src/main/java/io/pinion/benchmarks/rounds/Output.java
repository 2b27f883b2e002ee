package io.pinion.benchmarks.rounds;

import io.pinion.benchmarks.sample.OneSample;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a sample printed: figures as name=N, and notes. */
record Output(Map<String, Double> figures, List<String> notes) {
    private static final Pattern FIGURE = Pattern.compile("\\b([a-z0-9]+)=(\\d+)\\b");

    static Output of(String printed) {
        Map<String, Double> figures = new HashMap<>();
        for (String line : printed.lines().toList()) {
            Matcher matcher = FIGURE.matcher(line);
            while (!line.startsWith(OneSample.NOTE) && matcher.find()) {
                figures.put(matcher.group(1), Double.valueOf(matcher.group(2)));
            }
        }
        return new Output(
                figures,
                printed.lines()
                        .filter(line -> line.startsWith(OneSample.NOTE))
                        .map(line -> line.substring(OneSample.NOTE.length()))
                        .toList());
    }

    double figure(String name) {
        return figures.getOrDefault(name, Double.NaN);
    }

    Sample sample() throws IOException {
        double operations = figure("operations");
        if (!(operations > 0)) {
            throw new IOException("it printed no operations");
        }
        return new Sample(
                operations / figure("nanos") * 1e9,
                figure("cpu") / operations,
                figure("thread") / operations,
                figure("allocated") / operations,
                figure("p50"),
                figure("p99"),
                figure("p999"),
                load());
    }

    static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }
}

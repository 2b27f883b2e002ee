package io.pinion.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the Prometheus text format and complains about what a strict reader would: a sample without a family or outside of
 * it, no help, a name against the conventions, a sample twice, labels that differ within a family, buckets that fall.
 */
final class ExpositionText {
    private static final Pattern SAMPLE = Pattern.compile("([a-z_][a-z0-9_]*)(?:\\{(.*)})? (\\S+)");
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"((?:[^\"\\\\]|\\\\.)*)\"(?:,|$)");
    private static final Set<String> TYPES = Set.of("counter", "gauge", "histogram");

    private final Map<String, String> types = new LinkedHashMap<>();
    private final Map<String, String> helps = new HashMap<>();
    private final Map<String, Set<String>> labelNames = new HashMap<>();
    private final Map<String, Double> samples = new LinkedHashMap<>();
    private String family = "";

    ExpositionText(String text) {
        assertThat(text).endsWith("\n");
        text.lines().forEach(this::line);
        types.forEach(this::checkFamily);
        checkHistograms();
    }

    private void line(String line) {
        String[] words = line.split(" ", 4);
        if (line.startsWith("# HELP ")) {
            assertThat(helps.put(words[2], words[3]))
                    .as("a second family %s", words[2])
                    .isNull();
        } else if (line.startsWith("# TYPE ")) {
            assertThat(types.put(words[2], words[3]))
                    .as("a second family %s", words[2])
                    .isNull();
            family = words[2];
        } else {
            sample(line);
        }
    }

    private void sample(String line) {
        Matcher form = SAMPLE.matcher(line);
        assertThat(form.matches()).as(line).isTrue();
        String name = form.group(1);
        String base = types.get(family).equals("histogram") ? name.replaceFirst("_(bucket|count|sum)$", "") : name;
        assertThat(base).as("%s is within its family", line).isEqualTo(family);
        Map<String, String> labels = labels(form.group(2));
        Set<String> names = new HashSet<>(labels.keySet());
        names.remove("le");
        assertThat(labelNames.computeIfAbsent(family, f -> names)).as(line).isEqualTo(names);
        double value = form.group(3).equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(form.group(3));
        assertThat(samples.put(name + labels, value)).as("twice: %s", line).isNull();
    }

    private static Map<String, String> labels(String text) {
        Map<String, String> labels = new TreeMap<>();
        if (text != null) {
            Matcher label = LABEL.matcher(text);
            int end = 0;
            for (; label.find(end) && label.start() == end; end = label.end()) {
                assertThat(labels.put(label.group(1), label.group(2))).isNull();
            }
            assertThat(end).as(text).isEqualTo(text.length());
        }
        return labels;
    }

    private void checkFamily(String name, String type) {
        assertThat(TYPES).contains(type);
        assertThat(name).startsWith("pinion_").matches("[a-z][a-z_]*");
        assertThat(name.endsWith("_total")).as(name).isEqualTo(type.equals("counter"));
        assertThat(helps.get(name)).as(name).endsWith(".");
        assertThat(name).doesNotContain("milli", "nano", "kilo", "mega");
        if (!type.equals("gauge")) {
            samples.forEach((sample, value) -> {
                if (sample.startsWith(name)) {
                    assertThat(value).as(sample).isGreaterThanOrEqualTo(0);
                }
            });
        }
    }

    private void checkHistograms() {
        Map<String, List<Double>> buckets = new LinkedHashMap<>();
        samples.forEach((sample, value) -> {
            if (sample.contains("_bucket{")) {
                buckets.computeIfAbsent(sample.replaceAll("le=[^,}]*", "le"), s -> new ArrayList<>())
                        .add(value);
            }
        });
        buckets.forEach((name, counts) -> {
            assertThat(counts).as(name).isSorted();
            String count = name.replace("_bucket{", "_count{").replace("le, ", "");
            assertThat(samples.get(count)).as(count).isEqualTo(counts.get(counts.size() - 1));
        });
    }

    /** {@return the value of a sample, by its name and labels in the order of their names} */
    double value(String name, String... labelsAndValues) {
        Map<String, String> labels = new TreeMap<>();
        for (int i = 0; i < labelsAndValues.length; i += 2) {
            labels.put(labelsAndValues[i], labelsAndValues[i + 1]);
        }
        assertThat(samples).containsKey(name + labels);
        return samples.get(name + labels);
    }

    Map<String, Double> samples() {
        return samples;
    }

    Map<String, String> types() {
        return types;
    }
}

package io.pinion.benchmarks.report;

import io.pinion.advisor.report.Json;
import io.pinion.benchmarks.plan.Figure;
import io.pinion.benchmarks.plan.Shape;
import io.pinion.benchmarks.plan.Workload;
import io.pinion.benchmarks.rounds.Measured;
import io.pinion.benchmarks.rounds.Sample;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Everything that was measured, every sample, for programs. Times are nanoseconds, rates operations a second. */
final class JsonReport {
    private JsonReport() {}

    static String of(Results results) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("environment", results.environment());
        all.put("rounds", results.outcome().rounds());
        all.put("warmUpSeconds", results.span().warmUp());
        all.put("measuredSeconds", results.span().measured());
        all.put("quick", results.quick());
        all.put(
                "goals",
                Verdict.all(results.outcome()).stream().map(JsonReport::verdict).toList());
        all.put(
                "workloads",
                results.outcome().workloads().stream().map(JsonReport::workload).toList());
        Map<String, Object> firstUse = new LinkedHashMap<>();
        firstUse.put("firstNanos", results.outcome().firstUse().first());
        firstUse.put("secondNanos", results.outcome().firstUse().second());
        firstUse.put("inCNanos", results.outcome().firstUse().inC());
        firstUse.put("notes", results.outcome().firstUse().notes());
        all.put("firstUseOf256MiB", firstUse);
        all.put("more", results.more());
        return Json.of(all);
    }

    private static Map<String, Object> verdict(Verdict verdict) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("what", verdict.what());
        map.put("against", verdict.against());
        map.put("goal", verdict.goal());
        map.put("measured", verdict.measured());
        map.put("noise", verdict.noise());
        map.put("outcome", verdict.outcome().word());
        return map;
    }

    private static Map<String, Object> workload(Measured measured) {
        Workload workload = measured.workload();
        Shape shape = workload.shape();
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", workload.name());
        map.put("title", workload.title());
        map.put("medium", workload.medium().word());
        map.put("kind", shape.kind().word());
        map.put("pattern", shape.pattern().word());
        map.put("blockBytes", shape.block());
        map.put("depth", shape.depth());
        map.put("batch", shape.batch());
        map.put("timedEvery", shape.timedEvery());
        Map<String, Object> ways = new LinkedHashMap<>();
        for (String title : measured.titles()) {
            ways.put(title, way(new Comparison(measured), title));
        }
        map.put("ways", ways);
        map.put("missing", measured.missing());
        map.put("notes", measured.notes());
        return map;
    }

    private static Map<String, Object> way(Comparison comparison, String title) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (Figure figure : Figure.values()) {
            comparison
                    .ratio(figure, title)
                    .ifPresent(ratio -> map.put(
                            "pinionTo" + (figure == Figure.RATE ? "Rate" : "Cpu"),
                            List.of(ratio.median(), ratio.low(), ratio.high())));
        }
        map.put(
                "samples",
                comparison.measured().samples(title).stream()
                        .map(JsonReport::sample)
                        .toList());
        return map;
    }

    private static Map<String, Object> sample(Sample sample) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("rate", sample.rate());
        map.put("cpu", sample.cpu());
        map.put("threadCpu", sample.thread());
        map.put("allocatedBytes", sample.allocated());
        map.put("p50", sample.p50());
        map.put("p99", sample.p99());
        map.put("p999", sample.p999());
        map.put("loadAverage", sample.load());
        return map;
    }
}

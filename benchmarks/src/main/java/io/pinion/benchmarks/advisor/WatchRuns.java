package io.pinion.benchmarks.advisor;

import io.pinion.benchmarks.report.Ratio;
import io.pinion.benchmarks.rounds.Command;
import io.pinion.benchmarks.rounds.Progress;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs the virtual machines that tell what watching costs. For one thread. */
final class WatchRuns {
    private static final List<String> VOLUMES = List.of(OneWatch.PLAIN, OneWatch.WATCHED, OneWatch.AGAIN);

    private final Grounds grounds;
    private final Plan plan;
    private final Progress progress;

    WatchRuns(Grounds grounds, Plan plan, Progress progress) {
        this.grounds = grounds;
        this.plan = plan;
        this.progress = progress;
    }

    /** {@return how many there are} */
    static int count(Plan plan) {
        return plan.processes() * (plan.before() == null ? 1 : 3);
    }

    /** {@return what came of it} */
    WatchResult run() throws InterruptedException {
        Map<String, List<Double>> rates = new LinkedHashMap<>();
        List<Double> present = new ArrayList<>();
        List<Double> before = new ArrayList<>();
        try {
            List<Path> files = new ArrayList<>();
            for (String volume : VOLUMES) {
                files.add(grounds.small(volume));
            }
            for (int process = 0; process < plan.processes(); process++) {
                progress.next("watching");
                one(path(), VOLUMES, files)
                        .forEach((volume, figures) -> rates.computeIfAbsent(volume, any -> new ArrayList<>())
                                .addAll(figures));
                if (plan.before() != null) {
                    present.add(alone(path(), files));
                    before.add(alone(older(), files));
                }
            }
            return new WatchResult("", rates, present, before);
        } catch (IOException e) {
            return new WatchResult(e.getMessage(), Map.of(), List.of(), List.of());
        }
    }

    private double alone(String classPath, List<Path> files) throws IOException, InterruptedException {
        progress.next(classPath.equals(path()) ? "nobody watches" : "nobody watches, older build");
        Map<String, List<Double>> rates = one(classPath, VOLUMES.subList(0, 1), files);
        return Ratio.median(rates.get(OneWatch.PLAIN).stream()
                .mapToDouble(Double::doubleValue)
                .toArray());
    }

    private Map<String, List<Double>> one(String classPath, List<String> volumes, List<Path> files)
            throws IOException, InterruptedException {
        return WatchResult.parse(Command.run(
                Command.java(OneWatch.class, classPath, List.of(), OneWatch.arguments(plan.turns(), volumes, files))));
    }

    private static String path() {
        return System.getProperty("java.class.path");
    }

    /** The benchmark's own classes, by the older build's libraries. */
    private String older() {
        return path().split(File.pathSeparator)[0]
                + File.pathSeparator
                + plan.before().resolve("*");
    }
}

package io.pinion.benchmarks.advisor;

import io.pinion.benchmarks.report.Ratio;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What watching costs: operations a second of each volume, round by round, and of virtual machines of older builds.
 *
 * @param missing why it was left out; empty when it was not
 * @param rates of each volume, in all rounds
 * @param present of a volume that nobody watches, the median of a virtual machine each
 * @param before the same of an older build; empty where none is there
 */
record WatchResult(String missing, Map<String, List<Double>> rates, List<Double> present, List<Double> before) {
    /** Watching is to leave so much. */
    static final double GOAL = 0.99;
    /** More noise than this hides what is to be told. */
    private static final double LOUD = 0.03;

    /** {@return what a virtual machine printed: a volume's name, a tab, a figure} */
    static Map<String, List<Double>> parse(String printed) {
        Map<String, List<Double>> rates = new LinkedHashMap<>();
        for (String line : printed.lines().toList()) {
            String[] parts = line.split("\t");
            if (parts.length == 2) {
                rates.computeIfAbsent(parts[0], any -> new ArrayList<>()).add(Double.valueOf(parts[1]));
            }
        }
        return rates;
    }

    /** {@return the watched volume's speed beside the plain one's} */
    Ratio watched() {
        return ratio(rates.get(OneWatch.WATCHED), rates.get(OneWatch.PLAIN));
    }

    /** {@return by how much volumes differ that are the same} */
    Ratio noise() {
        return ratio(rates.get(OneWatch.AGAIN), rates.get(OneWatch.PLAIN));
    }

    /** {@return the speed of a volume that nobody watches beside that of an older build} */
    Ratio sinceBefore() {
        return ratio(present, before);
    }

    /** {@return whether the goal was met: the interval reaches it, and the median is short of it by no more than the noise} */
    String outcome() {
        if (noise().noise() > LOUD) {
            return "**unclear**";
        }
        return watched().meets(GOAL, true, noise().noise()) ? "met" : "**missed**";
    }

    private static Ratio ratio(List<Double> values, List<Double> base) {
        return Ratio.of(IntStream.range(0, Math.min(values.size(), base.size()))
                .mapToObj(round -> values.get(round) / base.get(round))
                .toList());
    }
}

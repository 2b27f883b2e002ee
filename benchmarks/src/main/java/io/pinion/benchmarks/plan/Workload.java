package io.pinion.benchmarks.plan;

import java.util.List;

/**
 * One comparison.
 *
 * @param name short, for progress, file names and JSON
 * @param title for people
 * @param medium what the bytes are on
 * @param shape what every way does
 * @param own Pinion's way, which is measured twice a round: the A/A pair
 * @param peers what it is compared with
 * @param goals what it is to reach
 */
public record Workload(
        String name, String title, Medium medium, Shape shape, Way own, List<Way> peers, List<Goal> goals) {
    /** What the second of the A/A pair is called. */
    public static final String AGAIN = "Pinion again";
}

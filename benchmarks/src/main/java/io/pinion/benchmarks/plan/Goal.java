package io.pinion.benchmarks.plan;

/**
 * What Pinion is to reach: the ratio of its figure to a peer's, at least where more is better, else at most.
 *
 * @param figure that is compared
 * @param against the peer
 * @param ratio to reach
 */
public record Goal(Figure figure, Way against, double ratio) {}

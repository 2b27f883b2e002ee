package io.pinion.volume;

import io.pinion.strategy.Examination;

/**
 * A strategy held against a target.
 *
 * @param strategy its name
 * @param examination what it found
 */
public record StrategyChoice(String strategy, Examination examination) {}

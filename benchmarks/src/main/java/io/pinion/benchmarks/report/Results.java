package io.pinion.benchmarks.report;

import io.pinion.benchmarks.plan.Span;
import io.pinion.benchmarks.rounds.Rounds;
import java.util.List;
import java.util.Map;

/**
 * All that a report tells.
 *
 * @param environment where it was measured, by name
 * @param span of each sample
 * @param quick whether samples were too few and short for a verdict
 * @param outcome of the rounds
 * @param more sections of Markdown that were measured otherwise
 */
public record Results(
        Map<String, String> environment, Span span, boolean quick, Rounds.Outcome outcome, List<String> more) {}

package io.pinion.benchmarks.advisor;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that the report tells.
 *
 * @param environment where it was measured, by name
 * @param plan how much was
 * @param rigs what came of each
 * @param auto what strategy=auto did; empty when it was not asked for
 * @param watching what watching costs; empty when it was not asked for
 */
record AdvisorResults(
        Map<String, String> environment,
        Plan plan,
        List<RigResult> rigs,
        Optional<AutoResult> auto,
        Optional<WatchResult> watching) {}

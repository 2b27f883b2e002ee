package io.pinion.benchmarks.advisor;

import java.util.Optional;

/**
 * What came of a rig.
 *
 * @param rig which
 * @param missing why it was left out; empty when it was not
 * @param advised what the advisor said; empty when it was left out
 * @param ranking what fio said; without a round where there is no fio
 */
record RigResult(Rig rig, String missing, Optional<Advised> advised, FioRanking ranking) {
    static RigResult missing(Rig rig, String why) {
        return new RigResult(rig, why, Optional.empty(), FioRanking.empty());
    }

    /** {@return whether the verdict is one of those expected, and has its reason} False where there is none. */
    boolean isAsExpected() {
        return advised.filter(said -> rig.expected().contains(said.verdict()))
                .filter(said -> said.says(rig.reason()))
                .isPresent();
    }

    /** {@return whether fio says the same} */
    Agreement agreement() {
        return advised.filter(said -> !ranking.rounds().isEmpty())
                .map(said -> Agreement.of(said.verdict(), ranking.places()))
                .orElse(Agreement.UNTOLD);
    }
}

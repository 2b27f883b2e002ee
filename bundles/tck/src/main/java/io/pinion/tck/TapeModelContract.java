package io.pinion.tck;

import io.pinion.strategy.Capability;
import org.junit.jupiter.api.Test;

/** Random operations agree with a model in memory: outcome, count, position and content, after every one of them. */
interface TapeModelContract extends TapeContract {
    /** How many seeds a test goes through, where none is asked for. */
    int SEEDS = 24;

    /** Channels that succeed each other, on one tape that is started over with each seed. */
    @Test
    default void randomOperationsAgreeWithTheModel() throws Exception {
        boolean erasable = trial().can(Capability.ERASE);
        CheckedTape tape = trial().tape();
        int steps = RandomOperations.steps(300);
        long[] seeds = RandomTapeOperations.seeds(SEEDS);
        for (long seed : seeds) {
            new RandomTapeOperations(tape, trial().traits(), erasable, seed).run(steps);
        }
        tape.tell(trial().under().name(), seeds.length);
    }

    /** The same where the tape ends: what is written is warned of, or refused. */
    @Test
    default void randomOperationsAtTheEndOfTheTapeAgreeWithTheModel() throws Exception {
        CheckedTape tape = trial().endingTape();
        TapeEndContract.fill(tape, trial().traits());
        int place = Math.max(0, tape.model().end() - 40);
        int steps = RandomOperations.steps(100);
        long[] seeds = RandomTapeOperations.seeds(SEEDS);
        for (long seed : seeds) {
            new RandomTapeOperations(tape, trial().traits(), false, seed).runAtTheEnd(place, steps);
        }
        tape.tell(trial().under().name(), seeds.length);
    }
}

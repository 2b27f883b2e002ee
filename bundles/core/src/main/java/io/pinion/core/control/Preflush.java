package io.pinion.core.control;

import io.pinion.core.volume.BoundedCalls;
import io.pinion.core.volume.Tenure;
import io.pinion.strategy.Claim;
import io.pinion.strategy.StorageException;
import java.util.Optional;

/**
 * Step 3 of a swap: writes dirty data out while the old channel goes on serving, again and again, so that little is left
 * for the flush behind the closed gate. When writers make it dirty faster than that gets shorter, they are slowed.
 */
final class Preflush {
    private static final int ROUNDS = 8;
    private static final int SLOWED_ROUNDS = 2;

    private final Actual actual;
    private final BoundedCalls calls;
    private final Attempt attempt;

    Preflush(Actual actual, BoundedCalls calls, Attempt attempt) {
        this.actual = actual;
        this.calls = calls;
        this.attempt = attempt;
    }

    void run(Tenure serving) throws StorageException {
        if (!actual.configuration.access().canWrite()) {
            return;
        }
        long target = actual.configuration.pauseTarget().toNanos();
        long before = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long took = flush(serving);
            if (took <= target) {
                return;
            }
            if (took >= before) {
                break;
            }
            before = took;
        }
        slowed(serving, target);
    }

    private void slowed(Tenure serving, long target) throws StorageException {
        attempt.writersSlowed = true;
        actual.gate.slowWriters();
        try {
            for (int round = 0; round < SLOWED_ROUNDS; round++) {
                if (flush(serving) <= target) {
                    return;
                }
            }
        } catch (StorageException e) {
            actual.gate.restoreWriters();
            throw e;
        }
    }

    private long flush(Tenure serving) throws StorageException {
        long start = System.nanoTime();
        Optional<Claim> claim = actual.holding.claim().filter(c -> !c.isExclusive());
        BoundedCalls.Action action = claim.isPresent()
                ? () -> claim.get().flush()
                : () -> actual.gate.ledger().flush(serving);
        Swap.flush(actual, calls, serving, action);
        long took = System.nanoTime() - start;
        attempt.preflushNanos.add(took);
        return took;
    }
}

package io.pinion.core.control;

import io.pinion.core.volume.Tenure;
import io.pinion.strategy.Claim;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Lets go of a volume's channel and claim, so that both are taken anew. After a failed flush the kernel keeps what was lost
 * as clean pages, and a new descriptor knows of no error: so before the loss counts as accepted the pages are dropped, and
 * what is read afterwards is what the device holds. So it is for the image of a tape, of which nobody has to accept a loss.
 * What was on a device that is gone went with it.
 */
final class Reopening {
    private static final long DROP_NANOS = TimeUnit.MINUTES.toNanos(2);

    private final Actual actual;
    private final Surroundings around;
    private final boolean acceptLoss;

    Reopening(Actual actual, Surroundings around, boolean acceptLoss) {
        this.actual = actual;
        this.around = around;
        this.acceptLoss = acceptLoss;
    }

    void run() throws StorageException {
        StorageException lost = actual.lostData;
        refuseUnlessAccepted(lost);
        Tenure old = actual.tenure;
        actual.waitFor("it is being reopened");
        boolean quiet = actual.volume
                .queues()
                .awaitQuiet(actual.configuration.drainTimeout().toNanos());
        if (!quiet || old != null && !Retirement.end(actual, around, old)) {
            StorageException stillInFlight = stillInFlight();
            if (old != null) {
                actual.serve(old);
            }
            throw stillInFlight;
        }
        Optional<Claim> claim =
                Optional.ofNullable(actual.holding).flatMap(Holding::claim).filter(c -> !c.isExclusive());
        // Of a drive it is until somebody has repositioned the tape; what he reads then is to be what the medium holds,
        // too.
        boolean stale = lost != null || actual.volume.failures().hasLost();
        if (stale && claim.isPresent() && !isGone(actual.holding)) {
            dropWhatWasLost(claim.get());
        }
        StorageException meanwhile = actual.lostData;
        if (lost == null && meanwhile != null) {
            throw meanwhile;
        }
        // The last flush may have found the device gone: then nobody has accepted what it did not flush.
        refuseUnlessAccepted(lost);
        actual.release(around);
        if (lost != null) {
            actual.gate.ledger().writeOff();
        }
        actual.forgive(lost);
        actual.waitFor("it is being reopened");
    }

    private StorageException stillInFlight() {
        String others = String.join("; ", actual.volume.othersInFlight());
        return StorageException.of(
                        Kind.TIMEOUT,
                        "reopen",
                        actual.gate.inFlight() + " operations are still in flight after drain.timeout"
                                + (others.isEmpty() ? "" : ": " + others))
                .build();
    }

    private static boolean isGone(Holding held) {
        return held.device()
                .look()
                .filter(trouble -> trouble.kind() == Kind.REMOVED)
                .isPresent();
    }

    private void refuseUnlessAccepted(StorageException lost) throws StorageException {
        if (acceptLoss) {
            return;
        }
        String accept = "; to go on with what the device holds, reopen with --accept-loss";
        if (lost != null) {
            throw StorageException.of(
                            lost.kind(), "reopen", actual.volume + " has failed: " + lost.getMessage() + accept)
                    .cause(lost)
                    .build();
        }
        Removal removal = actual.removal;
        long unflushed = actual.gate.ledger().unflushed();
        if (removal != null && unflushed > 0) {
            throw Return.unflushed("reopen", removal, unflushed, accept);
        }
    }

    private void dropWhatWasLost(Claim claim) throws StorageException {
        try {
            around.calls().run("flush", DROP_NANOS, claim::flush);
        } catch (StorageException e) {
            // The loss is known and accepted; this only leaves fewer pages dirty, so that they can be dropped.
            actual.reason = e.getMessage();
        }
        around.calls().run("dropCache", DROP_NANOS, claim::dropCache);
    }
}

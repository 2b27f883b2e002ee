package io.pinion.core.control;

import io.pinion.core.volume.BoundedCalls;
import io.pinion.strategy.Claim;
import io.pinion.strategy.ClaimRequest;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.Target;
import io.pinion.strategy.TargetGuard;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the volumes of this process hold. The register is core's, so that it outlives any guard; the claims are the
 * guard's. Safe for any thread; the guard is called without a lock.
 */
final class Claims {
    private static final Logger LOG = LoggerFactory.getLogger(Claims.class);

    private final BoundedCalls calls;
    private final List<Holding> holdings = new ArrayList<>();

    Claims(BoundedCalls calls) {
        this.calls = calls;
    }

    /**
     * Claims what holds the target's bytes.
     *
     * @param beneath the file or device: the target itself, or what its strategy says is beneath it
     * @throws StorageException {@code IN_USE} when another volume, or another process, has it; and as the guard
     */
    Holding claim(String holder, Target target, Target beneath, ClaimRequest request, TargetGuard guard)
            throws StorageException {
        refuseIfHeld(holder, target, guard.inspect(beneath).identity(), request);
        Claim claim = guard.claim(beneath, request);
        if (claim.isForced()) {
            LOG.warn("{}: {}", holder, String.join(" ", claim.notes()));
        }
        try {
            return register(Holding.of(holder, target.claimedBy(claim), claim, calls));
        } catch (StorageException | RuntimeException e) {
            claim.close();
            throw e;
        }
    }

    /** Notes a target with nothing beneath that could be claimed: two volumes of one process do not share it. */
    Holding note(String holder, Target target, String identity, ClaimRequest request) throws StorageException {
        return register(Holding.unclaimed(holder, target, identity, request.access()));
    }

    private void refuseIfHeld(String holder, Target target, String identity, ClaimRequest request)
            throws StorageException {
        if (!identity.isEmpty()) {
            refuse(Holding.unclaimed(holder, target, identity, request.access()));
        }
    }

    private synchronized Holding register(Holding wanted) throws StorageException {
        refuse(wanted);
        holdings.add(wanted);
        return wanted;
    }

    private synchronized void refuse(Holding wanted) throws StorageException {
        Optional<Holding> other =
                holdings.stream().filter(held -> held.collidesWith(wanted)).findFirst();
        if (other.isPresent()) {
            throw StorageException.of(
                            Kind.IN_USE,
                            "claim",
                            other.get().holder() + " holds the same bytes ("
                                    + other.get().identity()
                                    + ") as target=" + other.get().target()
                                    + "; two volumes may share a target only with access=read-only")
                    .target(wanted.target())
                    .build();
        }
    }

    /** {@return what a volume holds on the target's bytes, by this name or another} */
    synchronized Optional<Holding> find(Target target, String identity) {
        return holdings.stream()
                .filter(held -> held.target().equals(target) || held.identity().equals(identity))
                .findFirst();
    }

    /** Gives it back. */
    void release(Holding held) {
        synchronized (this) {
            holdings.remove(held);
        }
        held.claim().ifPresent(Claim::close);
    }
}

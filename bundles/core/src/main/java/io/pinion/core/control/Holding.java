package io.pinion.core.control;

import io.pinion.core.volume.BoundedCalls;
import io.pinion.core.volume.DeviceWatch;
import io.pinion.strategy.Access;
import io.pinion.strategy.Claim;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.Target;
import java.util.Optional;
import java.util.Set;

/**
 * What a volume holds: its target, claimed where there is something to claim.
 *
 * @param holder who holds it, for messages
 * @param target with its claim
 * @param identity of the claim; of the target's name where nothing can be claimed
 * @param overlaps the identities that it collides with
 * @param access what it allows
 * @param lastingIdentity by which the device is known again when it was pulled out and is back; may be empty
 * @param device what watches it
 */
record Holding(
        String holder,
        Target target,
        String identity,
        Set<String> overlaps,
        Access access,
        String lastingIdentity,
        DeviceWatch device) {
    /** @throws StorageException {@code TIMEOUT} when the claim does not tell in time what is there */
    static Holding of(String holder, Target claimed, Claim claim, BoundedCalls calls) throws StorageException {
        return new Holding(
                holder,
                claimed,
                claim.identity(),
                Set.copyOf(claim.overlaps()),
                claim.access(),
                claim.lastingIdentity(),
                DeviceWatch.of(claimed, claim, calls));
    }

    static Holding unclaimed(String holder, Target target, String identity, Access access) {
        return new Holding(holder, target, identity, Set.of(identity), access, "", DeviceWatch.NONE);
    }

    boolean collidesWith(Holding other) {
        boolean overlap = overlaps.contains(other.identity) || other.overlaps.contains(identity);
        return overlap && (access.canWrite() || other.access.canWrite());
    }

    Optional<Claim> claim() {
        return target.claim();
    }

    /** {@return whether there is one descriptor of it, by which all is done} */
    boolean isExclusive() {
        return claim().map(Claim::isExclusive).orElse(false);
    }

    boolean isForced() {
        return claim().map(Claim::isForced).orElse(false);
    }

    boolean isCreated() {
        return claim().map(Claim::isCreated).orElse(false);
    }
}

package io.pinion.advisor.measure;

import io.pinion.strategy.Claim;
import io.pinion.strategy.ClaimRequest;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.Target;
import io.pinion.strategy.TargetGuard;
import io.pinion.strategy.TargetInspection;
import java.util.Optional;

/**
 * The guard of the Pinion that measures: it claims beside others, of whom it wants nothing but to read what they do, and keeps the
 * claim that was made last, by which pages are dropped and counted. Any thread.
 */
final class KeepingGuard implements TargetGuard {
    private final TargetGuard guard;
    private volatile Claim kept;

    KeepingGuard(TargetGuard guard) {
        this.guard = guard;
    }

    @Override
    public TargetInspection inspect(Target target) throws StorageException {
        return guard.inspect(target);
    }

    @Override
    public Claim claim(Target target, ClaimRequest request) throws StorageException {
        Claim claim = guard.claim(target, request.access().canWrite() ? request : request.beside());
        kept = claim;
        return claim;
    }

    /** {@return the claim that was made last, which core closes; empty before the first} */
    Optional<Claim> kept() {
        return Optional.ofNullable(kept);
    }
}

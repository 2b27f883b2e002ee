package io.pinion.tck;

import io.pinion.strategy.Access;
import io.pinion.strategy.Claim;
import io.pinion.strategy.ClaimRequest;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.Target;
import io.pinion.strategy.TargetGuard;
import io.pinion.strategy.TargetInspection;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A guard that does what another one does, except where a {@link Fault} is injected. The swap flushes through the claim:
 * a write-back error there is {@code inject(Call.CLAIM_FLUSH, Fault.failsWriteBack())}. Safe for any thread.
 */
public final class FaultyGuard implements TargetGuard {
    private final TargetGuard guard;
    private final Faults faults = new Faults();

    private FaultyGuard(TargetGuard guard) {
        this.guard = Objects.requireNonNull(guard);
    }

    /** {@return a guard that does what this one does} */
    public static FaultyGuard around(TargetGuard guard) {
        return new FaultyGuard(guard);
    }

    /** {@return the fault, which strikes from now on, claims that are made already, too} */
    public Fault inject(Call call, Fault fault) {
        faults.inject(call, fault);
        return fault;
    }

    /** Removes all faults, and releases what they hold up. */
    public void clear() {
        faults.clear();
    }

    @Override
    public TargetInspection inspect(Target target) throws StorageException {
        faults.strike(Call.INSPECT, "inspect");
        return guard.inspect(target);
    }

    @Override
    public Claim claim(Target target, ClaimRequest request) throws StorageException {
        faults.strike(Call.CLAIM, "claim");
        return new FaultyClaim(guard.claim(target, request), faults);
    }

    private record FaultyClaim(Claim claim, Faults faults) implements Claim {
        @Override
        public String identity() {
            return claim.identity();
        }

        @Override
        public Set<String> overlaps() {
            return claim.overlaps();
        }

        @Override
        public boolean isCreated() {
            return claim.isCreated();
        }

        @Override
        public boolean isExclusive() {
            return claim.isExclusive();
        }

        @Override
        public Access access() {
            return claim.access();
        }

        @Override
        public boolean isForced() {
            return claim.isForced();
        }

        @Override
        public List<String> notes() {
            return claim.notes();
        }

        @Override
        public Path path() {
            return claim.path();
        }

        @Override
        public OptionalInt descriptor() {
            return claim.descriptor();
        }

        @Override
        public void flush() throws StorageException {
            faults.strike(Call.CLAIM_FLUSH, "flush");
            claim.flush();
        }

        @Override
        public void dropCache() throws StorageException {
            faults.strike(Call.DROP_CACHE, "dropCache");
            claim.dropCache();
        }

        @Override
        public <T> Optional<T> adapt(Class<T> extra) {
            return claim.adapt(extra);
        }

        @Override
        public Optional<String> lacks(Class<?> extra) {
            return claim.lacks(extra);
        }

        @Override
        public void close() {
            claim.close();
        }
    }
}

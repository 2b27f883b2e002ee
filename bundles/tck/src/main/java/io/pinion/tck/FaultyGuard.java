package io.pinion.tck;

import io.pinion.strategy.Access;
import io.pinion.strategy.Claim;
import io.pinion.strategy.ClaimRequest;
import io.pinion.strategy.Presence;
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
    /** Null while targets are taken for what they are. */
    private volatile FaultyDevice device;

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

    /**
     * Takes whatever it claims from now on for a device, be it a file.
     *
     * @param lastingIdentity by which the device is known again; empty when it has nothing of the sort
     * @param size in bytes, as claims tell it
     * @return the device
     */
    public FaultyDevice asDevice(String lastingIdentity, long size) {
        FaultyDevice taken = new FaultyDevice(lastingIdentity, size);
        device = taken;
        return taken;
    }

    @Override
    public TargetInspection inspect(Target target) throws StorageException {
        faults.strike(Call.INSPECT, "inspect");
        TargetInspection found = guard.inspect(target);
        FaultyDevice taken = device;
        return taken == null ? found : taken.seen(found);
    }

    @Override
    public Claim claim(Target target, ClaimRequest request) throws StorageException {
        faults.strike(Call.CLAIM, "claim");
        FaultyDevice taken = device;
        if (taken == null) {
            return new FaultyClaim(guard.claim(target, request), faults);
        }
        taken.requireAttached(target);
        return new DeviceClaim(guard.claim(target, request), faults, taken);
    }

    /** A claim that says of its target what the device does. */
    private static final class DeviceClaim extends FaultyClaim {
        private final FaultyDevice device;
        private final int attachment;
        private final String lastingIdentity;

        DeviceClaim(Claim claim, Faults faults, FaultyDevice device) {
            super(claim, faults);
            this.device = device;
            attachment = device.attachment();
            lastingIdentity = device.lastingIdentity();
        }

        @Override
        public Presence presence() {
            return device.presence(attachment);
        }

        @Override
        public String lastingIdentity() {
            return lastingIdentity;
        }
    }

    private static class FaultyClaim implements Claim {
        private final Claim claim;
        private final Faults faults;

        FaultyClaim(Claim claim, Faults faults) {
            this.claim = claim;
            this.faults = faults;
        }

        @Override
        public Presence presence() {
            return claim.presence();
        }

        @Override
        public String lastingIdentity() {
            return claim.lastingIdentity();
        }

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

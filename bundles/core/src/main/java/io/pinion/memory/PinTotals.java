package io.pinion.memory;

import java.util.OptionalLong;

/**
 * How much memory is pinned, and how much may be: what a {@link PagePinner} counts, beside what the kernel counts for the
 * whole process (proc_pid_status(5)). All in bytes; empty where it can't be told. Immutable; it will grow.
 *
 * <p>The kernel counts apart what is locked (mlock(2), VmLck) and what is registered with rings (io_uring_register(2),
 * VmPin): the same memory can be in both. What of the locked is not counted here is someone else's in this process; of the
 * registered, what is not counted by {@link RegisteredMemory}.
 */
public final class PinTotals {
    private static final long UNKNOWN = -1;

    private final Builder values;

    private PinTotals(Builder values) {
        this.values = values;
    }

    /** {@return a builder for totals of which nothing is known yet but these; see {@link #pinned()} and {@link #budget()}} */
    public static Builder builder(long pinned, long budget) {
        return new Builder(pinned, budget);
    }

    /** {@return how much is pinned by the service, each page once} */
    public long pinned() {
        return values.pinned;
    }

    /** {@return how much may be pinned by the service as configured; {@link Long#MAX_VALUE}: no limit of its own} */
    public long budget() {
        return values.budget;
    }

    /** {@return how much of the process is locked, by whomever (VmLck)} */
    public OptionalLong locked() {
        return known(values.locked);
    }

    /** {@return how much of the process is registered with rings, by whomever (VmPin)} */
    public OptionalLong registered() {
        return known(values.registered);
    }

    /** {@return RLIMIT_MEMLOCK, the soft one (getrlimit(2)); {@link Long#MAX_VALUE}: unlimited} */
    public OptionalLong resourceLimit() {
        return known(values.resourceLimit);
    }

    /** {@return whether the process may exceed that (CAP_IPC_LOCK)} */
    public boolean isExempt() {
        return values.exempt;
    }

    private static OptionalLong known(long value) {
        return value == UNKNOWN ? OptionalLong.empty() : OptionalLong.of(value);
    }

    /** Collects the figures. What is not given is unknown. */
    public static final class Builder {
        private final long pinned;
        private final long budget;
        private long locked = UNKNOWN;
        private long registered = UNKNOWN;
        private long resourceLimit = UNKNOWN;
        private boolean exempt;

        private Builder(long pinned, long budget) {
            this.pinned = pinned;
            this.budget = budget;
        }

        private Builder(Builder other) {
            this(other.pinned, other.budget);
            locked = other.locked;
            registered = other.registered;
            resourceLimit = other.resourceLimit;
            exempt = other.exempt;
        }

        /** Sets {@link PinTotals#locked()}. */
        public Builder locked(long bytes) {
            locked = bytes;
            return this;
        }

        /** Sets {@link PinTotals#registered()}. */
        public Builder registered(long bytes) {
            registered = bytes;
            return this;
        }

        /** Sets {@link PinTotals#resourceLimit()} and {@link PinTotals#isExempt()}. */
        public Builder resourceLimit(long bytes, boolean isExempt) {
            resourceLimit = bytes;
            exempt = isExempt;
            return this;
        }

        /** {@return the totals} */
        public PinTotals build() {
            return new PinTotals(new Builder(this));
        }
    }
}

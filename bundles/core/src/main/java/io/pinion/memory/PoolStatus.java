package io.pinion.memory;

import java.util.Objects;

/** What a {@link BufferPool} holds and how; sizes in bytes. Immutable; it will grow. */
public final class PoolStatus {
    private final Builder values;

    private PoolStatus(Builder values) {
        this.values = values;
    }

    /** {@return a builder for a pool that holds nothing and may not} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return how much is on lease} */
    public long leased() {
        return values.leased;
    }

    /** {@return how much memory there is behind the arenas} */
    public long held() {
        return values.held;
    }

    /** {@return how much that may be} */
    public long limit() {
        return values.limit;
    }

    /** {@return in how many pieces it is held} */
    public int arenas() {
        return values.arenas;
    }

    /** {@return how much of what is held is on huge pages} */
    public long huge() {
        return values.huge;
    }

    /** {@return how much of what is held is pinned} */
    public long pinned() {
        return values.pinned;
    }

    /** {@return why the rest of it is not; empty when there is none} */
    public String unpinned() {
        return values.unpinned;
    }

    /** {@return how many threads wait for a lease} */
    public int waiting() {
        return values.waiting;
    }

    /** {@return how many leases were never closed, and found} */
    public long leaks() {
        return values.leaks;
    }

    @Override
    public String toString() {
        return "leased=" + leased() + " held=" + held() + " limit=" + limit() + " arenas=" + arenas() + " huge="
                + huge() + " pinned=" + pinned() + " waiting=" + waiting() + " leaks=" + leaks();
    }

    /** Collects the values of a {@link PoolStatus}. Not for use by several threads. */
    public static final class Builder {
        private long leased;
        private long held;
        private long limit;
        private int arenas;
        private long huge;
        private long pinned;
        private String unpinned = "";
        private int waiting;
        private long leaks;

        private Builder() {}

        private Builder copy() {
            Builder copy = new Builder();
            copy.leased = leased;
            copy.held = held;
            copy.limit = limit;
            copy.arenas = arenas;
            copy.huge = huge;
            copy.pinned = pinned;
            copy.unpinned = unpinned;
            copy.waiting = waiting;
            copy.leaks = leaks;
            return copy;
        }

        /** See {@link PoolStatus#leased()}. */
        public Builder leased(long bytes) {
            leased = bytes;
            return this;
        }

        /** See {@link PoolStatus#held()}. */
        public Builder held(long bytes) {
            held = bytes;
            return this;
        }

        /** See {@link PoolStatus#limit()}. */
        public Builder limit(long bytes) {
            limit = bytes;
            return this;
        }

        /** See {@link PoolStatus#arenas()}. */
        public Builder arenas(int number) {
            arenas = number;
            return this;
        }

        /** See {@link PoolStatus#huge()}. */
        public Builder huge(long bytes) {
            huge = bytes;
            return this;
        }

        /** See {@link PoolStatus#pinned()}. */
        public Builder pinned(long bytes) {
            pinned = bytes;
            return this;
        }

        /** See {@link PoolStatus#unpinned()}. */
        public Builder unpinned(String reason) {
            unpinned = Objects.requireNonNull(reason);
            return this;
        }

        /** See {@link PoolStatus#waiting()}. */
        public Builder waiting(int threads) {
            waiting = threads;
            return this;
        }

        /** See {@link PoolStatus#leaks()}. */
        public Builder leaks(long leases) {
            leaks = leases;
            return this;
        }

        /** {@return the status; the builder may go on} */
        public PoolStatus build() {
            return new PoolStatus(copy());
        }
    }
}

package io.pinion.memory;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/** An open {@link Pin}, as others may see it: whose it is and where, without the power to close it. Immutable; it will grow. */
public final class PinStatus {
    private final String owner;
    private final long address;
    private final long length;
    private final Instant since;
    private final Supplier<List<PinnedPage>> pages;

    private PinStatus(Builder b) {
        owner = b.owner;
        address = b.address;
        length = b.length;
        since = b.since;
        pages = b.pages;
    }

    /**
     * {@return a builder for a pin that is made now, and whose pages nobody can tell}
     *
     * @param owner the bundle that asked for it, and for what
     */
    public static Builder builder(String owner) {
        return new Builder(owner);
    }

    /** {@return whose it is: the bundle that asked for it, and for what} */
    public String owner() {
        return owner;
    }

    /** {@return where its first page begins} */
    public long address() {
        return address;
    }

    /** {@return how long it is in bytes, whole pages} Pages under several pins count in each. */
    public long length() {
        return length;
    }

    /** {@return when it was made} */
    public Instant since() {
        return since;
    }

    /** {@return its pages as the kernel shows them now, in ascending order; none when it was closed meanwhile} Reads /proc. */
    public List<PinnedPage> pages() {
        return pages.get();
    }

    @Override
    public String toString() {
        return owner + ": 0x" + Long.toHexString(address) + "+" + length;
    }

    /** Collects the values of a {@link PinStatus}. Not for use by several threads. */
    public static final class Builder {
        private final String owner;
        private long address;
        private long length;
        private Instant since = Instant.now();
        private Supplier<List<PinnedPage>> pages = List::of;

        private Builder(String owner) {
            this.owner = Objects.requireNonNull(owner);
        }

        /** See {@link PinStatus#address()} and {@link PinStatus#length()}. */
        public Builder range(long from, long bytes) {
            address = from;
            length = bytes;
            return this;
        }

        /** See {@link PinStatus#since()}. */
        public Builder since(Instant made) {
            since = Objects.requireNonNull(made);
            return this;
        }

        /** Asked for the pages when somebody wants to see them: {@link Pin#pages()}. */
        public Builder pages(Supplier<List<PinnedPage>> asked) {
            pages = Objects.requireNonNull(asked);
            return this;
        }

        /** {@return the status; the builder may go on} */
        public PinStatus build() {
            return new PinStatus(this);
        }
    }
}

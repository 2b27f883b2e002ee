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

    private PinStatus(String owner, long address, long length, Instant since, Supplier<List<PinnedPage>> pages) {
        this.owner = Objects.requireNonNull(owner);
        this.address = address;
        this.length = length;
        this.since = Objects.requireNonNull(since);
        this.pages = Objects.requireNonNull(pages);
    }

    /**
     * {@return a pin}
     *
     * @param owner the bundle that asked for it, and for what
     * @param address where its first page begins
     * @param length of its pages, in bytes
     * @param since when it was made
     * @param pages asked for the pages when somebody wants to see them: {@link Pin#pages()}
     */
    public static PinStatus of(
            String owner, long address, long length, Instant since, Supplier<List<PinnedPage>> pages) {
        return new PinStatus(owner, address, length, since, pages);
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
}

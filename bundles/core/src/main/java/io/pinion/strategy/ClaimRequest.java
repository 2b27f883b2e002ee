package io.pinion.strategy;

import java.util.Objects;
import java.util.OptionalLong;

/** How a target is to be claimed. Made by core. Immutable; it will grow. */
public final class ClaimRequest {
    private final Access access;
    private final long createSize;
    private final boolean forced;

    private ClaimRequest(Access access, long createSize, boolean forced) {
        this.access = Objects.requireNonNull(access);
        this.createSize = createSize;
        this.forced = forced;
    }

    /** {@return a request for what exists} */
    public static ClaimRequest of(Access access) {
        return new ClaimRequest(access, -1, false);
    }

    /** {@return this request, creating a missing file with so many bytes allocated; 0 makes an empty one} */
    public ClaimRequest creating(long size) {
        if (size < 0) {
            throw new IllegalArgumentException("size=" + size + " is negative");
        }
        return new ClaimRequest(access, size, forced);
    }

    /** {@return this request, also of a block device that others use: see {@link #isForced()}} */
    public ClaimRequest forced() {
        return new ClaimRequest(access, createSize, true);
    }

    /** {@return what the claim is to allow} */
    public Access access() {
        return access;
    }

    /** {@return with how many bytes a missing file is created; empty when a missing target is an error} */
    public OptionalLong createSize() {
        return createSize < 0 ? OptionalLong.empty() : OptionalLong.of(createSize);
    }

    /**
     * {@return whether the operator wants a block device claimed although others use it: mounted, swapped to, mapped, opened with
     * O_EXCL} It never overrides another claim, a device that is read-only, or a target of the wrong type, and means nothing
     * for files. A claim that came of it says so: {@link Claim#isForced()}.
     */
    public boolean isForced() {
        return forced;
    }
}

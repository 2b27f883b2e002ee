package io.pinion.strategy;

import java.util.Objects;
import java.util.OptionalLong;

/** How a target is to be claimed. Made by core, or by who only looks. Immutable; it will grow. */
public final class ClaimRequest {
    private final Access access;
    private final long createSize;
    private final boolean forced;
    private final boolean beside;

    private ClaimRequest(Access access, long createSize, boolean forced, boolean beside) {
        this.access = Objects.requireNonNull(access);
        this.createSize = createSize;
        this.forced = forced;
        this.beside = beside;
    }

    /** {@return a request for what exists} */
    public static ClaimRequest of(Access access) {
        return new ClaimRequest(access, -1, false, false);
    }

    /** {@return this request, creating a missing file with so many bytes allocated; 0 makes an empty one} */
    public ClaimRequest creating(long size) {
        if (size < 0) {
            throw new IllegalArgumentException("size=" + size + " is negative");
        }
        return new ClaimRequest(access, size, forced, beside);
    }

    /** {@return this request, also of a block device that others use: see {@link #isForced()}} */
    public ClaimRequest forced() {
        return new ClaimRequest(access, createSize, true, beside);
    }

    /**
     * {@return this request, beside whoever else uses the target: see {@link #isBeside()}}
     *
     * @throws IllegalArgumentException when it is to write
     */
    public ClaimRequest beside() {
        if (access.canWrite()) {
            throw new IllegalArgumentException("access=" + access + "; allowed beside others: " + Access.READ_ONLY);
        }
        return new ClaimRequest(access, createSize, forced, true);
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

    /**
     * {@return whether it is to keep nobody out, and to be kept out by nobody} It only reads, as any process may that has the
     * permission: what is read may be in the middle of being written. For measurements; volumes never claim so.
     */
    public boolean isBeside() {
        return beside;
    }
}

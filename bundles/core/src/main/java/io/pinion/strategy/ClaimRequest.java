package io.pinion.strategy;

import java.util.Objects;
import java.util.OptionalLong;

/** How a target is to be claimed. Made by core. Immutable; it will grow. */
public final class ClaimRequest {
    private final Access access;
    private final long createSize;

    private ClaimRequest(Access access, long createSize) {
        this.access = Objects.requireNonNull(access);
        this.createSize = createSize;
    }

    /** {@return a request for what exists} */
    public static ClaimRequest of(Access access) {
        return new ClaimRequest(access, -1);
    }

    /** {@return this request, creating a missing file with so many bytes allocated; 0 makes an empty one} */
    public ClaimRequest creating(long size) {
        if (size < 0) {
            throw new IllegalArgumentException("size=" + size + " is negative");
        }
        return new ClaimRequest(access, size);
    }

    /** {@return what the claim is to allow} */
    public Access access() {
        return access;
    }

    /** {@return with how many bytes a missing file is created; empty when a missing target is an error} */
    public OptionalLong createSize() {
        return createSize < 0 ? OptionalLong.empty() : OptionalLong.of(createSize);
    }
}

package io.pinion.memory;

import java.util.Objects;
import java.util.OptionalLong;

/** One page under a {@link Pin}: a figure for diagnosis. Immutable; it will grow. */
public final class PinnedPage {
    private final long address;
    private final long size;
    private final long frame;
    private final String mapping;

    private PinnedPage(long address, long size, long frame, String mapping) {
        this.address = address;
        this.size = size;
        this.frame = frame;
        this.mapping = Objects.requireNonNull(mapping);
    }

    /**
     * {@return a page}
     *
     * @param address where it begins in this process
     * @param size in bytes: 4096, or 2 MiB of a huge page
     * @param frame the physical frame's number; 0 where the kernel hides it (proc_pid_pagemap(5))
     * @param mapping the mapping that holds it, as proc_pid_maps(5) has it; may be empty
     */
    public static PinnedPage of(long address, long size, long frame, String mapping) {
        return new PinnedPage(address, size, frame, mapping);
    }

    /** {@return where it begins in this process} */
    public long address() {
        return address;
    }

    /** {@return its size in bytes} */
    public long size() {
        return size;
    }

    /** {@return the physical frame's number, where the kernel shows it} */
    public OptionalLong frame() {
        return frame == 0 ? OptionalLong.empty() : OptionalLong.of(frame);
    }

    /** {@return the mapping that holds it; may be empty} */
    public String mapping() {
        return mapping;
    }

    @Override
    public String toString() {
        return "0x" + Long.toHexString(address) + "+" + size + (frame == 0 ? "" : " frame=" + frame);
    }
}

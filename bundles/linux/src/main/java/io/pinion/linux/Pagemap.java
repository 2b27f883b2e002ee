package io.pinion.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/**
 * What the kernel shows of this process's own pages (proc_pid_pagemap(5)): a diagnosis, not a fast path. Not for use by
 * several threads.
 */
public final class Pagemap implements AutoCloseable {
    /** What a question is answered with that this kernel doesn't answer. */
    public static final long UNKNOWN = -1;

    /** Why memory is not on huge pages though they were asked for, and which setting would change that. */
    public static final String NO_HUGE_PAGES =
            "memory is fragmented, or huge pages are off: echo madvise > /sys/kernel/mm/transparent_hugepage/enabled";

    private static final Path FILE = Path.of("/proc/self/pagemap");
    private static final long FRAME = (1L << 55) - 1;
    private static final int SCAN = 96;
    private static final int REGION = 24;
    private static final int REGIONS = 64;

    private final SystemCalls calls;
    private final int descriptor;
    private final ByteBuffer data =
            ByteBuffer.allocateDirect(SCAN + REGIONS * REGION).order(ByteOrder.nativeOrder());

    private Pagemap(SystemCalls calls, int descriptor) {
        this.calls = calls;
        this.descriptor = descriptor;
    }

    /** {@return the map, to be closed; one that answers nothing where /proc is not mounted} */
    public static Pagemap open(SystemCalls calls) {
        int flags = Linux.O_RDONLY | Linux.O_CLOEXEC;
        return new Pagemap(calls, (int) SystemCalls.uninterrupted(() -> calls.open(SystemCalls.path(FILE), flags, 0)));
    }

    /** {@return the number of the physical frame under the address; 0 where there is none or the kernel hides it} */
    public long frame(long address) {
        long entry = address / calls.pageSize() * Long.BYTES;
        long got = SystemCalls.uninterrupted(() -> calls.pread(descriptor, data, 0, Long.BYTES, entry));
        return got == Long.BYTES && data.getLong(0) < 0 ? data.getLong(0) & FRAME : 0;
    }

    /**
     * {@return how many bytes of the range are on huge pages; {@link #UNKNOWN} before Linux 6.7}
     *
     * @param address where the range begins, a multiple of the page size
     * @param length in bytes, a multiple of the page size
     */
    public long hugeBytes(long address, long length) {
        long huge = 0;
        long at = address;
        while (at < address + length) {
            long regions = scan(at, address + length);
            if (regions < 0) {
                return UNKNOWN;
            }
            for (int region = 0; region < regions; region++) {
                int index = SCAN + region * REGION;
                huge += data.getLong(index + 8) - data.getLong(index);
            }
            at = regions < REGIONS ? address + length : data.getLong(SCAN + (REGIONS - 1) * REGION + 8);
        }
        return huge;
    }

    /** A struct pm_scan_arg: size, flags, start, end, walk_end, vec, vec_len, max_pages, and four masks. */
    private long scan(long from, long to) {
        for (int index = 0; index < SCAN; index += Long.BYTES) {
            data.putLong(index, 0);
        }
        data.putLong(0, SCAN).putLong(16, from).putLong(24, to);
        data.putLong(40, calls.address(data) + SCAN).putLong(48, REGIONS);
        data.putLong(72, Linux.PAGE_IS_HUGE).putLong(88, Linux.PAGE_IS_HUGE);
        return SystemCalls.uninterrupted(() -> calls.ioctl(descriptor, Linux.PAGEMAP_SCAN, data));
    }

    @Override
    public void close() {
        if (descriptor >= 0) {
            calls.close(descriptor);
        }
    }
}

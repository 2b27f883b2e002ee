package io.pinion.linux.direct;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What was read ahead for one sequential reader. One thread at a time fills it or copies from it; who comes meanwhile goes
 * without. Any thread {@link #outdate outdates} it, without waiting.
 *
 * <p>That no read gets bytes older than a write that ended before the read began: a write takes its {@link WriteRanges range}
 * first, and then outdates the windows that meet it; a window shows what it is about to hold first, and then looks whether
 * somebody writes there. So of a write and a filling that overlap one sees the other: the write outdates the window, or the
 * window is not filled.
 */
final class AheadWindow {
    /** How old bytes may become, for the case that others write the file as well. */
    static final long LIFE_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** The first filling is no larger, or four times what was asked for: a reader may be sequential for a moment only. */
    private static final int FIRST = 64 << 10;

    private final OpenFile file;
    private final WriteRanges ranges;
    private final BounceMemory mapped;
    private final ByteBuffer memory;
    private final int unit;
    private final AtomicBoolean taken = new AtomicBoolean();
    private volatile boolean outdated;
    private volatile long from;
    private volatile long to;
    private volatile long used;
    private volatile long filled;

    /**
     * @param mapped memory for this window alone
     * @param size of the memory in bytes, a multiple of the unit
     * @param unit what offset and length of a read must be multiples of
     */
    AheadWindow(OpenFile file, WriteRanges ranges, BounceMemory mapped, int size, int unit) {
        this.file = file;
        this.ranges = ranges;
        this.mapped = mapped;
        memory = mapped.slice(0, size);
        this.unit = unit;
    }

    /** {@return whether the position is in what is held, or where that ends} */
    boolean leadsTo(long position) {
        return position <= to && position >= from && from < to;
    }

    /** {@return whether no reader has had anything of it for a while} */
    boolean isIdle(long now) {
        return outdated || from >= to || now - used > LIFE_NANOS;
    }

    /** Outdates what is held, or about to be, if it meets the range. */
    void outdate(long start, long end) {
        if (start < to && from < end) {
            outdated = true;
        }
    }

    /**
     * Copies what is held into the buffer, and fills the window where it leads to the position and ends there; {@return how
     * many bytes it was; 0 where it has nothing any more}
     *
     * @param length of the file
     */
    int read(ByteBuffer target, long position, long length, long now) {
        if (!taken.compareAndSet(false, true)) {
            return 0;
        }
        try {
            if (outdated || !leadsTo(position) || now - filled > LIFE_NANOS) {
                // Whoever goes on from here begins anew, and small.
                drop();
                return 0;
            }
            if (position == to) {
                fill(position, length, Alignment.up(2 * (to - from), unit), now);
            }
            return copy(target, position, now);
        } finally {
            taken.set(false);
        }
    }

    /** Begins with a new reader, if it is idle still; {@return as} {@link #read} */
    int begin(ByteBuffer target, long position, long length, long now) {
        if (!taken.compareAndSet(false, true)) {
            return 0;
        }
        try {
            if (!isIdle(now)) {
                return 0;
            }
            fill(position, length, Math.max(FIRST, Alignment.up(4L * target.remaining(), unit)), now);
            return copy(target, position, now);
        } finally {
            taken.set(false);
        }
    }

    /** Gives the memory back. Nobody reads any more. */
    void release() {
        mapped.release();
    }

    private void drop() {
        to = from;
    }

    /**
     * Errors are left to the reader, who meets them again.
     *
     * @param size how much to read, if there is memory for it
     */
    private void fill(long position, long length, long size, long now) {
        long start = Alignment.down(position, unit);
        long stop = Math.min(Alignment.down(length, unit), start + Math.min(size, memory.capacity()));
        drop();
        if (stop <= position) {
            return;
        }
        outdated = false;
        from = start;
        to = stop;
        long got = ranges.meets(start, stop) ? 0 : file.readDirect(memory, 0, (int) (stop - start), start);
        filled = now;
        to = start + Math.max(0, got);
    }

    private int copy(ByteBuffer target, long position, long now) {
        int count = (int) Math.min(target.remaining(), to - position);
        if (count <= 0) {
            return 0;
        }
        target.put(target.position(), memory, (int) (position - from), count);
        target.position(target.position() + count);
        used = now;
        return count;
    }
}

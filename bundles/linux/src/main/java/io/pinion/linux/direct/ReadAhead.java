package io.pinion.linux.direct;

import io.pinion.strategy.ChannelMode;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.TransferMeter;
import io.pinion.strategy.TransferMeter.Cause;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Reads ahead for sequential readers of small pieces, which else would wait for the device once a piece. The reader whose read
 * finds nothing reads ahead itself, by one larger direct read: nothing is in flight when no read is. Large reads
 * are the fastest as they are, and others pay a look at where reads lately ended.
 *
 * <p>Memory for a window is taken when a sequential reader is seen and no window is idle, and kept until the channel closes.
 * Where there are as many as may be, a further reader reads as without. What is read ahead lives for a second at most, and no write of the channel misses it
 * ({@link AheadWindow}).
 */
final class ReadAhead {
    /** How many readers at once are read ahead for. */
    static final int WINDOWS = 4;

    /** Larger reads are as fast directly as through the page cache. */
    private static final int LARGEST = 256 << 10;

    private final OpenFile file;
    private final WriteRanges ranges;
    private final BounceSettings settings;
    private final TransferMeter meter;
    private final int unit;
    private final int largest;
    private final Cause cause;
    private final RecentReads recent = new RecentReads();
    private final AtomicBoolean mapping = new AtomicBoolean();
    private volatile AheadWindow[] windows = {};
    private volatile String refusal = "";

    /** @param unit what offset and length of a read must be multiples of */
    ReadAhead(OpenFile file, WriteRanges ranges, int unit, BounceSettings settings, TransferMeter meter) {
        this.file = file;
        this.ranges = ranges;
        this.unit = unit;
        this.settings = settings;
        this.meter = meter;
        largest = Math.min(LARGEST, settings.readAhead() / 2);
        cause = meter.cause("read-ahead of small sequential reads");
    }

    /**
     * Reads what has been read ahead; {@return how many bytes that was} The rest is to be read as without.
     *
     * @param length of the file
     */
    int read(ByteBuffer target, long position, long length) {
        if (target.remaining() > largest) {
            return 0;
        }
        AheadWindow[] held = windows;
        for (AheadWindow window : held) {
            if (window.leadsTo(position)) {
                return counted(along(window, target, position, length));
            }
        }
        if (!recent.note(position, target.remaining())) {
            return 0;
        }
        return counted(begin(target, position, length));
    }

    /** Reads on until the buffer is full, which takes a filling at most. */
    private int along(AheadWindow window, ByteBuffer target, long position, long length) {
        long now = System.nanoTime();
        int done = window.read(target, position, length, now);
        if (done == 0) {
            // It is to be seen again as the sequential reader that it may be.
            recent.note(position, target.remaining());
        } else if (target.hasRemaining()) {
            done += window.read(target, position + done, length, now);
        }
        return done;
    }

    private int begin(ByteBuffer target, long position, long length) {
        long now = System.nanoTime();
        for (AheadWindow window : windows) {
            if (window.isIdle(now)) {
                return window.begin(target, position, length, now);
            }
        }
        if (windows.length >= WINDOWS || !mapping.compareAndSet(false, true)) {
            return 0;
        }
        if (windows.length >= WINDOWS) {
            // Another was made meanwhile.
            mapping.set(false);
            return 0;
        }
        AheadWindow window = map();
        return window == null ? 0 : window.begin(target, position, length, now);
    }

    private int counted(int bytes) {
        if (bytes > 0) {
            cause.bounced(bytes);
        }
        return bytes;
    }

    /** Makes a window; {@code null} when there is no memory for it, which is not tried again. One thread at a time. */
    private AheadWindow map() {
        BounceSettings one = new BounceSettings(settings.readAhead(), 1, settings.hugePages(), 0);
        try {
            AheadWindow window =
                    new AheadWindow(file, ranges, BounceMemory.map(file.calls(), one, meter), one.size(), unit);
            AheadWindow[] more = Arrays.copyOf(windows, windows.length + 1);
            more[windows.length] = window;
            windows = more;
            mapping.set(false);
            return window;
        } catch (StorageException e) {
            refusal = "no more is read ahead: " + e.getMessage();
            return null;
        }
    }

    /** Outdates what was read ahead of a range; whoever changes it calls this after taking the range, and before the change. */
    void outdate(long from, long to) {
        for (AheadWindow window : windows) {
            window.outdate(from, to);
        }
    }

    /** {@return the mode, with why nothing is read ahead, if it should be} */
    ChannelMode note(ChannelMode mode) {
        return refusal.isEmpty() ? mode : mode.note(refusal);
    }

    /** Gives the memory back. Nobody reads any more. */
    void release() {
        for (AheadWindow window : windows) {
            window.release();
        }
    }
}

package io.pinion.linux.direct;

import io.pinion.linux.Errno;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.TransferFlags;
import io.pinion.strategy.TransferMeter;
import io.pinion.strategy.TransferMeter.Cause;
import java.nio.ByteBuffer;

/**
 * The writes of a channel, and the length of its file. Results are 0, or {@code -errno}; either way the buffer's position
 * tells how far it came.
 *
 * <p>Blocks within the file are written directly: whole ones share their {@link WriteRanges range}; a block of which only a
 * part is the caller's is read, changed and written with the range alone, so that neither a neighbour's bytes nor those of a
 * whole write that ends meanwhile are put back to what they were.
 *
 * <p>What moves the end of the file, or touches the partial block before it, has everything alone from there on; a block that
 * the file doesn't fill is written through the page cache, because a direct write would pad it. Nobody's direct write is in
 * flight in the page meanwhile, nor in the largest piece that the page cache could keep it in: the kernel calls that
 * collision a failed write-back. Later direct writes of the page are no collision: the kernel writes it back first.
 *
 * <p>So while a range is held, the end can't move into it from behind, and what was decided by the length stays right.
 */
final class Writes {
    /** The result of a write that does not stay within the file. */
    private static final int BEYOND = BlockWrites.SHORT;

    private final OpenFile file;
    private final boolean resizable;
    private final Alignment alignment;
    private final int unit;
    private final BouncePool pool;
    private final BlockWrites plain;
    private final BlockWrites durable;
    private final Causes causes;
    private final Cause tail;
    private final WriteRanges ranges;
    private final ReadAhead ahead;
    /** What of the page cache, or of blocks, may be one piece. */
    private final int folio;

    private volatile long length;

    /**
     * @param durable the same file, for writes that are to be durable when they return
     * @param resizable whether a write beyond the end moves it
     * @param ranges what is being written, by whomever
     * @param ahead what is to forget what will be changed
     */
    Writes(
            OpenFile file,
            OpenFile durable,
            boolean resizable,
            Alignment alignment,
            BouncePool pool,
            TransferMeter meter,
            WriteRanges ranges,
            ReadAhead ahead) {
        this.file = file;
        this.resizable = resizable;
        this.ranges = ranges;
        this.ahead = ahead;
        this.alignment = alignment;
        this.pool = pool;
        unit = alignment.write();
        plain = new BlockWrites(file, alignment, pool.size());
        this.durable = new BlockWrites(durable, alignment, pool.size());
        causes = new Causes(meter, alignment, unit);
        tail = meter.cause("last partial block of the file: " + TransferMeter.THROUGH_THE_CACHE);
        folio = Math.max(file.folio(), unit);
    }

    /** Reads the length; {@return 0 or {@code -errno}} */
    long begin() {
        long size = file.size();
        length = Math.max(size, 0);
        return Math.min(size, 0);
    }

    /** {@return the length of the file as this channel has left it} */
    long length() {
        return length;
    }

    /** Cuts or extends the file. */
    long setSize(long size) throws StorageException {
        int range = takeEnd(size);
        try {
            return file.truncate(size);
        } finally {
            measure();
            ranges.leave(range);
        }
    }

    /**
     * Takes whole blocks within the file for a write that somebody else does; {@return what to give to {@link #leave}, or -1
     * when they are not within the file, or are to be waited for}
     */
    int tryShare(long from, long to) {
        if (to > length) {
            return -1;
        }
        int range = ranges.tryShare(from, to);
        if (range >= 0 && to > length) {
            // It was cut meanwhile.
            ranges.leave(range);
            return -1;
        }
        if (range >= 0) {
            ahead.outdate(from, to);
        }
        return range;
    }

    /** {@return where a queue of this depth notes what its writes share; in force until it is {@linkplain #forget forgotten}} */
    QueuedRanges openQueue(int depth) {
        QueuedRanges queue = new QueuedRanges(ranges, depth);
        ranges.add(queue);
        return queue;
    }

    /** Forgets a queue that writes no more. */
    void forget(QueuedRanges queue) {
        ranges.forget(queue);
    }

    /** Takes whole blocks as {@link #tryShare(long, long)}, for a write of a queue; {@return whether they are taken} */
    boolean tryShare(QueuedRanges queue, int slot, long from, long to) {
        if (to > length || !queue.tryShare(slot, from, to)) {
            return false;
        }
        if (to > length) {
            // It was cut meanwhile.
            queue.leave(slot);
            return false;
        }
        ahead.outdate(from, to);
        return true;
    }

    /**
     * Takes whole blocks, within the file or beyond its end, for one write that somebody else does; {@return what to give to
     * {@link #leaveWhole}}
     */
    int takeWhole(long from, long to) throws StorageException {
        if (to <= length) {
            int range = ranges.share(from, to);
            if (to <= length) {
                ahead.outdate(from, to);
                return range;
            }
            // It was cut meanwhile.
            ranges.leave(range);
        }
        return takeEnd(from);
    }

    /** Gives whole blocks up to {@code to} back. */
    void leaveWhole(int range, long to) {
        if (to > length) {
            measure();
        }
        ranges.leave(range);
    }

    /** Takes a range that something else than a write will change; {@return what to give to {@link #leave}} */
    int take(long position, long count) throws StorageException {
        // Arguments that are none are refused by whom they are for.
        long from = Math.max(position, 0);
        long to = from + Math.min(Math.max(count, 0), Long.MAX_VALUE - from);
        int range = ranges.alone(Alignment.down(from, folio), Alignment.up(to, folio));
        ahead.outdate(from, to);
        return range;
    }

    /** Gives a range back. */
    void leave(int range) {
        ranges.leave(range);
    }

    /** Writes what remains in the buffer; of what can't grow no more than there is room for, and that is {@code ENOSPC}. */
    long write(ByteBuffer source, long position, TransferFlags flags) throws StorageException {
        if (resizable) {
            return writeAll(source, position, flags);
        }
        long room = length - position;
        if (source.remaining() <= room) {
            return writeAll(source, position, flags);
        }
        int limit = source.limit();
        source.limit(source.position() + (int) Math.max(0, room));
        try {
            long result = source.hasRemaining() ? writeAll(source, position, flags) : 0;
            return result == 0 ? Errno.ENOSPC.result() : result;
        } finally {
            source.limit(limit);
        }
    }

    private long writeAll(ByteBuffer source, long position, TransferFlags flags) throws StorageException {
        BlockWrites blocks = flags.contains(TransferFlags.DURABLE) ? durable : plain;
        boolean uncached = flags.contains(TransferFlags.UNCACHED);
        long end = position + source.remaining();
        if (alignment.suits(source, position, unit)) {
            long result = within(blocks, source, end, null, null);
            return isDone(result) ? result : extend(blocks, source, end, null, null, uncached, result);
        }
        Cause cause = causes.of(source, position);
        int number = pool.take("write");
        try {
            ByteBuffer bounce = pool.buffer(number);
            long result = within(blocks, source, end, bounce, cause);
            return isDone(result) ? result : extend(blocks, source, end, bounce, cause, uncached, result);
        } finally {
            pool.give(number);
        }
    }

    private static boolean isDone(long result) {
        return result != BEYOND && !Errno.EINVAL.is(result);
    }

    /** Writes piece by piece, as far as the file reaches. */
    private long within(BlockWrites blocks, ByteBuffer source, long end, ByteBuffer bounce, Cause cause)
            throws StorageException {
        while (source.hasRemaining()) {
            long at = end - source.remaining();
            int straight = blocks.straightLength(source, at, end);
            long to = straight > 0 ? at + straight : blocks.pieceEnd(source, at, end);
            long from = Alignment.down(at, unit);
            long until = Alignment.up(to, unit);
            if (until > length) {
                return BEYOND;
            }
            int range = from == at && until == to ? ranges.share(from, until) : ranges.alone(from, until);
            try {
                ahead.outdate(from, until);
                long result = BEYOND;
                if (until <= length) {
                    result = straight > 0
                            ? blocks.straight(source, at, straight)
                            : blocks.piece(source, at, to, bounce, cause, false);
                }
                if (result != 0) {
                    return result;
                }
            } finally {
                ranges.leave(range);
            }
        }
        return 0;
    }

    /** Writes what moves the end, lies behind it or in the partial block before it, or what the kernel refused to take directly. */
    private long extend(
            BlockWrites blocks, ByteBuffer source, long end, ByteBuffer bounce, Cause cause, boolean uncached, long why)
            throws StorageException {
        long start = end - source.remaining();
        int range = takeEnd(start);
        try {
            long result = why;
            if (result == BEYOND) {
                // A block that the file fills, or is to fill, may go directly.
                long whole = Alignment.up(end, unit) <= length ? end : Alignment.down(end, unit);
                result = wholeBlocks(blocks, source, end, whole, bounce, cause);
            }
            if (Errno.EINVAL.is(result)) {
                causes.refused().fellBack();
            } else if (result != 0 || !source.hasRemaining()) {
                return result;
            } else {
                tail.fellBack();
            }
            long from = end - source.remaining();
            result = blocks.cached(source, end, bounce, cause);
            return uncached && result == 0 ? blocks.expel(from, end, bounce) : result;
        } finally {
            measure();
            ranges.leave(range);
        }
    }

    private long wholeBlocks(
            BlockWrites blocks, ByteBuffer source, long end, long whole, ByteBuffer bounce, Cause cause) {
        long result = 0;
        long at = end - source.remaining();
        while (result == 0 && at < whole) {
            int straight = blocks.straightLength(source, at, whole);
            result = straight > 0
                    ? blocks.straight(source, at, straight)
                    : blocks.piece(source, at, blocks.pieceEnd(source, at, whole), bounce, cause, true);
            at = end - source.remaining();
        }
        return result;
    }

    /** Takes everything alone from the position, or the end if that comes first; {@return the range} */
    private int takeEnd(long position) throws StorageException {
        while (true) {
            long from = Alignment.down(Math.min(length, position), folio);
            int range = ranges.alone(from, Long.MAX_VALUE);
            ahead.outdate(from, Long.MAX_VALUE);
            measure();
            if (Alignment.down(Math.min(length, position), folio) >= from) {
                return range;
            }
            // It was cut meanwhile.
            ranges.leave(range);
        }
    }

    /** Takes account of an end that something else than this channel has moved. */
    void measure() {
        long size = file.size();
        if (size >= 0) {
            length = size;
        }
    }
}

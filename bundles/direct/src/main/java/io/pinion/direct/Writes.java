package io.pinion.direct;

import io.pinion.linux.Errno;
import io.pinion.strategy.StorageException;
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
    private static final int BEYOND = 1;

    private final OpenFile file;
    private final Alignment alignment;
    private final int unit;
    private final BouncePool pool;
    private final Causes causes;
    private final Cause tail;
    private final WriteRanges ranges = new WriteRanges();
    /** The largest folio of the page cache: as much as one page of page table entries maps. */
    private final int folio;

    private volatile long length;

    Writes(OpenFile file, Alignment alignment, BouncePool pool, TransferMeter meter) {
        this.file = file;
        this.alignment = alignment;
        this.pool = pool;
        unit = alignment.write();
        causes = new Causes(meter, alignment, unit);
        tail = meter.cause("last partial block of the file: page cache instead");
        int page = file.calls().pageSize();
        folio = Math.max(page / Long.BYTES * page, unit);
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

    /** Takes a range that something else than a write will change; {@return what to give to {@link #leave}} */
    int take(long position, long count) throws StorageException {
        // Arguments that are none are refused by whom they are for.
        long from = Math.max(position, 0);
        long to = from + Math.min(Math.max(count, 0), Long.MAX_VALUE - from);
        return ranges.alone(Alignment.down(from, folio), Alignment.up(to, folio));
    }

    /** Gives a range back. */
    void leave(int range) {
        ranges.leave(range);
    }

    /** Writes what remains in the buffer. */
    long write(ByteBuffer source, long position, boolean uncached) throws StorageException {
        long end = position + source.remaining();
        if (alignment.suits(source, position, unit)) {
            long result = within(source, end, null, null);
            return isDone(result) ? result : extend(source, end, null, null, uncached, result);
        }
        Cause cause = causes.of(source, position);
        int number = pool.take("write");
        try {
            ByteBuffer bounce = pool.buffer(number);
            long result = within(source, end, bounce, cause);
            return isDone(result) ? result : extend(source, end, bounce, cause, uncached, result);
        } finally {
            pool.give(number);
        }
    }

    private static boolean isDone(long result) {
        return result != BEYOND && !Errno.EINVAL.is(result);
    }

    /** Writes piece by piece, as far as the file reaches. */
    private long within(ByteBuffer source, long end, ByteBuffer bounce, Cause cause) throws StorageException {
        while (source.hasRemaining()) {
            long at = end - source.remaining();
            int straight = straightLength(source, at, end);
            long to = straight > 0 ? at + straight : pieceEnd(source, at, end);
            long from = Alignment.down(at, unit);
            long until = Alignment.up(to, unit);
            if (until > length) {
                return BEYOND;
            }
            int range = from == at && until == to ? ranges.share(from, until) : ranges.alone(from, until);
            try {
                long result = BEYOND;
                if (until <= length) {
                    result =
                            straight > 0 ? straight(source, at, straight) : piece(source, at, to, bounce, cause, false);
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
    private long extend(ByteBuffer source, long end, ByteBuffer bounce, Cause cause, boolean uncached, long why)
            throws StorageException {
        long start = end - source.remaining();
        int range = takeEnd(start);
        try {
            long result = why;
            if (result == BEYOND) {
                // A block that the file fills, or is to fill, may go directly.
                long whole = Alignment.up(end, unit) <= length ? end : Alignment.down(end, unit);
                result = blocks(source, end, whole, bounce, cause);
            }
            if (Errno.EINVAL.is(result)) {
                causes.refused().fellBack();
            } else if (result != 0 || !source.hasRemaining()) {
                return result;
            } else {
                tail.fellBack();
            }
            long from = end - source.remaining();
            result = cached(source, end, bounce, cause);
            return uncached && result == 0 ? expel(from, end, bounce) : result;
        } finally {
            measure();
            ranges.leave(range);
        }
    }

    private long blocks(ByteBuffer source, long end, long whole, ByteBuffer bounce, Cause cause) {
        long result = 0;
        long at = end - source.remaining();
        while (result == 0 && at < whole) {
            int straight = straightLength(source, at, whole);
            result = straight > 0
                    ? straight(source, at, straight)
                    : piece(source, at, pieceEnd(source, at, whole), bounce, cause, true);
            at = end - source.remaining();
        }
        return result;
    }

    /** Takes everything alone from the position, or the end if that comes first; {@return the range} */
    private int takeEnd(long position) throws StorageException {
        while (true) {
            long from = Alignment.down(Math.min(length, position), folio);
            int range = ranges.alone(from, Long.MAX_VALUE);
            measure();
            if (Alignment.down(Math.min(length, position), folio) >= from) {
                return range;
            }
            // It was cut meanwhile.
            ranges.leave(range);
        }
    }

    private void measure() {
        long size = file.size();
        if (size >= 0) {
            length = size;
        }
    }

    /** {@return how much from {@code at} on goes without a copy; 0 when it can't, or is not worth it} */
    private int straightLength(ByteBuffer source, long at, long end) {
        int whole = (int) (Alignment.down(end, unit) - at);
        boolean worthwhile = whole >= Reads.STRAIGHT_LEAST || whole > 0 && whole == end - at;
        return worthwhile && (at & unit - 1) == 0 && alignment.suits(source, source.position()) ? whole : 0;
    }

    /** {@return how far the next copy goes: to the end, as far as a bounce buffer holds, or to where it can go straight} */
    private long pieceEnd(ByteBuffer source, long at, long end) {
        long next = Alignment.up(at, unit);
        boolean straightNext = next > at
                && Alignment.down(end, unit) - next >= Reads.STRAIGHT_LEAST
                && alignment.suits(source, source.position() + (int) (next - at));
        if (straightNext) {
            return next;
        }
        long base = Alignment.down(at, unit);
        return end - base > pool.size() ? base + pool.size() : end;
    }

    /** A short count that is no multiple of the unit makes the kernel refuse the rest, which the caller deals with. */
    private long straight(ByteBuffer source, long at, int length) {
        int done = 0;
        while (done < length) {
            long put = file.writeDirect(source, source.position(), length - done, at + done);
            if (put < 0) {
                return put;
            }
            done += (int) put;
            source.position(source.position() + (int) put);
        }
        return 0;
    }

    private long piece(ByteBuffer source, long at, long to, ByteBuffer bounce, Cause cause, boolean growing) {
        long base = Alignment.down(at, unit);
        int skip = (int) (at - base);
        int count = (int) (to - at);
        int whole = (int) (Alignment.up(to, unit) - base);
        boolean partialEnd = skip + count < whole;
        long loaded = skip > 0 || partialEnd && whole == unit ? load(bounce, 0, base, growing) : 0;
        if (loaded == 0 && partialEnd && whole > unit) {
            loaded = load(bounce, whole - unit, base + whole - unit, growing);
        }
        if (loaded != 0) {
            return loaded;
        }
        int start = source.position();
        bounce.put(skip, source, start, count);
        cause.bounced(count);
        int done = 0;
        while (done < whole) {
            long put = file.writeDirect(bounce, done, whole - done, base + done);
            if (put < 0) {
                return put;
            }
            done += (int) put;
            source.position(start + Math.max(0, Math.min(done - skip, count)));
        }
        return 0;
    }

    /** Reads the block that will be changed in part; behind the end there are zeroes, if the file may grow. */
    private long load(ByteBuffer bounce, int index, long offset, boolean growing) {
        long got = file.readDirect(bounce, index, unit, offset);
        if (got < 0) {
            return got;
        }
        int have = (int) got;
        while (have < unit) {
            got = file.readCached(bounce, index + have, unit - have, offset + have);
            if (got < 0) {
                return got;
            }
            if (got == 0 && !growing) {
                return BEYOND;
            }
            have += (int) got;
            while (got == 0 && have < unit) {
                bounce.put(index + have++, (byte) 0);
            }
        }
        return 0;
    }

    private long cached(ByteBuffer source, long end, ByteBuffer bounce, Cause cause) {
        while (source.hasRemaining()) {
            ByteBuffer from = source;
            int index = source.position();
            int count = source.remaining();
            if (!source.isDirect()) {
                count = Math.min(count, pool.size());
                bounce.put(0, source, index, count);
                cause.bounced(count);
                from = bounce;
                index = 0;
            }
            long put = file.writeCached(from, index, count, end - source.remaining());
            if (put < 0) {
                return put;
            }
            source.position(source.position() + (int) put);
        }
        return 0;
    }

    /** A direct read has the kernel write the page back, and, other than fdatasync, uses up no error that a flush must report. */
    private long expel(long from, long end, ByteBuffer bounce) {
        if (bounce != null) {
            long got = file.readDirect(bounce, 0, unit, Alignment.down(end - 1, unit));
            if (got < 0 && !Errno.EINVAL.is(got)) {
                return got;
            }
        }
        file.forget(from, end);
        return 0;
    }
}

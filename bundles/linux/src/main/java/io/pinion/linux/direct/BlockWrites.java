package io.pinion.linux.direct;

import io.pinion.linux.Errno;
import io.pinion.strategy.TransferMeter.Cause;
import java.nio.ByteBuffer;

/**
 * How the bytes of a write get to the file, once it is settled who may write where: {@link Writes} holds the ranges. Results
 * are 0 or {@code -errno}; either way the buffer's position tells how far it came.
 */
final class BlockWrites {
    /** The result where a block that is to be changed in part is not whole: the file ends before it. */
    static final int SHORT = 1;

    /** What a full disk leaves in the dark, and how long a range is held, has an end also where a buffer is huge. */
    private static final int LARGEST = 16 << 20;

    private final OpenFile file;
    private final Alignment alignment;
    private final int unit;
    private final int bounceSize;

    /** @param bounceSize the size of the buffers that the caller lends */
    BlockWrites(OpenFile file, Alignment alignment, int bounceSize) {
        this.file = file;
        this.alignment = alignment;
        this.bounceSize = bounceSize;
        unit = alignment.write();
    }

    /** {@return how much from {@code at} on goes without a copy; 0 when it can't, or is not worth it} */
    int straightLength(ByteBuffer source, long at, long end) {
        int whole = (int) Math.min(Alignment.down(end, unit) - at, LARGEST);
        boolean worthwhile = whole >= Reads.STRAIGHT_LEAST || whole > 0 && whole == end - at;
        return worthwhile && (at & unit - 1) == 0 && alignment.suits(source, source.position()) ? whole : 0;
    }

    /** {@return how far the next copy goes: to the end, as far as a bounce buffer holds, or to where it can go straight} */
    long pieceEnd(ByteBuffer source, long at, long end) {
        long next = Alignment.up(at, unit);
        boolean straightNext = next > at
                && Alignment.down(end, unit) - next >= Reads.STRAIGHT_LEAST
                && alignment.suits(source, source.position() + (int) (next - at));
        if (straightNext) {
            return next;
        }
        long base = Alignment.down(at, unit);
        return end - base > bounceSize ? base + bounceSize : end;
    }

    /** A short count that is no multiple of the unit makes the kernel refuse the rest, which the caller deals with. */
    long straight(ByteBuffer source, long at, int length) {
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

    long piece(ByteBuffer source, long at, long to, ByteBuffer bounce, Cause cause, boolean growing) {
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
                return SHORT;
            }
            have += (int) got;
            while (got == 0 && have < unit) {
                bounce.put(index + have++, (byte) 0);
            }
        }
        return 0;
    }

    long cached(ByteBuffer source, long end, ByteBuffer bounce, Cause cause) {
        while (source.hasRemaining()) {
            ByteBuffer from = source;
            int index = source.position();
            int count = source.remaining();
            if (!source.isDirect()) {
                count = Math.min(count, bounceSize);
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
    long expel(long from, long end, ByteBuffer bounce) {
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

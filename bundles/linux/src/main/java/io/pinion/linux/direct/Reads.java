package io.pinion.linux.direct;

import io.pinion.linux.Errno;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.TransferMeter;
import io.pinion.strategy.TransferMeter.Cause;
import java.nio.ByteBuffer;
import java.util.function.LongSupplier;

/**
 * The reads of a channel. Results are what was read, or {@code -errno}; either way the buffer's position tells how far it
 * came. Reads take no range: a block that is being rewritten around a neighbour's bytes has the same bytes before and after.
 */
final class Reads {
    /** From here on the middle of an unaligned transfer is worth a system call of its own, to go without a copy. */
    static final int STRAIGHT_LEAST = 64 << 10;

    private final OpenFile file;
    private final Alignment alignment;
    private final int unit;
    private final BouncePool pool;
    private final Causes causes;
    private final Cause partialEnd;
    private final LongSupplier length;
    private final ReadAhead ahead;

    /** @param length of the file as far as is known without asking; more may have been cut off than the channel knows */
    Reads(
            OpenFile file,
            Alignment alignment,
            BouncePool pool,
            TransferMeter meter,
            LongSupplier length,
            ReadAhead ahead) {
        this.file = file;
        this.alignment = alignment;
        this.pool = pool;
        this.length = length;
        this.ahead = ahead;
        unit = alignment.read();
        causes = new Causes(meter, alignment, unit);
        partialEnd = meter.cause("read across the end of the file, which is within a block");
    }

    /** Reads until the buffer is full or the end is reached. */
    long read(ByteBuffer target, long position) throws StorageException {
        int had = ahead.read(target, position, length.getAsLong());
        return target.hasRemaining() ? plus(had, readNow(target, position + had)) : had;
    }

    private long readNow(ByteBuffer target, long position) throws StorageException {
        boolean aligned = alignment.suits(target, position, unit);
        long end = position + target.remaining();
        long stop = end <= length.getAsLong() ? end : Math.max(position, Math.min(end, file.size()));
        if (aligned && (stop & unit - 1) == 0) {
            return straight(target, position, (int) (stop - position));
        }
        int number = pool.take("read");
        try {
            Cause cause = aligned ? partialEnd : causes.of(target, position);
            return bounced(target, position, Alignment.down(stop, unit), pool.buffer(number), cause);
        } finally {
            pool.give(number);
        }
    }

    private long straight(ByteBuffer target, long position, int length) {
        int done = 0;
        while (done < length) {
            long got = file.readDirect(target, target.position(), length - done, position + done);
            if (Errno.EINVAL.is(got)) {
                return plus(done, cached(target, position + done, length - done));
            }
            if (got <= 0) {
                return got < 0 ? got : done;
            }
            done += (int) got;
            target.position(target.position() + (int) got);
            if ((got & unit - 1) != 0 && done < length) {
                boolean atEnd = position + done >= file.size();
                return atEnd ? done : plus(done, cached(target, position + done, length - done));
            }
        }
        return done;
    }

    /** The way that takes everything: for what the kernel refuses, or cuts short in the middle of a block. */
    private long cached(ByteBuffer target, long position, int length) {
        causes.refused().fellBack();
        int done = 0;
        while (done < length) {
            long got = file.readCached(target, target.position(), length - done, position + done);
            if (got <= 0) {
                return got < 0 ? got : done;
            }
            done += (int) got;
            target.position(target.position() + (int) got);
        }
        file.forget(position, position + length);
        return done;
    }

    private static long plus(int done, long result) {
        return result < 0 ? result : done + result;
    }

    /** @param whole where the last block ends that the file fills: the kernel fills others up with zeroes, in the caller's memory */
    private long bounced(ByteBuffer target, long position, long whole, ByteBuffer bounce, Cause cause) {
        long end = position + target.remaining();
        long at = position;
        while (at < end) {
            int length = straightLength(target, at, whole);
            long got;
            if (length > 0) {
                got = straight(target, at, length);
            } else {
                length = (int) (pieceEnd(target, at, end, whole) - at);
                got = piece(target, at, length, bounce, cause);
            }
            if (got < 0) {
                return got;
            }
            at += got;
            if (got < length && (got == 0 || at >= file.size())) {
                break;
            }
        }
        return at - position;
    }

    /** {@return how much from {@code at} on goes without a copy; 0 when it can't, or is not worth it} */
    private int straightLength(ByteBuffer target, long at, long whole) {
        boolean worthwhile = whole - at >= STRAIGHT_LEAST && (at & unit - 1) == 0;
        return worthwhile && alignment.suits(target, target.position()) ? (int) (whole - at) : 0;
    }

    /** {@return how far the next copy goes: to the end, as far as a bounce buffer holds, or to where it can go straight} */
    private long pieceEnd(ByteBuffer target, long at, long end, long whole) {
        long next = Alignment.up(at, unit);
        boolean straightNext = next > at
                && whole - next >= STRAIGHT_LEAST
                && alignment.suits(target, target.position() + (int) (next - at));
        if (straightNext) {
            return next;
        }
        long base = Alignment.down(at, unit);
        return end - base > pool.size() ? base + pool.size() : end;
    }

    private long piece(ByteBuffer target, long at, int length, ByteBuffer bounce, Cause cause) {
        long base = Alignment.down(at, unit);
        int skip = (int) (at - base);
        int whole = (int) (Alignment.up(at + length, unit) - base);
        long got = file.readDirect(bounce, 0, whole, base);
        if (Errno.EINVAL.is(got)) {
            causes.refused().fellBack();
            skip = 0;
            got = file.readCached(bounce, 0, length, at);
            file.forget(at, at + length);
        }
        if (got <= skip) {
            return Math.min(got, 0);
        }
        int usable = (int) Math.min(got - skip, length);
        target.put(target.position(), bounce, skip, usable);
        target.position(target.position() + usable);
        cause.bounced(usable);
        return usable;
    }
}

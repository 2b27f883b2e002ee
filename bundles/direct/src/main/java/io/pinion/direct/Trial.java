package io.pinion.direct;

import io.pinion.linux.Errno;
import java.nio.ByteBuffer;
import java.util.function.LongSupplier;

/**
 * Reads a little of a file in order to see whether the kernel goes past its page cache: that it takes an aligned O_DIRECT
 * transfer proves nothing, as some file systems then copy all the same (ext4 with data=journal or inline data). A page is
 * read through the cache until the cache answers; then it is read directly, and that must go to storage all the same. The
 * kernel's count for this very thread tells, whatever others do with the file meanwhile.
 */
final class Trial {
    /** How it ended. */
    enum Outcome {
        /** It went to storage although the page was cached. */
        DIRECT,
        /** The cache answered. */
        COPIED,
        /** It can't be told. */
        UNKNOWN,
        /** The kernel refused an aligned read. */
        REFUSED
    }

    /**
     * A result.
     *
     * @param detail what was seen, as a sentence for the operator
     */
    record Result(Outcome outcome, String detail) {}

    private static final int ATTEMPTS = 8;

    private final OpenFile file;
    private final LongSupplier deviceReads;
    private final int span;
    private final ByteBuffer buffer;

    /**
     * @param unit what offset and length must be multiples of
     * @param deviceReads what this thread has had read from storage so far, or {@link DeviceReads#UNKNOWN}
     */
    Trial(OpenFile file, int unit, LongSupplier deviceReads) {
        this.file = file;
        this.deviceReads = deviceReads;
        span = Math.max(file.calls().pageSize(), unit);
        buffer = ByteBuffer.allocateDirect(2 * span).alignedSlice(span);
    }

    /** Tries where there is data: a hole is read without storage, one way or the other. */
    Result run() {
        long size = file.size();
        if (size < span) {
            return new Result(Outcome.UNKNOWN, "unverified: the file has less than " + span + " bytes");
        }
        long offset = Alignment.down(Math.max(file.data(size / 2), 0), span);
        if (offset == 0 && file.data(0) != 0 || offset + span > size) {
            return new Result(Outcome.UNKNOWN, "unverified: the file holds no data yet");
        }
        long got = file.readDirect(buffer, 0, span, offset);
        if (got < 0) {
            String values = " at offset=" + offset + ", length=" + span;
            return new Result(Outcome.REFUSED, "a trial read" + values + " failed: " + Errno.text(got));
        }
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            long before = deviceReads.getAsLong();
            if (before == DeviceReads.UNKNOWN) {
                return new Result(Outcome.UNKNOWN, "unverified: the kernel does not count this thread's reads");
            }
            file.readCached(buffer, 0, span, offset);
            long cached = deviceReads.getAsLong();
            if (cached == before) {
                file.readDirect(buffer, 0, span, offset);
                return deviceReads.getAsLong() - cached >= span
                        ? new Result(Outcome.DIRECT, "verified: a read of " + span + " cached bytes went to storage")
                        : new Result(Outcome.COPIED, "a read of " + span + " bytes went through the page cache");
            }
        }
        return new Result(Outcome.UNKNOWN, "unverified: the file's pages do not stay in the page cache");
    }
}

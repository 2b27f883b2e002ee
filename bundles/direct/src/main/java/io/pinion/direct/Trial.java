package io.pinion.direct;

import io.pinion.linux.Errno;
import io.pinion.linux.direct.Alignment;
import io.pinion.linux.direct.OpenFile;
import java.nio.ByteBuffer;
import java.util.function.LongSupplier;

/**
 * Reads a little of a file in order to see whether the kernel goes past its page cache: that it takes an aligned O_DIRECT
 * transfer proves nothing, as some file systems then copy all the same (ext4 with data=journal or inline data). A page is
 * read through the cache until the cache answers; then it is read directly, and that must go to storage all the same. The
 * kernel's count for this very thread tells, whatever others do with the file meanwhile.
 *
 * <p>What is not on storage yet is read without it both ways: space that is allocated and not written, of which the cache may
 * hold zeroes, and lseek(2) calls that data. So before it is said that the cache answered a direct read, the page is dropped,
 * with what the cache may keep it together with, and must come from storage; and as it may have been written just then, all
 * of it is seen twice. A page that has not been written back is not dropped: of that it can't be told.
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
    private static final int SURE = 2;

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
        int copied = 0;
        for (int attempt = 0; attempt < ATTEMPTS && copied < SURE; attempt++) {
            if (deviceReads.getAsLong() == DeviceReads.UNKNOWN) {
                return new Result(Outcome.UNKNOWN, "unverified: the kernel does not count this thread's reads");
            }
            if (fromStorage(() -> file.readCached(buffer, 0, span, offset)) == 0) {
                if (fromStorage(() -> file.readDirect(buffer, 0, span, offset)) >= span) {
                    return new Result(Outcome.DIRECT, "verified: a read of " + span + " cached bytes went to storage");
                }
                file.dropCached(offset);
                copied += fromStorage(() -> file.readCached(buffer, 0, span, offset)) > 0 ? 1 : 0;
            }
        }
        return copied == SURE
                ? new Result(Outcome.COPIED, "a read of " + span + " bytes went through the page cache")
                : new Result(
                        Outcome.UNKNOWN,
                        "unverified: the file's pages do not stay in the page cache, or are not on storage yet");
    }

    private long fromStorage(LongSupplier read) {
        long before = deviceReads.getAsLong();
        read.getAsLong();
        return deviceReads.getAsLong() - before;
    }
}

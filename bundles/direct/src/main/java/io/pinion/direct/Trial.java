package io.pinion.direct;

import io.pinion.linux.Errno;
import io.pinion.linux.Linux;
import io.pinion.linux.SystemCalls;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.stream.LongStream;

/**
 * Reads a little of a file in order to see whether the kernel goes past its page cache: that it takes an aligned O_DIRECT
 * transfer proves nothing, as some file systems then copy all the same (ext4 with data=journal or inline data). A page is
 * read through the cache, so that it is seen to be there, and dropped; then it is read directly, and must stay away.
 */
final class Trial {
    /** How it ended. */
    enum Outcome {
        /** The page stayed away. */
        DIRECT,
        /** The page came, each time. */
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

    private static final long UNSEEN = -1;

    private final OpenFile file;
    private final SystemCalls calls;
    private final int span;
    private final int folio;
    private final ByteBuffer buffer;
    private final ByteBuffer statistics = ByteBuffer.allocateDirect(56).order(ByteOrder.nativeOrder());

    /** @param unit what offset and length must be multiples of */
    Trial(OpenFile file, int unit) {
        this.file = file;
        calls = file.calls();
        int page = calls.pageSize();
        span = Math.max(page, unit);
        folio = page / Long.BYTES * page;
        buffer = ByteBuffer.allocateDirect(2 * span).alignedSlice(span);
    }

    /** Tries up to three places. */
    Result run() {
        long spans = file.size() / span;
        if (spans < 1) {
            return new Result(Outcome.UNKNOWN, "unverified: the file has less than " + span + " bytes");
        }
        int copied = 0;
        int tried = 0;
        String detail = "";
        for (long place : LongStream.of(spans - 1, spans / 2, 0).distinct().toArray()) {
            Result result = at(place * span);
            if (result.outcome == Outcome.DIRECT || result.outcome == Outcome.REFUSED) {
                return result;
            }
            copied += result.outcome == Outcome.COPIED ? 1 : 0;
            tried++;
            detail = result.detail;
        }
        return new Result(copied == tried ? Outcome.COPIED : Outcome.UNKNOWN, detail);
    }

    private Result at(long offset) {
        // The kernel writes a page back before it reads it directly, and can drop it then.
        file.readDirect(buffer, 0, span, offset);
        file.readCached(buffer, 0, span, offset);
        if (cached(offset) <= 0) {
            return new Result(Outcome.UNKNOWN, "unverified: the kernel does not show what it caches of this file");
        }
        file.forget(Alignment.down(offset, folio), Alignment.down(offset, folio) + folio);
        if (cached(offset) != 0) {
            return new Result(
                    Outcome.UNKNOWN,
                    "unverified: the file's pages are cached and can't be dropped: they are written or mapped");
        }
        long got = file.readDirect(buffer, 0, span, offset);
        if (got < 0) {
            String values = " at offset=" + offset + ", length=" + span;
            return new Result(Outcome.REFUSED, "a trial read" + values + " failed: " + Errno.text(got));
        }
        return cached(offset) == 0
                ? new Result(Outcome.DIRECT, "verified: a read of " + span + " bytes left no page in the page cache")
                : new Result(Outcome.COPIED, "a read of " + span + " bytes went through the page cache");
    }

    private long cached(long offset) {
        int result = calls.cachestat(file.cached(), offset, span, statistics);
        // 0 may mean that the pages are another inode's, as below an overlay: then a mapping shows them.
        return result == 0 && statistics.getLong(0) > 0 ? statistics.getLong(0) : resident(offset);
    }

    private long resident(long offset) {
        long address = calls.mmap(0, span, Linux.PROT_READ, Linux.MAP_SHARED, file.cached(), offset);
        if (address < 0) {
            return UNSEEN;
        }
        int result = calls.mincore(address, span, buffer);
        calls.munmap(address, span);
        long pages = 0;
        for (int page = 0; page < span / calls.pageSize(); page++) {
            pages += buffer.get(page) & 1;
        }
        return result < 0 ? UNSEEN : pages;
    }
}

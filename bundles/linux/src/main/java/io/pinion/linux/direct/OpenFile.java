package io.pinion.linux.direct;

import io.pinion.linux.Errno;
import io.pinion.linux.IoVectors;
import io.pinion.linux.Linux;
import io.pinion.linux.SystemCalls;
import io.pinion.strategy.Access;
import io.pinion.strategy.StorageException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * A file, opened twice: with O_DIRECT, and through the page cache for what O_DIRECT can't do (the last partial block). Both
 * descriptors are the same inode by construction. Each transfer is one system call, repeated while a signal interrupts it;
 * results are counts or {@code -errno}.
 */
public final class OpenFile {
    private final SystemCalls calls;
    private final int flags;
    private final int direct;
    private final int cached;

    private OpenFile(SystemCalls calls, int flags, int direct, int cached) {
        this.calls = calls;
        this.flags = flags;
        this.direct = direct;
        this.cached = cached;
    }

    /**
     * Opens what the path leads to; nothing is held when it fails.
     *
     * @param flags O_… of open(2), besides those of the access; O_NOATIME is a wish, since only the owner may have it
     */
    public static OpenFile open(SystemCalls calls, Path path, Access access, int flags) throws StorageException {
        return open(calls, path, flags | Linux.O_CLOEXEC | (access.canWrite() ? Linux.O_RDWR : Linux.O_RDONLY));
    }

    /**
     * {@return the same file, opened once more with O_DSYNC: what is written by it is durable when the write returns} Other
     * descriptors, because a durable write may be told of a write-back that failed before, and who flushes by these is to be
     * told, too (fsync(2)).
     */
    OpenFile durable() throws StorageException {
        return open(calls, Path.of("/proc/self/fd/" + direct), flags & ~Linux.O_DIRECT | Linux.O_DSYNC);
    }

    private static OpenFile open(SystemCalls calls, Path path, int flags) throws StorageException {
        int direct = descriptor(calls, path, flags | Linux.O_DIRECT);
        if (Errno.EPERM.is(direct) && (flags & Linux.O_NOATIME) != 0) {
            return open(calls, path, flags & ~Linux.O_NOATIME);
        }
        if (Errno.EINVAL.is(direct)) {
            throw Errno.failure(
                            StorageException.Kind.UNSUPPORTED,
                            "open",
                            direct,
                            "its file system has no O_DIRECT: use strategy buffered")
                    .build();
        }
        if (direct < 0) {
            throw Errno.failure("open", direct).build();
        }
        int cached = descriptor(calls, Path.of("/proc/self/fd/" + direct), flags);
        if (cached < 0) {
            calls.close(direct);
            throw Errno.failure("open", cached).build();
        }
        // Nothing is read ahead for the few bytes that come this way.
        calls.fadvise(cached, 0, 0, Linux.POSIX_FADV_RANDOM);
        return new OpenFile(calls, flags | Linux.O_DIRECT, direct, cached);
    }

    private static int descriptor(SystemCalls calls, Path path, int flags) {
        byte[] name = SystemCalls.path(path);
        return (int) SystemCalls.uninterrupted(() -> calls.open(name, flags, 0));
    }

    public SystemCalls calls() {
        return calls;
    }

    /** {@return the flags of the descriptor with O_DIRECT} */
    int flags() {
        return flags;
    }

    /** {@return the descriptor with O_DIRECT} */
    public int direct() {
        return direct;
    }

    /** {@return the descriptor that goes through the page cache} */
    int cached() {
        return cached;
    }

    public long readDirect(ByteBuffer buffer, int index, int length, long offset) {
        return read(direct, buffer, index, length, offset);
    }

    public long readCached(ByteBuffer buffer, int index, int length, long offset) {
        return read(cached, buffer, index, length, offset);
    }

    /** {@return the size of the largest folio of the page cache: as much as one page of page table entries maps} */
    int folio() {
        int page = calls.pageSize();
        return page / Long.BYTES * page;
    }

    /**
     * Has the page cache let go of what is there, if it is clean, and nobody uses it. It lets go of no part of a folio: so of
     * all that the offset may be in one with.
     */
    public void dropCached(long offset) {
        calls.fadvise(cached, Alignment.down(offset, folio()), folio(), Linux.POSIX_FADV_DONTNEED);
    }

    long writeDirect(ByteBuffer buffer, int index, int length, long offset) {
        return write(direct, buffer, index, length, offset);
    }

    long writeCached(ByteBuffer buffer, int index, int length, long offset) {
        return write(cached, buffer, index, length, offset);
    }

    private long read(int descriptor, ByteBuffer buffer, int index, int length, long offset) {
        for (int again = 0; ; again++) {
            long result = calls.pread(descriptor, buffer, index, length, offset);
            if (result >= 0 || !SystemCalls.isPostponed(result, again)) {
                return result;
            }
        }
    }

    /** A write of nothing is an error: it would be repeated for ever. */
    private long write(int descriptor, ByteBuffer buffer, int index, int length, long offset) {
        for (int again = 0; ; again++) {
            long result = calls.pwrite(descriptor, buffer, index, length, offset);
            if (result > 0 || result < 0 && !SystemCalls.isPostponed(result, again)) {
                return result;
            }
            if (result == 0) {
                return Errno.EIO.result();
            }
        }
    }

    /** Reads into several buffers. */
    long readVectors(IoVectors vectors, long offset) {
        return vectors.read(direct, offset, 0);
    }

    /**
     * Writes several buffers.
     *
     * @param how RWF_…
     */
    long writeVectors(IoVectors vectors, long offset, int how) {
        return vectors.write(direct, offset, how);
    }

    /** {@return the length of the file in bytes, exact, or {@code -errno}} */
    public long size() {
        return calls.lseek(cached, 0, Linux.SEEK_END);
    }

    /** {@return the first offset from there on at which the file has data, not a hole; or {@code -errno}} */
    public long data(long from) {
        return calls.lseek(cached, from, Linux.SEEK_DATA);
    }

    long truncate(long size) {
        return SystemCalls.uninterrupted(() -> calls.ftruncate(direct, size));
    }

    /** One descriptor does for both: each sees every write-back error of the inode once. */
    long flush() {
        return SystemCalls.uninterrupted(() -> calls.fdatasync(direct));
    }

    /** Lets the kernel forget the clean pages of a range. */
    void forget(long from, long to) {
        int page = calls.pageSize();
        long start = Alignment.down(from, page);
        calls.fadvise(cached, start, Alignment.up(to, page) - start, Linux.POSIX_FADV_DONTNEED);
    }

    public void close() {
        calls.close(direct);
        calls.close(cached);
    }
}

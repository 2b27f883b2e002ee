package io.pinion.linux.claim;

import io.pinion.linux.Errno;
import io.pinion.linux.Linux;
import io.pinion.linux.SystemCalls;
import io.pinion.strategy.PageCacheUse;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/** The pages that the kernel caches of a claimed file or block device: drops them, and counts what is left. */
final class PageCache {
    private static final String OPERATION = "drop cache";

    /** struct cachestat, linux/mman.h: counts of pages. */
    private static final int CACHESTAT_SIZE = 56;

    private static final int NR_CACHE = 0;
    private static final int NR_DIRTY = 8;
    private static final int NR_WRITEBACK = 16;
    private static final int NR_EVICTED = 24;

    private static final long WINDOW = 1L << 30;

    /** The first call may leave pages that another processor was about to put on a list. */
    private static final int ATTEMPTS = 3;

    private final SystemCalls calls;
    private final Descriptor descriptor;
    private final String target;
    private final boolean file;
    private final boolean writable;

    /**
     * Of an open file or block device.
     *
     * @param file whether it is a regular file
     * @param writable whether the process may write it
     */
    PageCache(SystemCalls calls, Descriptor descriptor, String target, boolean file, boolean writable) {
        this.calls = calls;
        this.descriptor = descriptor;
        this.target = target;
        this.file = file;
        this.writable = writable;
    }

    /**
     * Drops all pages that can be dropped.
     *
     * @param size the target's size in bytes
     * @throws StorageException as {@link io.pinion.strategy.Claim#dropCache} says
     */
    void drop(long size) throws StorageException {
        long left = 0;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            descriptor.require(OPERATION, target, fd -> calls.fadvise(fd, 0, 0, Linux.POSIX_FADV_DONTNEED));
            left = cached(size);
            if (left == 0) {
                return;
            }
        }
        if (file && livesInCache()) {
            throw unsupported("the file system keeps its data in the page cache alone, there is no device behind it");
        }
        String detail = "pages left=" + left + " of pageSize=" + calls.pageSize()
                + ": somebody maps or writes them; end that, and flush before";
        throw StorageException.of(Kind.IO_ERROR, OPERATION, detail)
                .target(target)
                .build();
    }

    /** {@return what the kernel counts; empty where it does not} */
    Optional<PageCacheUse> use() {
        ByteBuffer statistics = statistics();
        try {
            if (statistics(statistics) != 0) {
                return Optional.empty();
            }
        } catch (StorageException e) {
            // It was closed meanwhile.
            return Optional.empty();
        }
        long pageSize = calls.pageSize();
        return Optional.of(PageCacheUse.of(
                statistics.getLong(NR_CACHE) * pageSize,
                (statistics.getLong(NR_DIRTY) + statistics.getLong(NR_WRITEBACK)) * pageSize,
                statistics.getLong(NR_EVICTED) * pageSize));
    }

    private static ByteBuffer statistics() {
        return ByteBuffer.allocateDirect(CACHESTAT_SIZE).order(ByteOrder.nativeOrder());
    }

    private long statistics(ByteBuffer result) throws StorageException {
        return descriptor.call(OPERATION, fd -> calls.cachestat(fd, 0, 0, result));
    }

    private long cached(long size) throws StorageException {
        ByteBuffer statistics = statistics();
        long result = statistics(statistics);
        if (result == 0) {
            return statistics.getLong(NR_CACHE);
        }
        // Old container runtimes answer EPERM, not ENOSYS, for a call that they do not know.
        if (Errno.ENOSYS.is(result) || Errno.EPERM.is(result)) {
            return resident(size);
        }
        throw unsupported("cachestat: " + Errno.text(result));
    }

    /** Counts by mincore(2), which calls every page resident when the caller may not write the file. */
    private long resident(long size) throws StorageException {
        if (!writable) {
            throw unsupported("the kernel has no cachestat, and shows what is cached to those alone who may write");
        }
        int pageSize = calls.pageSize();
        long pages = 0;
        ByteBuffer map = ByteBuffer.allocateDirect((int) (Math.min(size, WINDOW) / pageSize) + 1);
        for (long offset = 0; offset < size; offset += WINDOW) {
            pages += resident(offset, Math.min(WINDOW, size - offset), map);
        }
        return pages;
    }

    private long resident(long offset, long length, ByteBuffer map) throws StorageException {
        int shared = Linux.MAP_SHARED;
        long address = descriptor.call(OPERATION, fd -> calls.mmap(0, length, Linux.PROT_READ, shared, fd, offset));
        if (address < 0) {
            throw unsupported("mmap: " + Errno.text(address));
        }
        try {
            int result = calls.mincore(address, length, map);
            if (result < 0) {
                throw unsupported("mincore: " + Errno.text(result));
            }
        } finally {
            calls.munmap(address, length);
        }
        long pages = 0;
        for (int page = 0; page < (length + calls.pageSize() - 1) / calls.pageSize(); page++) {
            pages += map.get(page) & 1;
        }
        return pages;
    }

    private boolean livesInCache() throws StorageException {
        ByteBuffer statistics = ByteBuffer.allocateDirect(120).order(ByteOrder.nativeOrder());
        long result = descriptor.call(OPERATION, fd -> calls.fstatfs(fd, statistics));
        long type = statistics.getLong(0);
        return result == 0 && (type == Linux.TMPFS_MAGIC || type == Linux.RAMFS_MAGIC);
    }

    private StorageException unsupported(String detail) {
        return StorageException.of(Kind.UNSUPPORTED, OPERATION, detail)
                .target(target)
                .build();
    }
}

package io.pinion.tck;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** Bytes at offsets in memory, in pages that exist once they are written. What lies beyond the length is zero. */
final class MemoryFile {
    static final int PAGE = 4096;

    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final TreeMap<Long, byte[]> pages = new TreeMap<>();
    private final AtomicLong freePages;
    private long size;

    MemoryFile(AtomicLong freePages, long size) {
        this.freePages = freePages;
        this.size = size;
    }

    long size() {
        lock.readLock().lock();
        try {
            return size;
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Fills the buffer as far as there is something. */
    int read(ByteBuffer target, long position) {
        lock.readLock().lock();
        try {
            if (position >= size) {
                return target.hasRemaining() ? -1 : 0;
            }
            int length = (int) Math.min(target.remaining(), size - position);
            for (int done = 0; done < length; ) {
                long at = position + done;
                int within = (int) (at % PAGE);
                int part = Math.min(PAGE - within, length - done);
                target.put(pages.getOrDefault(at / PAGE, new byte[PAGE]), within, part);
                done += part;
            }
            return length;
        } finally {
            lock.readLock().unlock();
        }
    }

    /** {@return how much of the buffer was written: less than all when no page is free} */
    int write(ByteBuffer source, long position) {
        lock.writeLock().lock();
        try {
            int done = 0;
            while (source.hasRemaining()) {
                long at = position + done;
                byte[] page = pageToWrite(at / PAGE);
                if (page == null) {
                    break;
                }
                int within = (int) (at % PAGE);
                int part = Math.min(PAGE - within, source.remaining());
                source.get(page, within, part);
                done += part;
                size = Math.max(size, position + done);
            }
            return done;
        } finally {
            lock.writeLock().unlock();
        }
    }

    private byte[] pageToWrite(long number) {
        byte[] page = pages.get(number);
        if (page == null && freePages.getAndUpdate(free -> Math.max(0, free - 1)) > 0) {
            page = new byte[PAGE];
            pages.put(number, page);
        }
        return page;
    }

    void setSize(long newSize) {
        lock.writeLock().lock();
        try {
            if (newSize < size) {
                NavigableMap<Long, byte[]> cut = pages.tailMap((newSize + PAGE - 1) / PAGE, true);
                freePages.addAndGet(cut.size());
                cut.clear();
                byte[] last = pages.get(newSize / PAGE);
                if (last != null) {
                    Arrays.fill(last, (int) (newSize % PAGE), PAGE, (byte) 0);
                }
            }
            size = newSize;
        } finally {
            lock.writeLock().unlock();
        }
    }
}

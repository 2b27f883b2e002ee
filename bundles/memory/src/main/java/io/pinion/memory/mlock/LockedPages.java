package io.pinion.memory.mlock;

import io.pinion.linux.SystemCalls;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * How many pins are on each page. mlock(2) is the process's and does not nest, so that pages are locked with their first
 * pin and unlocked with their last. Kept as ranges of pages with the same count, so that large regions cost little. Locked
 * pages and counts change together, under one lock.
 */
final class LockedPages {
    /** What {@link #add} answers when the pages would exceed the limit. */
    static final long OVER_LIMIT = 1;

    private static final class Range {
        private final long end;
        private int pins;

        private Range(long end, int pins) {
            this.end = end;
            this.pins = pins;
        }
    }

    /** The process's own: as long as this class, whatever becomes of the service. */
    static final LockedPages OF_PROCESS = new LockedPages();

    /** So that memory with a pin that nobody holds any more is not freed, and then taken for something else that is pinned. */
    private final Set<MlockPin> held = ConcurrentHashMap.newKeySet();

    private final NavigableMap<Long, Range> ranges = new TreeMap<>();
    private long bytes;
    private volatile long limit = Bytes.UNLIMITED;

    /** {@return the limit that was configured last: it outlives the service, which a bad configuration does not change} */
    long limit() {
        return limit;
    }

    void limit(long newLimit) {
        limit = newLimit;
    }

    /** {@return how much is locked, each page counted once} */
    synchronized long bytes() {
        return bytes;
    }

    /**
     * Puts a pin on pages, and locks those that had none.
     *
     * @param from the first page's address
     * @param to the address behind the last page
     * @param limit of all locked pages, in bytes
     * @return 0, {@code -errno}, or {@link #OVER_LIMIT}; when not 0 nothing has changed
     */
    synchronized long add(SystemCalls calls, long from, long to, long limit) {
        split(from);
        split(to);
        long fresh = to - from;
        for (Map.Entry<Long, Range> range : inside(from, to).entrySet()) {
            fresh -= range.getValue().end - range.getKey();
        }
        long result = fresh > limit - bytes ? OVER_LIMIT : lockGaps(calls, from, to);
        if (result == 0) {
            count(from, to);
            bytes += fresh;
        }
        merge(from, to);
        return result;
    }

    /** Keeps an open pin, and so its region, reachable. */
    void hold(MlockPin pin) {
        held.add(pin);
    }

    /** {@return the open pins} In no order, as they are when they are looked at. */
    Collection<MlockPin> held() {
        return held;
    }

    /** Ends {@link #hold}. */
    void release(MlockPin pin) {
        held.remove(pin);
    }

    /** Takes a pin off pages, and unlocks those that have none left. */
    synchronized void remove(SystemCalls calls, long from, long to) {
        split(from);
        split(to);
        Iterator<Map.Entry<Long, Range>> entries = inside(from, to).entrySet().iterator();
        while (entries.hasNext()) {
            Map.Entry<Long, Range> entry = entries.next();
            Range range = entry.getValue();
            range.pins--;
            if (range.pins == 0) {
                long length = range.end - entry.getKey();
                calls.munlock(entry.getKey(), length);
                bytes -= length;
                entries.remove();
            }
        }
        merge(from, to);
    }

    private NavigableMap<Long, Range> inside(long from, long to) {
        return ranges.subMap(from, true, to, false);
    }

    /** Sees to it that no range goes across the address. */
    private void split(long address) {
        Map.Entry<Long, Range> below = ranges.lowerEntry(address);
        if (below != null && below.getValue().end > address) {
            Range range = below.getValue();
            ranges.put(below.getKey(), new Range(address, range.pins));
            ranges.put(address, new Range(range.end, range.pins));
        }
    }

    private long lockGaps(SystemCalls calls, long from, long to) {
        long at = from;
        while (at < to) {
            long end = gapEnd(at, to);
            long result = end == at ? 0 : SystemCalls.uninterrupted(lock(calls, at, end));
            if (result != 0) {
                // The failed one as well: the kernel locks up to where it fails.
                unlockGaps(calls, from, end);
                return result;
            }
            Range next = ranges.get(end);
            at = next == null ? end : next.end;
        }
        return 0;
    }

    private static LongSupplier lock(SystemCalls calls, long from, long to) {
        return () -> calls.mlock(from, to - from);
    }

    private void unlockGaps(SystemCalls calls, long from, long to) {
        long at = from;
        while (at < to) {
            long end = gapEnd(at, to);
            if (end > at) {
                calls.munlock(at, end - at);
            }
            Range next = ranges.get(end);
            at = next == null ? end : next.end;
        }
    }

    /** {@return where the pages without a pin end that begin here: here, if there are none} */
    private long gapEnd(long at, long to) {
        Long next = ranges.ceilingKey(at);
        return next == null ? to : Math.min(next, to);
    }

    private void count(long from, long to) {
        long at = from;
        while (at < to) {
            long end = gapEnd(at, to);
            if (end > at) {
                ranges.put(at, new Range(end, 1));
                at = end;
            } else {
                Range range = ranges.get(at);
                range.pins++;
                at = range.end;
            }
        }
    }

    private void merge(long from, long to) {
        Long first = ranges.lowerKey(from);
        Long at = first == null ? ranges.ceilingKey(from) : first;
        while (at != null && at < to) {
            Range range = ranges.get(at);
            Range next = ranges.get(range.end);
            if (next != null && next.pins == range.pins) {
                ranges.remove(range.end);
                ranges.put(at, new Range(next.end, range.pins));
            } else {
                at = ranges.higherKey(at);
            }
        }
    }
}

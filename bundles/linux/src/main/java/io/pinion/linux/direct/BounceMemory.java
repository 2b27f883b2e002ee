package io.pinion.linux.direct;

import io.pinion.linux.Errno;
import io.pinion.linux.Linux;
import io.pinion.linux.Pagemap;
import io.pinion.linux.SystemCalls;
import io.pinion.memory.PagePinner;
import io.pinion.memory.Pin;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.Target;
import io.pinion.strategy.TransferMeter;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The memory of one channel that transfers bounce through: mapped once, aligned to huge pages and on them if wanted and
 * had, faulted in, kept from child processes, pinned while somebody pins.
 */
final class BounceMemory {
    /** The size of a huge page on x86-64, and on aarch64 with pages of 4 KiB. */
    private static final long HUGE = 2 << 20;

    private static final int ANONYMOUS = Linux.MAP_PRIVATE | Linux.MAP_ANONYMOUS;

    private final SystemCalls calls;
    private final TransferMeter meter;
    private final long address;
    private final int length;
    private final ByteBuffer all;
    private final String pages;
    private final AtomicReference<Pin> pin = new AtomicReference<>();
    private volatile String unpinned = "not pinned, there is no PagePinner service";

    private BounceMemory(SystemCalls calls, TransferMeter meter, long address, int length, String pages) {
        this.calls = calls;
        this.meter = meter;
        this.address = address;
        this.length = length;
        this.pages = pages;
        all = calls.buffer(address, length);
    }

    /** Maps memory for the settings' buffers; the meter is told what is pinned of it. */
    static BounceMemory map(SystemCalls calls, BounceSettings settings, TransferMeter meter) throws StorageException {
        int length = settings.size() * settings.count();
        long spare = settings.hugePages() ? HUGE : 0;
        long mapped = calls.mmap(0, length + spare, Linux.PROT_READ | Linux.PROT_WRITE, ANONYMOUS, -1, 0);
        if (mapped < 0) {
            String remedy =
                    "bounce memory of " + length + " bytes; lower bounce.count, bounce.size.kib or read.ahead.kib";
            throw Errno.failure("open", mapped, remedy).build();
        }
        long address = spare == 0 ? mapped : Alignment.up(mapped, (int) HUGE);
        trim(calls, mapped, address);
        trim(calls, address + length, mapped + length + spare);
        if (settings.hugePages()) {
            calls.madvise(address, length, Linux.MADV_HUGEPAGE);
        }
        calls.madvise(address, length, Linux.MADV_DONTFORK);
        // Where the kernel is too old for it, the first transfers fault the pages in.
        calls.madvise(address, length, Linux.MADV_POPULATE_WRITE);
        return new BounceMemory(calls, meter, address, length, pages(calls, settings, address, length));
    }

    private static void trim(SystemCalls calls, long from, long to) {
        if (to > from) {
            calls.munmap(from, to - from);
        }
    }

    private static String pages(SystemCalls calls, BounceSettings settings, long address, int length) {
        if (!settings.hugePages()) {
            return "on small pages as configured";
        }
        try (Pagemap map = Pagemap.open(calls)) {
            long huge = map.hugeBytes(address, length);
            return huge == Pagemap.UNKNOWN
                    ? "huge pages asked for"
                    : "on huge pages " + (huge >> 10) + " of " + (length >> 10) + " KiB"
                            + (huge < length ? " (" + Pagemap.NO_HUGE_PAGES + ")" : "");
        }
    }

    /** {@return one of the buffers that the memory is cut into} */
    ByteBuffer slice(int index, int size) {
        return all.slice(index * size, size);
    }

    /** Pins the memory, if it isn't. The caller sees to it that the memory is not released meanwhile. */
    void pin(PagePinner pinner, Target target) {
        if (pin.get() != null) {
            return;
        }
        try {
            Pin got = pinner.pin(all, PagePinner.Access.WRITE, "bounce memory of " + target);
            if (pin.compareAndSet(null, got)) {
                meter.pinned(length);
            } else {
                got.close();
            }
        } catch (StorageException e) {
            unpinned = "not pinned, " + e.detail();
        } catch (RuntimeException e) {
            // A failure of someone else's service: the channel does without.
            unpinned = "not pinned, " + e.getMessage();
        }
    }

    /** {@return what the memory is, as a sentence for the operator} */
    String note() {
        return "bounce memory " + pages + ", " + (pin.get() == null ? unpinned : "pinned");
    }

    /** Gives the memory back. Nobody uses it any more. */
    void release() {
        Pin held = pin.getAndSet(null);
        if (held != null) {
            held.close();
            meter.pinned(-length);
        }
        calls.munmap(address, length);
    }
}

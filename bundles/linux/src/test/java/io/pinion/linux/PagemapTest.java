package io.pinion.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pinion.linux.libc.LibC;
import org.junit.jupiter.api.Test;

class PagemapTest {
    private static final long HUGE = 2 << 20;
    private static final int PRIVATE = Linux.MAP_PRIVATE | Linux.MAP_ANONYMOUS;

    private final SystemCalls calls = new LibC();

    @Test
    void showsHugePagesAndFrames() {
        long mapped = calls.mmap(0, 3 * HUGE, Linux.PROT_READ | Linux.PROT_WRITE, PRIVATE, -1, 0);
        assertTrue(mapped > 0);
        long arena = (mapped + HUGE - 1) & -HUGE;
        try (Pagemap pages = Pagemap.open(calls)) {
            assertEquals(0, pages.frame(arena), "not faulted in yet");
            assumeTrue(pages.hugeBytes(arena, HUGE) != Pagemap.UNKNOWN, "needs PAGEMAP_SCAN, Linux 6.7");
            assumeTrue(calls.madvise(arena, HUGE, Linux.MADV_HUGEPAGE) == 0, "needs transparent huge pages");
            calls.madvise(arena + HUGE, HUGE, Linux.MADV_NOHUGEPAGE);
            assertEquals(0, calls.madvise(arena, 2 * HUGE, Linux.MADV_POPULATE_WRITE));
            assumeTrue(pages.hugeBytes(arena, HUGE) > 0, "transparent huge pages are set to never, or none is free");

            assertEquals(HUGE, pages.hugeBytes(arena, 2 * HUGE));
            assertEquals(0, pages.hugeBytes(arena + HUGE, HUGE));
        } finally {
            calls.munmap(mapped, 3 * HUGE);
        }
    }

    @Test
    void answersNothingWithoutProc() {
        ScriptedCalls script = new ScriptedCalls().fail("open", Errno.ENOENT);
        try (Pagemap pages = Pagemap.open(script.calls())) {
            assertEquals(Pagemap.UNKNOWN, pages.hugeBytes(0, 4096));
            assertEquals(0, pages.frame(0));
        }
    }
}

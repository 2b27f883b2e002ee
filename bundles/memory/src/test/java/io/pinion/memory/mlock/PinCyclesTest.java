package io.pinion.memory.mlock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.linux.SystemCalls;
import io.pinion.linux.libc.LibC;
import io.pinion.memory.PagePinner.Access;
import io.pinion.memory.Pin;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A hundred thousand pins on the same few pages, by several threads, with the kernel. */
@Timeout(120)
class PinCyclesTest {
    private static final int THREADS = 4;
    private static final int CYCLES = 25_000;
    private static final int PAGES = 256;

    private final SystemCalls calls = new LibC();
    private final int page = calls.pageSize();
    private final LockedPages locked = new LockedPages();
    private final MlockPinner pinner = new MlockPinner(calls, "test", locked, new ProcessStatus(calls));
    private final ByteBuffer memory =
            ByteBuffer.allocateDirect((PAGES + 1) * page).alignedSlice(page).slice(0, PAGES * page);

    @Test
    void nothingIsLeftLocked() throws Exception {
        long before = MlockPinnerTest.locked();
        List<CompletableFuture<Void>> users = new ArrayList<>();
        for (int seed = 0; seed < THREADS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            users.add(CompletableFuture.runAsync(() -> cycle(random)));
        }
        for (CompletableFuture<Void> user : users) {
            user.get(100, TimeUnit.SECONDS);
        }
        assertEquals(before, MlockPinnerTest.locked());
        assertEquals(0, pinner.pinnedBytes());
        assertEquals(List.of(), pinner.pins());
    }

    /** Each keeps up to eight, closes them in any order, and some twice. */
    private void cycle(SplittableRandom random) {
        Deque<Pin> open = new ArrayDeque<>();
        for (int i = 0; i < CYCLES; i++) {
            if (open.size() == 8) {
                Pin pin = random.nextBoolean() ? open.pollFirst() : open.pollLast();
                assertTrue(pinner.pinnedBytes() > 0);
                pin.close();
                if (random.nextInt(10) == 0) {
                    pin.close();
                }
            }
            int from = random.nextInt(memory.capacity() - 1);
            int length = 1 + random.nextInt(Math.min(memory.capacity() - from, 16 * page));
            try {
                open.add(pinner.pin(memory.slice(from, length), Access.READ));
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
        open.forEach(Pin::close);
    }
}

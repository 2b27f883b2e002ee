package io.pinion.memory.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.memory.Arena;
import io.pinion.memory.BufferLease;
import io.pinion.memory.PagePinner;
import io.pinion.memory.Pin;
import io.pinion.memory.PinnedPage;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A pool, and pinners that come, go, refuse and fail. */
@Timeout(60)
class PoolPinningTest {
    private static final int PAGE = 4096;
    private static final long MIB = 1 << 20;

    @RegisterExtension
    final Pools pools = new Pools();

    private ArenaPool pool() {
        return pools.pool(16 * MIB, 2 * MIB, Duration.ofHours(1));
    }

    @Test
    void smallerArenasAreTakenWhereLargeOnesCannotBePinned() throws Exception {
        ArenaPool pool = pools.pool(64 * MIB, 16 * MIB, Duration.ofHours(1));
        RecordingPinner pinner = new RecordingPinner(4 * MIB);
        pool.bindPinner(pinner);
        BufferLease first = pool.lease(PAGE);
        assertEquals(4 * MIB, first.arena().length());
        assertEquals(4 * MIB, pinner.pinnedBytes());
        BufferLease second = pool.lease((int) (4 * MIB));
        assertEquals(4 * MIB, second.arena().length(), "as needed, and unpinned");
        assertTrue(pool.notes().toString().contains("not all is pinned: over"), pool.notes()::toString);
    }

    /** A smaller arena would be refused as well, and only cost the large one. */
    @Test
    void arenasStayAsLargeAsTheyAreWhereThatIsNotWhatIsRefused() throws Exception {
        List<Supplier<Exception>> refusals = List.of(
                () -> StorageException.of(Kind.ACCESS_DENIED, "pin", "a filter denies it")
                        .build(),
                () -> StorageException.of(Kind.NO_RESOURCES, "pin", "there are no mappings")
                        .build(),
                () -> new IllegalStateException("not today"));
        for (Supplier<Exception> refusal : refusals) {
            ArenaPool pool = pools.pool(64 * MIB, 16 * MIB, Duration.ofHours(1));
            RefusingPinner pinner = new RefusingPinner(refusal);
            pool.bindPinner(pinner);
            try (BufferLease lease = pool.lease(PAGE);
                    BufferLease next = pool.lease((int) (16 * MIB))) {
                assertEquals(16 * MIB, lease.arena().length());
                assertEquals(16 * MIB, next.arena().length());
                assertEquals(2, pinner.asked, "once for each arena");
                String reason = refusal.get() instanceof StorageException known
                        ? known.detail()
                        : refusal.get().getMessage();
                assertEquals(reason, pool.status().unpinned());
            }
        }
    }

    @Test
    void aPinnerThatComesLaterPinsWhatThereIs() throws Exception {
        ArenaPool pool = pool();
        BufferLease lease = pool.lease(PAGE);
        assertTrue(pool.notes().toString().contains("no PagePinner"), pool.notes()::toString);
        RecordingPinner pinner = new RecordingPinner(Long.MAX_VALUE);
        pool.bindPinner(pinner);
        assertEquals(2 * MIB, pinner.pinnedBytes());
        pool.unbindPinner(pinner);
        assertEquals(2 * MIB, pinner.pinnedBytes());
        pool.stop();
        lease.buffer().put(0, (byte) 3);
        assertEquals(2 * MIB, pinner.pinnedBytes(), "on lease still");
        lease.close();
        assertEquals(0, pinner.pinnedBytes());
    }

    @Test
    void itSaysWhyWhatCameLaterIsNotPinned() throws Exception {
        ArenaPool pool = pool();
        RecordingPinner pinner = new RecordingPinner(Long.MAX_VALUE);
        pool.bindPinner(pinner);
        try (BufferLease pinned = pool.lease((int) (2 * MIB))) {
            assertEquals("", pool.status().unpinned(), pinned::toString);
            pool.unbindPinner(pinner);
            try (BufferLease unpinned = pool.lease(PAGE)) {
                assertEquals("there is no PagePinner service", pool.status().unpinned(), unpinned::toString);
                assertEquals(2 * MIB, pool.status().pinned());
            }
        }
    }

    @Test
    void aPinnerThatComesWhileAnArenaIsFaultedInPinsIt() throws Exception {
        RecordingPinner pinner = new RecordingPinner(Long.MAX_VALUE);
        AtomicReference<ArenaPool> pool = new AtomicReference<>();
        pool.set(pools.pool(
                Pools.beforeFilling(() -> pool.get().bindPinner(pinner)), 2 * MIB, 2 * MIB, Duration.ofHours(1)));
        try (BufferLease lease = pool.get().lease(PAGE)) {
            assertEquals(2 * MIB, pinner.pinnedBytes(), lease::toString);
        }
    }

    /** The pin is made while the arena retires, and closed while the addresses could be on lease again. */
    @Test
    void noArenaIsEmptiedBehindALease() throws Exception {
        ArenaPool pool = pools.pool(4 * MIB, 2 * MIB, Duration.ofMillis(20));
        BufferLease first = pool.lease(PAGE);
        Arena arena = first.arena();
        SlowPinner slow = new SlowPinner();
        CompletableFuture<Void> binding = CompletableFuture.runAsync(() -> pool.bindPinner(slow));
        assertTrue(slow.pinning.await(30, TimeUnit.SECONDS));
        first.close();
        Pools.await("it retires", arena::isRetiring);
        TimeUnit.MILLISECONDS.sleep(100);
        slow.mayPin.countDown();
        assertTrue(slow.closing.await(30, TimeUnit.SECONDS));
        try (BufferLease next = pool.lease(PAGE)) {
            next.buffer().put(0, (byte) 7);
            slow.mayClose.countDown();
            binding.get(30, TimeUnit.SECONDS);
            assertEquals(7, next.buffer().get(0));
        }
    }

    @Test
    void aPinThatCannotBeClosedKeepsNoArena() throws Exception {
        ArenaPool pool = pools.pool(2 * MIB, 2 * MIB, Duration.ofMillis(20));
        pool.bindPinner(
                new SlowPinner() {
                    @Override
                    void close() {
                        throw new IllegalStateException("not today");
                    }
                }.ready());
        BufferLease lease = pool.lease(PAGE);
        long address = lease.arena().address();
        lease.close();
        Pools.await("it is given back", () -> pool.status().arenas() == 0);
        try (BufferLease next = pool.lease(PAGE, Pools.LONG)) {
            assertEquals(address, next.arena().address());
        }
    }

    /** Its first pin is made, and given back, when the test says so. */
    private static class SlowPinner implements PagePinner {
        final CountDownLatch pinning = new CountDownLatch(1);
        final CountDownLatch mayPin = new CountDownLatch(1);
        final CountDownLatch closing = new CountDownLatch(1);
        final CountDownLatch mayClose = new CountDownLatch(1);

        SlowPinner ready() {
            mayPin.countDown();
            return this;
        }

        void close() {
            closing.countDown();
            await(mayClose);
        }

        private static void await(CountDownLatch latch) {
            try {
                assertTrue(latch.await(30, TimeUnit.SECONDS));
            } catch (InterruptedException e) {
                // The pool's timer is stopped behind the test.
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public Pin pin(ByteBuffer region, Access access) {
            pinning.countDown();
            await(mayPin);
            return new Pin() {
                @Override
                public ByteBuffer region() {
                    return region;
                }

                @Override
                public List<PinnedPage> pages() {
                    return List.of();
                }

                @Override
                public void close() {
                    SlowPinner.this.close();
                }
            };
        }

        @Override
        public long pinnedBytes() {
            return 0;
        }

        @Override
        public long limitBytes() {
            return Long.MAX_VALUE;
        }
    }
}

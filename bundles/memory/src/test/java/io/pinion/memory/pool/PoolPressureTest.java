package io.pinion.memory.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.memory.Arena;
import io.pinion.memory.BufferLease;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A pool at its limit: what makes room, and who is told. */
@Timeout(60)
class PoolPressureTest {
    private static final int PAGE = 4096;
    private static final int MIB = 1 << 20;
    private static final Duration NEVER = Duration.ofHours(1);

    @RegisterExtension
    final Pools pools = new Pools();

    private final ArenaPool pool = pools.pool(4 * MIB, 2 * MIB, NEVER);

    private CompletableFuture<BufferLease> waiting(int size) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return pool.lease(size, Pools.LONG);
            } catch (StorageException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @Test
    void idleArenasMakeWayForALargerOne() throws Exception {
        BufferLease one = pool.lease(2 * MIB);
        BufferLease two = pool.lease(2 * MIB);
        one.close();
        assertEquals(
                Kind.MEMORY_LIMIT,
                assertThrows(StorageException.class, () -> pool.lease(4 * MIB)).kind());
        assertEquals(2, pool.status().arenas(), "nothing is given up in vain");
        two.close();
        try (BufferLease large = pool.lease(4 * MIB)) {
            assertEquals(4 * MIB, large.arena().length());
            assertEquals(1, pool.status().arenas());
        }
    }

    @Test
    void theyDoSoWhenTheirHoldersHaveReleasedThem() throws Exception {
        BufferLease one = pool.lease(2 * MIB);
        Arena arena = one.arena();
        assertTrue(arena.hold());
        one.close();
        CompletableFuture<BufferLease> large = waiting(4 * MIB);
        Pools.await("it retires", arena::isRetiring);
        Pools.await("it is waited for", () -> pool.status().waiting() == 1);
        assertFalse(large.isDone());
        arena.release();
        large.get(30, TimeUnit.SECONDS).close();
        assertEquals(0, pool.status().waiting());
    }

    @Test
    void whatWasLeakedIsFoundByWhoWaitsForIt() throws Exception {
        pool.lease(4 * MIB).buffer().put(0, (byte) 1);
        CompletableFuture<BufferLease> next = waiting(4 * MIB);
        Pools.await("it is had", () -> {
            System.gc();
            return next.isDone();
        });
        next.get().close();
        assertEquals(1, pool.status().leaks());
    }

    @Test
    void whatWasLeakedIsFoundByWhoAsks() throws Exception {
        pool.lease(PAGE).buffer().put(0, (byte) 1);
        Pools.await("it is told", () -> {
            System.gc();
            return pool.status().leaks() == 1;
        });
        assertEquals(0, pool.leasedBytes());
    }

    /** Two threads find no room at the same time, and one of the two arenas is enough for both. */
    @Test
    void anArenaThatNobodyNeededAfterAllGoesBack() throws Exception {
        CountDownLatch both = new CountDownLatch(2);
        ArenaPool shared = pools.pool(
                Pools.beforeFilling(() -> {
                    both.countDown();
                    try {
                        assertTrue(both.await(30, TimeUnit.SECONDS));
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                }),
                4 * MIB,
                2 * MIB,
                Duration.ofMillis(200));
        CompletableFuture<BufferLease> first = CompletableFuture.supplyAsync(() -> lease(shared));
        try (BufferLease second = lease(shared);
                BufferLease other = first.get(30, TimeUnit.SECONDS)) {
            Pools.await("one is left", () -> shared.status().arenas() == 1);
            assertEquals(second.arena(), other.arena());
        }
    }

    private static BufferLease lease(ArenaPool pool) {
        try {
            return pool.lease(PAGE);
        } catch (StorageException e) {
            throw new IllegalStateException(e);
        }
    }
}

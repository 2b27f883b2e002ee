package io.pinion.memory.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.memory.Arena;
import io.pinion.memory.BufferLease;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
class ArenaPoolTest {
    private static final int PAGE = 4096;
    private static final long MIB = 1 << 20;
    private static final long LONG = Pools.LONG;

    @RegisterExtension
    final Pools pools = new Pools();

    private ArenaPool pool() {
        return pools.pool(16 * MIB, 2 * MIB, Duration.ofHours(1));
    }

    @Test
    void leasesAreAlignedExactAndApart() throws Exception {
        ArenaPool pool = pool();
        Random random = new Random(7);
        List<BufferLease> leases = new ArrayList<>();
        long bytes = 0;
        for (int i = 0; i < 40; i++) {
            int size = 1 + random.nextInt(300_000);
            BufferLease lease = pool.lease(size);
            leases.add(lease);
            bytes += size;
            assertEquals(size, lease.buffer().capacity());
            assertEquals(0, lease.address() % PAGE);
            assertEquals(0, lease.buffer().alignmentOffset(0, PAGE));
            assertTrue(lease.address() >= lease.arena().address());
            assertTrue(lease.address() + size
                    <= lease.arena().address() + lease.arena().length());
            lease.buffer().put(0, (byte) i).put(size - 1, (byte) i);
        }
        assertEquals(bytes, pool.leasedBytes());
        for (int i = 0; i < leases.size(); i++) {
            BufferLease lease = leases.get(i);
            assertEquals(i, lease.buffer().get(lease.buffer().capacity() - 1));
            lease.close();
            lease.close();
        }
        assertEquals(0, pool.leasedBytes());
    }

    @Test
    void noMoreThanPartOfAPageIsWasted() throws Exception {
        ArenaPool pool = pools.pool(2 * MIB, 2 * MIB, Duration.ofHours(1));
        for (int size : new int[] {PAGE, PAGE + 1, 5 * PAGE, 100 * PAGE - 1, (int) MIB}) {
            List<BufferLease> leases = new ArrayList<>();
            int most = (int) (2 * MIB / ((size + PAGE - 1) / PAGE * PAGE));
            for (int i = 0; i < most; i++) {
                leases.add(pool.lease(size));
            }
            assertThrows(StorageException.class, () -> pool.lease(size));
            leases.forEach(BufferLease::close);
        }
    }

    @Test
    void whatIsHeldStaysUntilItIsReleased() throws Exception {
        ArenaPool pool = pool();
        BufferLease lease = pool.lease(PAGE);
        long address = lease.address();
        lease.hold();
        lease.close();
        assertThrows(IllegalStateException.class, lease::hold);
        assertEquals(PAGE, pool.leasedBytes());
        try (BufferLease other = pool.lease(PAGE)) {
            assertNotEquals(address, other.address());
            lease.release();
            assertEquals(PAGE, pool.leasedBytes());
            assertEquals(address, pool.lease(PAGE).address());
        }
    }

    @Test
    void overTheLimitItSaysWhatIsInTheWayAndWhatToChange() throws Exception {
        ArenaPool pool = pools.pool(2 * MIB, 2 * MIB, Duration.ofHours(1));
        BufferLease all = pool.lease((int) (2 * MIB));
        StorageException refused = assertThrows(StorageException.class, () -> pool.lease(PAGE));
        assertEquals(Kind.MEMORY_LIMIT, refused.kind());
        for (String words : List.of("4096 bytes", "leased 2 MiB", "limit=2 MiB", "io.pinion.pool")) {
            assertTrue(refused.getMessage().contains(words), refused.getMessage());
        }
        StorageException late = assertThrows(StorageException.class, () -> pool.lease(PAGE, 1_000_000));
        assertEquals(Kind.TIMEOUT, late.kind());
        CompletableFuture<BufferLease> waiting = CompletableFuture.supplyAsync(() -> {
            try {
                return pool.lease(PAGE, LONG);
            } catch (StorageException e) {
                throw new IllegalStateException(e);
            }
        });
        all.close();
        waiting.get(30, TimeUnit.SECONDS).close();
        for (int size : new int[] {0, -1}) {
            assertEquals(
                    Kind.INVALID_ARGUMENT,
                    assertThrows(StorageException.class, () -> pool.lease(size)).kind());
        }
    }

    /** It would take the whole timeout, and be a {@code TIMEOUT}. */
    @Test
    void whatNoLeaseThatIsClosedMakesRoomForIsRefusedAtOnce() throws Exception {
        ArenaPool pool = pools.pool(7 * MIB, 2 * MIB, Duration.ofHours(1));
        for (long size : new long[] {6 * MIB + 1, 8 * MIB, 1 << 30}) {
            StorageException refused = assertThrows(StorageException.class, () -> pool.lease((int) size, LONG));
            assertEquals(Kind.MEMORY_LIMIT, refused.kind());
            for (String words : List.of(size + " bytes", "limit=7 MiB", "raise limit in io.pinion.pool")) {
                assertTrue(refused.getMessage().contains(words), refused.getMessage());
            }
        }
        try (BufferLease largest = pool.lease((int) (6 * MIB))) {
            assertEquals(6 * MIB, largest.arena().length());
            CompletableFuture<Kind> waiting = CompletableFuture.supplyAsync(() -> assertThrows(
                            StorageException.class, () -> pool.lease((int) (6 * MIB), LONG))
                    .kind());
            Pools.await("it is waited for", () -> pool.status().waiting() == 1);
            pool.modified(Map.of("limit", "4MiB"));
            assertEquals(Kind.MEMORY_LIMIT, waiting.get(60, TimeUnit.SECONDS));
        }
    }

    @Test
    void anInterruptEndsTheWaitAndStays() throws Exception {
        ArenaPool pool = pools.pool(2 * MIB, 2 * MIB, Duration.ofHours(1));
        try (BufferLease all = pool.lease((int) (2 * MIB))) {
            Thread.currentThread().interrupt();
            StorageException ended = assertThrows(StorageException.class, () -> pool.lease(PAGE, LONG));
            assertEquals(Kind.INTERRUPTED, ended.kind());
            assertTrue(Thread.interrupted());
            assertEquals(2 * MIB, all.buffer().capacity());
        }
    }

    @Test
    void idleArenasGoBackWhenNobodyHoldsThemAndTheirAddressesAreUsedAgain() throws Exception {
        ArenaPool pool = pools.pool(4 * MIB, 2 * MIB, Duration.ofMillis(20));
        RecordingPinner pinner = new RecordingPinner(Long.MAX_VALUE);
        pool.bindPinner(pinner);
        BufferLease lease = pool.lease(PAGE);
        lease.buffer().put(0, (byte) 1);
        Arena arena = lease.arena();
        assertTrue(arena.hold());
        lease.close();
        Pools.await("it retires", arena::isRetiring);
        assertFalse(arena.hold());
        assertEquals(2 * MIB, pinner.pinnedBytes(), "a ring may use it still");
        arena.release();
        Pools.await("it is unpinned", () -> pinner.pinnedBytes() == 0);
        Pools.await("it is given back", () -> pool.notes().get(0).contains("in 0 arenas"));
        try (BufferLease next = pool.lease(PAGE)) {
            assertEquals(arena.address(), next.arena().address());
            assertEquals(0, next.buffer().get(0));
            assertFalse(arena.isRetiring());
            assertEquals(2 * MIB, pinner.pinnedBytes());
        }
    }

    @Test
    void anArenaThatIsNeededAgainRetiresNoMore() throws Exception {
        ArenaPool pool = pools.pool(2 * MIB, 2 * MIB, Duration.ofMillis(20));
        BufferLease lease = pool.lease(PAGE);
        Arena arena = lease.arena();
        assertTrue(arena.hold());
        lease.close();
        Pools.await("it retires", arena::isRetiring);
        try (BufferLease next = pool.lease(PAGE)) {
            assertEquals(arena, next.arena());
            assertTrue(arena.hold());
            arena.release();
        }
        arena.release();
    }

    @Test
    void aLeaseThatNobodyCanCloseAnyMoreIsFoundAndTakenBack() throws Exception {
        ArenaPool pool = pool();
        pool.modified(Map.of("limit", "4MiB", "arena.size", "2MiB", "leak.detail", "true"));
        leak(pool);
        Pools.await("found", () -> {
            System.gc();
            try (BufferLease next = pool.lease(PAGE)) {
                return next.address() > 0 && pool.notes().toString().contains("1 leases were never closed");
            } catch (StorageException e) {
                throw new IllegalStateException(e);
            }
        });
        assertEquals(0, pool.leasedBytes());
    }

    private static void leak(ArenaPool pool) throws StorageException {
        pool.lease(10 * PAGE).buffer().put(0, (byte) 1);
    }

    @Test
    void aBadConfigurationChangesNothing() {
        ArenaPool pool = pool();
        for (Map<String, Object> bad : List.<Map<String, Object>>of(
                Map.of("limit", "much"),
                Map.of("limit", "64MiB", "arena.size", "3MiB"),
                Map.of("limit", "64MiB", "arena.size", "2GiB"),
                Map.of("limit", "64MiB", "shrink.after", "soon"),
                Map.of("limit", "64MiB", "limits", "1"))) {
            pool.modified(bad);
            assertEquals(16 * MIB, pool.limitBytes(), bad::toString);
        }
        pool.modified(Map.of("limit", "64MiB"));
        assertEquals(64 * MIB, pool.limitBytes());
    }

    @Test
    void manyThreadsShareItWithoutMeeting() throws Exception {
        ArenaPool pool = pools.pool(8 * MIB, 2 * MIB, Duration.ofMillis(10));
        List<CompletableFuture<Void>> users = new ArrayList<>();
        for (int user = 1; user <= 4; user++) {
            byte mark = (byte) user;
            users.add(CompletableFuture.runAsync(() -> use(pool, mark)));
        }
        for (CompletableFuture<Void> user : users) {
            user.get(30, TimeUnit.SECONDS);
        }
        assertEquals(0, pool.leasedBytes());
    }

    private static void use(ArenaPool pool, byte mark) {
        Random random = new Random(mark);
        try {
            for (int i = 0; i < 2000; i++) {
                int size = 1 + random.nextInt(400_000);
                BufferLease lease = pool.lease(size, LONG);
                lease.hold();
                lease.buffer().put(0, mark).put(size / 2, mark).put(size - 1, mark);
                lease.close();
                Thread.yield();
                assertEquals(mark, lease.buffer().get(0));
                assertEquals(mark, lease.buffer().get(size / 2));
                assertEquals(mark, lease.buffer().get(size - 1));
                lease.release();
            }
        } catch (StorageException e) {
            throw new IllegalStateException(e);
        }
    }
}

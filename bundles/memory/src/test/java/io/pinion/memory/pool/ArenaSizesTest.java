package io.pinion.memory.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pinion.memory.BufferLease;
import io.pinion.memory.mlock.Bytes;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How much memory a pool takes at a time. */
@Timeout(60)
class ArenaSizesTest {
    private static final int PAGE = 4096;
    private static final long MIB = 1 << 20;

    @RegisterExtension
    final Pools pools = new Pools();

    @Test
    void oneThatIsLargerThanAnArenaHasItsOwn() throws Exception {
        ArenaPool pool = pools.pool(16 * MIB, 2 * MIB, Duration.ofHours(1));
        try (BufferLease small = pool.lease(PAGE);
                BufferLease large = pool.lease((int) (5 * MIB))) {
            assertEquals(6 * MIB, large.arena().length());
            assertEquals(2 * MIB, small.arena().length());
            assertEquals(0, large.arena().address() % (2 * MIB));
        }
    }

    /** One of 8 MiB could be pinned, and no ring could register it. */
    @ParameterizedTest
    @CsvSource({"8 MiB, 4096, 4", "8 MiB, 5242880, 6", "64 KiB, 4096, 2", "unlimited, 4096, 16"})
    void anArenaIsAtMostHalfOfWhatMayBeLockedUnlessALeaseIs(String lockable, int size, int expected) throws Exception {
        ArenaPool pool = pools.pool(() -> Bytes.parse(lockable), 64 * MIB, 16 * MIB);
        try (BufferLease lease = pool.lease(size)) {
            assertEquals(expected * MIB, lease.arena().length());
        }
    }

    @Test
    void arenasAreLargerWhenMoreMayBeLockedAndThePoolIsConfigured() throws Exception {
        AtomicLong lockable = new AtomicLong(8 * MIB);
        ArenaPool pool = pools.pool(lockable::get, 64 * MIB, 16 * MIB);
        try (BufferLease first = pool.lease((int) (4 * MIB))) {
            lockable.set(Long.MAX_VALUE);
            pool.modified(Map.of("limit", "64MiB", "arena.size", "16MiB"));
            try (BufferLease next = pool.lease(PAGE)) {
                assertEquals(4 * MIB, first.arena().length());
                assertEquals(16 * MIB, next.arena().length());
            }
        }
    }
}

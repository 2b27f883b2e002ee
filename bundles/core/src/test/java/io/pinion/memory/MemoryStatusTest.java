package io.pinion.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What services tell of memory; those of third parties, too, who know only part of it. */
class MemoryStatusTest {
    @Test
    void aPoolTellsWhatWasSetAndStaysSo() {
        PoolStatus.Builder builder = PoolStatus.builder()
                .leased(1)
                .held(2)
                .limit(3)
                .arenas(4)
                .huge(5)
                .pinned(6)
                .unpinned("seven")
                .waiting(8)
                .leaks(9);
        PoolStatus status = builder.build();
        builder.leased(0).unpinned("");
        assertEquals(
                List.of(1L, 2L, 3L, 4L, 5L, 6L, 8L, 9L),
                List.of(
                        status.leased(),
                        status.held(),
                        status.limit(),
                        (long) status.arenas(),
                        status.huge(),
                        status.pinned(),
                        (long) status.waiting(),
                        status.leaks()));
        assertEquals("seven", status.unpinned());
        assertEquals("", PoolStatus.builder().build().unpinned());
    }

    @Test
    void aPinTellsWhatWasSetAndWhenItWasMadeIfNobodySays() {
        PinnedPage page = PinnedPage.of(4096, 4096, 0, "[heap]");
        PinStatus status = PinStatus.builder("org.me: an index")
                .range(4096, 8192)
                .since(Instant.EPOCH)
                .pages(() -> List.of(page))
                .build();
        assertEquals("org.me: an index: 0x1000+8192", status.toString());
        assertEquals(Instant.EPOCH, status.since());
        assertEquals(List.of(page), status.pages());
        Instant before = Instant.now();
        PinStatus plain = PinStatus.builder("org.me").build();
        assertFalse(plain.since().isBefore(before));
        assertEquals(List.of(), plain.pages());
    }

    @Test
    void totalsOfWhoKnowsTheProcessAloneAreComplete() {
        PinTotals totals = PinTotals.builder(1, 2)
                .locked(3)
                .registered(4)
                .resourceLimit(5, true)
                .build();
        assertEquals(1, totals.pinned());
        assertEquals(2, totals.budget());
        assertEquals(OptionalLong.of(3), totals.locked());
        assertEquals(OptionalLong.of(4), totals.registered());
        assertEquals(OptionalLong.of(5), totals.resourceLimit());
        assertTrue(totals.isExempt());
        assertEquals(OptionalLong.empty(), PinTotals.builder(1, 2).build().registered());
    }
}

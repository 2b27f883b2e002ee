package io.pinion.core.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.core.volume.Cell.Kind;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FlushLedgerTest {
    private final Tally tally = new Tally();
    private final FlushLedger ledger = new FlushLedger(tally);

    private void write(long bytes) {
        tally.cell().begin(Kind.WRITE);
        tally.cell().end(Kind.WRITE, bytes);
    }

    private void assertUnflushed(long bytes) {
        assertEquals(bytes, ledger.durability().unflushedBytes());
        assertEquals(bytes > 0, ledger.durability().unflushedSince().isPresent());
    }

    @Test
    void whatWasWrittenWhileAFlushRanStillWaits() {
        assertUnflushed(0);
        assertEquals(Optional.empty(), ledger.durability().lastFlush());
        write(10);
        long mark = ledger.written();
        write(7);
        assertUnflushed(17);
        ledger.covered(mark);
        assertUnflushed(7);
        assertTrue(ledger.durability().lastFlush().isPresent());
    }

    @Test
    void anOlderFlushThatEndsLaterTakesNothingBack() {
        write(10);
        long older = ledger.written();
        write(10);
        ledger.covered(ledger.written());
        ledger.covered(older);
        assertUnflushed(0);
    }

    @Test
    void theWaitBeginsAnewWithWhatNoFlushHasCovered() {
        write(1);
        Instant first = ledger.durability().unflushedSince().orElseThrow();
        write(1);
        assertEquals(first, ledger.durability().unflushedSince().orElseThrow());
        ledger.covered(ledger.written());
        while (!Instant.now().isAfter(first)) {
            Thread.onSpinWait();
        }
        write(1);
        assertTrue(first.isBefore(ledger.durability().unflushedSince().orElseThrow()));
    }

    @Test
    void aDurableWriteWaitsForNothing() {
        tally.cell().begin(Kind.DURABLE_WRITE);
        tally.cell().end(Kind.DURABLE_WRITE, 10);
        assertUnflushed(0);
    }

    @Test
    void aQueuesFlushCoversTheWritesBeforeItBeforeTheyAreReaped() {
        FlushMarks marks = new FlushMarks(ledger, 2);
        marks.began(10);
        marks.mark(0);
        marks.covered(0);
        assertUnflushed(0);
        marks.ended(10, 10);
        write(10);
        assertUnflushed(0);
    }

    @Test
    void aWriteThatFailedIsNotMistakenForAnother() {
        FlushMarks marks = new FlushMarks(ledger, 2);
        marks.began(10);
        marks.mark(1);
        marks.ended(10, 0);
        write(10);
        marks.covered(1);
        assertUnflushed(10);
        marks.mark(0);
        marks.covered(0);
        assertUnflushed(0);
        assertFalse(ledger.durability().unflushedSince().isPresent());
    }
}

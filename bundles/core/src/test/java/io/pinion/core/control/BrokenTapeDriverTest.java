package io.pinion.core.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.strategy.Shape;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.TapePosition.Source;
import io.pinion.strategy.TapeResult;
import io.pinion.strategy.TapeResult.Outcome;
import io.pinion.volume.Pinion;
import io.pinion.volume.TapeDrive;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;

/** Drivers of drives that break their contract: it is noticed, told as what it is, and does no further harm. */
@Timeout(60)
class BrokenTapeDriverTest {
    private final FakeTape.Medium medium = new FakeTape.Medium();
    private final FakeTape a = new FakeTape(medium);
    private final FakeTape b = new FakeTape(medium);
    private final Pinion pinion = Pinion.start();
    private final TapeResult result = new TapeResult();
    private TapeDrive drive;

    @BeforeEach
    void open() throws Exception {
        pinion.add("a", a, Shape.TAPE, Set.of("faketape"), 0);
        pinion.add("b", b, Shape.TAPE, Set.of("faketape"), 0);
        pinion.configureTape("t", Map.of("target", "faketape:broken", "strategy", "a", "settle", "50ms"));
        drive = pinion.tape("t", Stage.SOON);
    }

    @AfterEach
    void close() {
        pinion.close();
    }

    private void assertFault(Executable call, String words) {
        StorageException e = assertThrows(StorageException.class, call);
        assertEquals(Kind.STRATEGY_FAULT, e.kind(), e.getMessage());
        assertTrue(e.getMessage().contains(words), e.getMessage());
    }

    private void breaks(BiConsumer<ByteBuffer, TapeResult> breach) {
        a.breach = Optional.of(breach);
    }

    private static void said(TapeResult result, Outcome outcome, int count) {
        result.set(outcome, count);
        result.setPosition(Source.DRIVE, 0, 0);
    }

    private void read() throws StorageException {
        drive.read(ByteBuffer.allocate(8), result);
    }

    private void write() throws StorageException {
        drive.write(ByteBuffer.allocate(8), result);
    }

    @Test
    void aReadOfNothingIsNone() {
        breaks((buffer, r) -> said(r, Outcome.DONE, 0));
        assertFault(this::read, "DONE of 0 bytes");
        assertFault(this::write, "returned 0 but moved the buffer by 0");
    }

    @Test
    void outcomesAreThoseOfTheOperation() {
        breaks((buffer, r) -> said(r, Outcome.EARLY_WARNING, 0));
        assertFault(this::read, "EARLY_WARNING");
        breaks((buffer, r) -> {
            said(r, Outcome.FILE_MARK, 8);
            buffer.position(8);
        });
        assertFault(this::read, "FILE_MARK of 8 bytes");
        assertFault(this::write, "FILE_MARK");
    }

    @Test
    void aResultSaysWhereTheTapeStands() throws Exception {
        write();
        a.forgetsPlace = true;
        assertFault(this::write, "its result has no place");
        assertFault(() -> drive.rewind(result), "its result has no place");
        assertFault(this::read, "its result has no place");
        a.forgetsPlace = false;
        drive.rewind(result);
        read();
        breaks((buffer, r) -> {
            r.set(Outcome.END_OF_DATA, 0);
            r.setPosition(Source.COUNTED, 0, -1);
        });
        assertFault(this::read, "blockAddress=-1");
    }

    /** It is asked where the tape stands once, and not behind each record. */
    @Test
    void aDriveThatCannotTellIsNotBroken() throws Exception {
        a.placeless = true;
        write();
        write();
        drive.rewind(result);
        read();
        assertEquals(Source.UNKNOWN, result.source());
        assertEquals(1, a.asked);
        a.placeless = false;
        read();
        assertEquals(2, result.blockAddress());
        a.forgetsPlace = true;
        assertFault(this::read, "its result has no place");
    }

    @Test
    void aBufferGetsItsLimitBack() {
        breaks((buffer, r) -> {
            buffer.position(0).limit(1);
            said(r, Outcome.END_OF_DATA, 0);
        });
        ByteBuffer buffer = ByteBuffer.allocate(8).position(2);
        assertFault(() -> drive.read(buffer, result), "limit by -7");
        assertEquals(2, buffer.position());
        assertEquals(8, buffer.limit());
        breaks((given, r) -> {
            given.limit(4);
            said(r, Outcome.END_OF_DATA, 0);
        });
        assertFault(() -> drive.read(buffer, result), "limit by -4");
        assertEquals(8, buffer.limit());
        assertFault(() -> drive.write(buffer, result), "limit");
        assertEquals(2, buffer.position());
        assertEquals(8, buffer.limit());
    }

    /** Nobody knows what of it the drive has. */
    @Test
    void whatAWriteMayHaveWrittenIsFlushedBeforeASwap() throws Exception {
        breaks((buffer, r) -> {
            medium.blocks.add(new byte[8]);
            medium.place++;
            throw new IllegalStateException("as the test wants it");
        });
        assertFault(this::write, "as the test wants it");
        assertEquals(8, pinion.admin().statistics("t").durability().unflushedBytes());
        a.breach = Optional.empty();
        pinion.admin().swap("t", "b");
        assertEquals(1, a.flushes);
        assertEquals(0, pinion.admin().statistics("t").durability().unflushedBytes());
    }

    /** What is offered beyond may write. */
    @Test
    void extrasAreForWhoKnowsWhereTheTapeStands() throws Exception {
        write();
        a.failsFlush = FakeTape.failure(Kind.IO_ERROR, "flush");
        assertThrows(StorageException.class, drive::flush);
        a.failsFlush = null;
        StorageException e = assertThrows(StorageException.class, () -> drive.with(FakeTape.Medium.class, own -> own));
        assertEquals(Kind.POSITION_UNKNOWN, e.kind());
        drive.rewind(result);
        assertEquals(medium, drive.with(FakeTape.Medium.class, own -> own));
    }
}

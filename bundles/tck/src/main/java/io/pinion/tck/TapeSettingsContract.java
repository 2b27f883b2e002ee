package io.pinion.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pinion.strategy.Capability;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.TapeChannel;
import io.pinion.strategy.TapePosition.Source;
import io.pinion.strategy.TapeResult;
import io.pinion.strategy.TapeResult.Outcome;
import io.pinion.strategy.TapeStatus.Condition;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is declared works, and what is not is refused, never ignored. */
interface TapeSettingsContract extends TapeContract {
    /** What the strategy does not declare is unsupported, and changes nothing. */
    @Test
    default void whatIsNotDeclaredIsUnsupported() throws Exception {
        NumberedRecords records = new NumberedRecords(trial().traits());
        TapeChannel channel = trial().open();
        records.write(channel, 1, 2);
        TapeResult result = new TapeResult();
        Map<Capability, Crew.Task> calls = new EnumMap<>(Map.of(
                Capability.FIXED_BLOCKS,
                        () -> channel.setBlockSize(trial().traits().fit(1024)),
                Capability.DENSITY, () -> channel.setDensity(0x5A),
                Capability.COMPRESSION, () -> channel.setCompression(true),
                Capability.ERASE, () -> channel.erase(result)));
        for (Map.Entry<Capability, Crew.Task> call : calls.entrySet()) {
            if (!trial().can(call.getKey())) {
                assertUnsupported(call.getKey(), call.getValue());
            }
        }
        if (!trial().can(Capability.LOAD)) {
            assertUnsupported(Capability.LOAD, () -> channel.load(result));
            assertUnsupported(Capability.LOAD, () -> channel.unload(result));
        }
        assertEquals(2, channel.position().blockAddress());
        assertEquals(0, channel.status().blockSize());
        records.write(channel, 3, 3);
        records.readAll(channel, 3);
    }

    private static void assertUnsupported(Capability capability, Crew.Task call) {
        StorageException e = assertThrows(StorageException.class, call::run, capability + " is not declared");
        assertEquals(Kind.UNSUPPORTED, e.kind(), capability + " is not declared");
    }

    /** Compression is switched without moving, is told where the drive knows, and whatever was written is read. */
    @Test
    default void compressionIsSwitched() throws Exception {
        trial().needs(Capability.COMPRESSION);
        NumberedRecords records = new NumberedRecords(trial().traits());
        TapeChannel channel = trial().open();
        boolean before = channel.status().compression().orElse(false);
        int written = 0;
        for (boolean on : new boolean[] {!before, before}) {
            channel.setCompression(on);
            channel.status().compression().ifPresent(told -> assertEquals(on, told));
            assertEquals(written, channel.position().blockAddress());
            records.write(channel, written + 1, written + 3);
            written += 3;
        }
        records.readAll(channel, written);
    }

    /** The density that the drive has can be set, without moving. */
    @Test
    default void densityIsChosen() throws Exception {
        trial().needs(Capability.DENSITY);
        TapeChannel channel = trial().open();
        assumeTrue(channel.status().density().isPresent(), "the drive does not tell its density");
        int code = channel.status().density().getAsInt();
        channel.setDensity(code);
        assertEquals(code, channel.status().density().orElse(-1));
        assertEquals(0, channel.position().blockAddress());
    }

    /** A tape that is unloaded is nowhere, and one that is loaded is at its beginning, with all that was on it. */
    @Test
    default void anUnloadedTapeIsLoadedAgain() throws Exception {
        trial().needs(Capability.LOAD);
        NumberedRecords records = new NumberedRecords(trial().traits());
        TapeChannel channel = trial().open();
        records.write(channel, 1, 3);
        TapeResult result = new TapeResult();
        channel.unload(result);
        assertEquals(Outcome.DONE, result.outcome());
        assertEquals(Source.UNKNOWN, result.source());
        assertFalse(channel.status().is(Condition.READY));
        Frame frame = Frame.of(BufferKind.PAGE, trial().traits().fit(5000));
        assertNotReady(() -> channel.read(frame.buffer(), result));
        assertNotReady(() -> channel.write(frame.buffer(), result));
        frame.assertMoved(0, "transfers without a tape");
        result.clear();
        channel.load(result);
        assertEquals(Outcome.DONE, result.outcome());
        assertEquals(0, result.blockAddress());
        assertTrue(channel.status().is(Condition.READY));
        records.readAll(channel, 3);
    }

    private static void assertNotReady(Crew.Task call) {
        Kind kind = assertThrows(StorageException.class, call::run).kind();
        assertTrue(kind == Kind.NOT_READY || kind == Kind.POSITION_UNKNOWN, kind::toString);
    }
}

package io.pinion.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.pinion.guest.boot.InGuest;
import io.pinion.guest.device.ScsiDebugTape;
import io.pinion.guest.device.TapeUse;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.TapeChannel;
import io.pinion.strategy.TapePosition;
import io.pinion.strategy.TapeResult;
import io.pinion.strategy.TapeResult.Outcome;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** A drive that cannot read, write or flush, once. */
@InGuest
class TapeErrorIT {
    private static final int RECORD = 4096;

    private static final int READ = 0x08;
    private static final int WRITE = 0x0a;
    private static final int WRITE_FILEMARKS = 0x10;

    /** MEDIUM ERROR, unrecovered read error; the same, write error. */
    private static final int[] UNREADABLE = {3, 0x11, 0};

    private static final int[] UNWRITABLE = {3, 0x0c, 0};

    private static void write(TapeUse use, int from, int to) throws StorageException {
        ByteBuffer memory = TapeUse.memory(RECORD);
        for (int i = from; i < to; i++) {
            use.channel().write(memory.clear().putInt(0, i), use.result());
        }
    }

    private static void check(TapeUse use, int records) throws StorageException {
        ByteBuffer memory = TapeUse.memory(RECORD);
        use.channel().rewind(use.result());
        for (int i = 0; i < records; i++) {
            use.channel().read(memory.clear(), use.result());
            assertEquals(i, memory.getInt(0));
        }
        TapeResult result = use.result();
        use.channel().read(memory.clear(), result);
        assertEquals(Outcome.END_OF_DATA, result.outcome());
    }

    @Test
    void a_record_that_cannot_be_read_stays_in_front_of_the_tape() throws Exception {
        try (ScsiDebugTape drive = new ScsiDebugTape();
                TapeUse use = new TapeUse(drive.tape())) {
            write(use, 0, 5);
            use.channel().rewind(use.result());
            use.channel().spaceRecords(2, use.result());
            drive.fail(READ, UNREADABLE);
            TapeResult result = use.result();
            ByteBuffer memory = TapeUse.memory(RECORD);
            StorageException failure =
                    assertThrows(StorageException.class, () -> use.channel().read(memory, result));
            assertEquals(Kind.MEDIUM_ERROR, failure.kind(), failure::getMessage);
            assertEquals(0, memory.position());
            assertEquals(2, result.blockAddress());
            use.channel().read(memory, result);
            assertEquals(2, memory.getInt(0));
            check(use, 5);
        }
    }

    /** And the records before it are on the tape, which the drive was asked for. */
    @Test
    void a_record_that_cannot_be_written_is_the_only_one_that_is_not() throws Exception {
        try (ScsiDebugTape drive = new ScsiDebugTape();
                TapeUse use = new TapeUse(drive.tape())) {
            write(use, 0, 3);
            drive.fail(WRITE, UNWRITABLE);
            TapeResult result = use.result();
            StorageException failure =
                    assertThrows(StorageException.class, () -> use.channel().write(TapeUse.memory(RECORD), result));
            assertEquals(Kind.MEDIUM_ERROR, failure.kind(), failure::getMessage);
            assertFalse(failure.isDeferred(), failure::getMessage);
            assertEquals(3, failure.position().orElseThrow().blockAddress());
            assertEquals(3, result.blockAddress());
            write(use, 3, 5);
            check(use, 5);
        }
    }

    @Test
    void a_failed_flush_stops_the_stream_and_says_what_is_on_the_tape() throws Exception {
        try (ScsiDebugTape drive = new ScsiDebugTape();
                TapeUse use = new TapeUse(drive.tape())) {
            TapeChannel channel = use.channel();
            write(use, 0, 2);
            channel.flush();
            write(use, 2, 4);
            drive.fail(WRITE_FILEMARKS, UNWRITABLE);
            StorageException failure = assertThrows(StorageException.class, channel::flush);
            assertEquals(Kind.FLUSH_FAILED, failure.kind(), failure::getMessage);
            TapePosition flushed = failure.position().orElseThrow();
            assertEquals(2, flushed.blockAddress());
            failure = assertThrows(StorageException.class, () -> write(use, 4, 5));
            assertEquals(Kind.POSITION_UNKNOWN, failure.kind(), failure::getMessage);
            channel.locate(flushed, use.result());
            write(use, 2, 5);
            channel.flush();
            check(use, 5);
        }
    }
}

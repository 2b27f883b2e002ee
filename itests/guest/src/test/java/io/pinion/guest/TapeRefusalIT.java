package io.pinion.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.guest.boot.InGuest;
import io.pinion.guest.device.ScsiDebugTape;
import io.pinion.guest.device.Tape;
import io.pinion.guest.device.TapeUse;
import io.pinion.guest.device.TgtTape;
import io.pinion.strategy.Access;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.TapeChannel;
import io.pinion.strategy.TapePosition.Source;
import io.pinion.strategy.TapeResult;
import io.pinion.strategy.TapeResult.Outcome;
import io.pinion.strategy.TapeStatus;
import io.pinion.strategy.TapeStatus.Condition;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What a drive, or its state, does not allow: it is said what, and nothing has happened to the tape. */
@InGuest
class TapeRefusalIT {
    private static final int RECORD = 8192;

    private static StorageException refused(Kind kind, Executable what) {
        StorageException failure = assertThrows(StorageException.class, what);
        assertEquals(kind, failure.kind(), failure::getMessage);
        return failure;
    }

    private static void says(StorageException failure, String words) {
        assertTrue(failure.getMessage().contains(words), failure::getMessage);
    }

    @Test
    void a_node_that_rewinds_is_refused_and_the_right_one_named() throws Exception {
        try (ScsiDebugTape drive = new ScsiDebugTape()) {
            Tape tape = drive.tape();
            StorageException failure =
                    refused(Kind.WRONG_TYPE, () -> new TapeUse(tape.rewindingNode(), Access.READ_WRITE));
            says(failure, "name " + tape.node());
        }
    }

    @Test
    void a_drive_that_somebody_else_has_open_is_in_use() throws Exception {
        try (ScsiDebugTape drive = new ScsiDebugTape();
                TapeUse use = new TapeUse(drive.tape())) {
            use.channel().position();
            says(
                    refused(Kind.IN_USE, () -> new TapeUse(drive.tape())),
                    "fuser -v " + drive.tape().node());
        }
    }

    /** It takes no two minutes, and the drive can be used as soon as there is one. */
    @Test
    void without_a_tape_a_drive_is_not_ready() throws Exception {
        try (ScsiDebugTape drive = new ScsiDebugTape()) {
            drive.tape().mt("offline");
            long start = System.nanoTime();
            try (TapeUse use = new TapeUse(drive.tape())) {
                TapeChannel channel = use.channel();
                assertFalse(channel.status().is(Condition.READY));
                TapeResult result = use.result();
                refused(Kind.NOT_READY, () -> channel.read(TapeUse.memory(RECORD), result));
                assertEquals(Source.UNKNOWN, result.source());
                refused(Kind.NOT_READY, () -> channel.write(TapeUse.memory(RECORD), result));
                refused(Kind.NOT_READY, () -> channel.rewind(result));
                channel.load(use.result());
                assertEquals(0, channel.position().blockAddress());
                assertTrue(channel.status().is(Condition.READY));
                channel.write(TapeUse.memory(RECORD), use.result());
            }
            long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds();
            assertTrue(seconds < 60, () -> "took " + seconds + " s");
        }
    }

    @Test
    void an_unload_in_mid_stream_ends_the_stream_and_loses_nothing() throws Exception {
        try (ScsiDebugTape drive = new ScsiDebugTape();
                TapeUse use = new TapeUse(drive.tape())) {
            TapeChannel channel = use.channel();
            for (int i = 0; i < 5; i++) {
                channel.write(TapeUse.memory(RECORD).putInt(0, i), use.result());
            }
            TapeResult unloaded = use.result();
            channel.unload(unloaded);
            assertEquals(Outcome.DONE, unloaded.outcome());
            assertEquals(Source.UNKNOWN, unloaded.source());
            refused(Kind.NOT_READY, () -> channel.write(TapeUse.memory(RECORD), use.result()));
            channel.load(use.result());
            TapeResult result = use.result();
            channel.spaceRecords(100, result);
            assertEquals(Outcome.END_OF_DATA, result.outcome());
            assertEquals(5, result.count());
        }
    }

    /** By its button, say: the driver learns of it from the drive. */
    @Test
    void a_tape_that_somebody_else_takes_out_is_missed() throws Exception {
        try (ScsiDebugTape drive = new ScsiDebugTape();
                TapeUse use = new TapeUse(drive.tape())) {
            TapeChannel channel = use.channel();
            channel.write(TapeUse.memory(RECORD), use.result());
            channel.flush();
            drive.eject();
            TapeResult result = use.result();
            StorageException failure =
                    assertThrows(StorageException.class, () -> channel.write(TapeUse.memory(RECORD), result));
            assertTrue(
                    failure.kind() == Kind.NOT_READY || failure.kind() == Kind.POSITION_UNKNOWN, failure::getMessage);
            assertEquals(Source.UNKNOWN, result.source());
            channel.load(use.result());
            channel.spaceToEndOfData(use.result());
            assertEquals(1, channel.position().blockAddress());
        }
    }

    @Test
    void a_write_protected_tape_is_read_alone() throws Exception {
        var image = TgtTape.blank();
        try (TgtTape drive = new TgtTape(image, "readonly=1");
                TapeUse use = new TapeUse(drive.tape())) {
            TapeChannel channel = use.channel();
            channel.rewind(use.result());
            assertTrue(channel.status().is(Condition.WRITE_PROTECTED));
            TapeResult result = use.result();
            ByteBuffer memory = TapeUse.memory(RECORD);
            refused(Kind.READ_ONLY, () -> channel.write(memory, result));
            assertEquals(0, memory.position());
            assertEquals(0, result.count());
            refused(Kind.READ_ONLY, () -> channel.writeFileMarks(1, result));
        }
    }

    @Test
    void a_claim_for_reading_writes_nothing() throws Exception {
        try (ScsiDebugTape drive = new ScsiDebugTape();
                TapeUse use = new TapeUse(drive.tape().node(), Access.READ_ONLY)) {
            use.channel().rewind(use.result());
            says(
                    refused(Kind.READ_ONLY, () -> use.channel().write(TapeUse.memory(RECORD), use.result())),
                    "access=read-write");
            refused(Kind.READ_ONLY, () -> use.channel().writeFileMarks(1, use.result()));
            refused(Kind.READ_ONLY, () -> use.channel().erase(use.result()));
        }
    }

    @Test
    void a_record_over_the_limits_is_refused_with_the_limits() throws Exception {
        try (ScsiDebugTape drive = new ScsiDebugTape();
                TapeUse use = new TapeUse(drive.tape())) {
            int largest = use.examination().geometry().maximumRecordSize();
            assertEquals(1 << 20, largest);
            says(
                    refused(
                            Kind.INVALID_ARGUMENT,
                            () -> use.channel().write(TapeUse.memory(largest + 512), use.result())),
                    "" + largest);
            says(refused(Kind.INVALID_ARGUMENT, () -> use.channel().setBlockSize(largest + 512)), "" + largest);
        }
    }

    /** The drive says how long the record is, and stands in front of it again. */
    @Test
    void a_record_that_is_too_long_is_measured() throws Exception {
        try (ScsiDebugTape drive = new ScsiDebugTape();
                TapeUse use = new TapeUse(drive.tape())) {
            TapeChannel channel = use.channel();
            channel.write(TapeUse.memory(70_000 / 512 * 512), use.result());
            channel.rewind(use.result());
            for (int room : new int[] {10, 512, 8192, 65_536}) {
                TapeResult result = use.result();
                channel.read(TapeUse.memory(room), result);
                assertEquals(Outcome.RECORD_TOO_LONG, result.outcome());
                assertEquals(70_000 / 512 * 512, result.recordLength(), "room " + room);
                assertEquals(0, result.blockAddress());
            }
            TapeResult result = use.result();
            channel.read(TapeUse.memory(1 << 20), result);
            assertEquals(70_000 / 512 * 512, result.count());
        }
    }

    /** Whatever was changed is as it was, once nobody uses the drive any more. */
    @Test
    void settings_are_given_back_as_they_were() throws Exception {
        try (ScsiDebugTape drive = new ScsiDebugTape()) {
            int before;
            try (TapeUse use = new TapeUse(drive.tape())) {
                TapeStatus status = use.channel().status();
                before = status.blockSize();
                use.channel().setBlockSize(2048);
                use.swap();
                assertEquals(2048, use.channel().status().blockSize());
                use.channel().write(TapeUse.memory(4096), use.result());
                assertEquals(2, use.channel().position().blockAddress());
                refused(Kind.INVALID_ARGUMENT, () -> use.channel().write(TapeUse.memory(3000), use.result()));
                use.channel().writeFileMarks(1, use.result());
                use.channel().rewind(use.result());
                TapeResult result = use.result();
                use.channel().read(TapeUse.memory(8192), result);
                assertEquals(4096, result.count());
                assertEquals(2, use.channel().position().blockAddress());
                use.channel().read(TapeUse.memory(8192), result);
                assertEquals(Outcome.FILE_MARK, result.outcome());
                assertEquals(3, use.channel().position().blockAddress());
            }
            try (TapeUse use = new TapeUse(drive.tape())) {
                assertEquals(before, use.channel().status().blockSize());
            }
        }
    }

    @Test
    void the_status_names_drive_and_driver() throws Exception {
        try (ScsiDebugTape drive = new ScsiDebugTape();
                TapeUse use = new TapeUse(drive.tape())) {
            String notes = use.channel().status().notes().toString();
            System.out.println("guest: " + use.channel().status() + " " + notes);
            assertTrue(notes.contains("drive Linux scsi_debug, revision"), notes);
            assertTrue(notes.contains("serial number"), notes);
            assertTrue(notes.contains("try_direct_io=1"), notes);
            assertTrue(notes.contains("records of 512 to 1048576 bytes"), notes);
        }
    }
}

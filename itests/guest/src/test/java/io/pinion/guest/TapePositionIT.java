package io.pinion.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.guest.boot.InGuest;
import io.pinion.guest.device.ScsiDebugTape;
import io.pinion.guest.device.Tape;
import io.pinion.guest.device.TapeUse;
import io.pinion.strategy.Capability;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.TapeChannel;
import io.pinion.strategy.TapePosition;
import io.pinion.strategy.TapePosition.Source;
import io.pinion.strategy.TapeResult;
import io.pinion.strategy.TapeResult.Outcome;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Where a tape stands, according to Pinion, to the drive and to mt(1), and what becomes of it when the drive is reset. */
@InGuest
class TapePositionIT {
    private static final int RECORD = 4096;

    /** Does something with a channel. */
    private interface Step {
        void on(TapeChannel channel, TapeResult result) throws StorageException;
    }

    private static void write(TapeChannel channel, TapeResult result, int records) throws StorageException {
        ByteBuffer memory = TapeUse.memory(RECORD);
        for (int i = 0; i < records; i++) {
            channel.write(memory.rewind(), result);
        }
    }

    /** Gives the drive up after each step, so that mt can look; which adds no mark, and moves nothing. */
    @Test
    void mt_agrees_after_every_step() throws Exception {
        try (ScsiDebugTape drive = new ScsiDebugTape()) {
            Tape tape = drive.tape();
            agrees(tape, 0, 0, (c, r) -> c.rewind(r));
            agrees(tape, 3, 0, (c, r) -> write(c, r, 3));
            agrees(tape, 4, 1, (c, r) -> c.writeFileMarks(1, r));
            agrees(tape, 9, 1, (c, r) -> write(c, r, 5));
            agrees(tape, 11, 3, (c, r) -> c.writeFileMarks(2, r));
            agrees(tape, 12, 3, (c, r) -> write(c, r, 1));
            agrees(tape, 10, 2, (c, r) -> c.spaceFileMarks(-1, r));
            agrees(tape, 3, 0, (c, r) -> c.spaceFileMarks(-2, r));
            agrees(tape, 2, 0, (c, r) -> c.spaceRecords(-1, r));
            agrees(tape, 3, 0, (c, r) -> c.read(TapeUse.memory(RECORD), r));
            agrees(tape, 4, 1, (c, r) -> c.read(TapeUse.memory(RECORD), r));
            agrees(tape, 6, 1, (c, r) -> c.spaceRecords(2, r));
            agrees(tape, 10, 2, (c, r) -> c.spaceRecords(100, r));
            agrees(tape, 12, 3, (c, r) -> c.spaceToEndOfData(r));
            agrees(tape, 12, 3, (c, r) -> c.read(TapeUse.memory(RECORD), r));
            agrees(tape, 5, -1, (c, r) -> c.locate(TapePosition.at(Source.COUNTED, 0, 5), r));
            agrees(tape, 6, -1, (c, r) -> c.read(TapeUse.memory(RECORD), r));
            agrees(tape, 0, 0, (c, r) -> c.rewind(r));
            // Nothing that was done since has shortened the tape.
            agrees(tape, 12, 3, (c, r) -> c.spaceToEndOfData(r));
        }
    }

    private static void agrees(Tape tape, long block, long file, Step step) throws Exception {
        try (TapeUse use = new TapeUse(tape)) {
            TapeResult result = use.result();
            step.on(use.channel(), result);
            assertEquals(block, result.blockAddress(), result::toString);
            TapePosition position = use.channel().position();
            assertEquals(Source.DRIVE, position.source());
            assertEquals(block, position.blockAddress());
            assertTrue(file < 0 || position.fileNumber().getAsLong() == file, position.fileNumber()::toString);
        }
        assertEquals(block, tape.tell());
        assertTrue(file < 0 || tape.fileNumber() == file, "mt says file " + tape.fileNumber());
    }

    /** What was written and not flushed gets no mark from the driver's close either. */
    @Test
    void an_abandoned_channel_leaves_no_mark() throws Exception {
        try (ScsiDebugTape drive = new ScsiDebugTape()) {
            TapeUse abandoned = new TapeUse(drive.tape());
            write(abandoned.channel(), abandoned.result(), 2);
            abandoned.abandon();
            assertEquals(2, drive.tape().tell());
            try (TapeUse use = new TapeUse(drive.tape())) {
                write(use.channel(), use.result(), 1);
                use.channel().writeFileMarks(1, use.result());
                use.channel().rewind(use.result());
                TapeResult result = use.result();
                use.channel().spaceFileMarks(1, result);
                assertEquals(4, result.blockAddress(), result::toString);
            }
        }
    }

    /** The drive's successor goes on at the next record, whoever serves it. */
    @Test
    void a_swap_moves_nothing_and_writes_nothing() throws Exception {
        try (ScsiDebugTape drive = new ScsiDebugTape();
                TapeUse use = new TapeUse(drive.tape())) {
            for (int i = 1; i <= 20; i++) {
                write(use.channel(), use.result(), 1);
                use.swap();
                assertEquals(i, use.channel().position().blockAddress());
            }
            use.channel().rewind(use.result());
            TapeResult result = use.result();
            use.channel().spaceRecords(100, result);
            assertEquals(Outcome.END_OF_DATA, result.outcome());
            assertEquals(20, result.count());
        }
    }

    /** Nobody knows where the tape is then: nothing is read or written until it has been put somewhere. */
    @Test
    void after_a_reset_the_position_is_unknown() throws Exception {
        try (ScsiDebugTape drive = new ScsiDebugTape();
                TapeUse use = new TapeUse(drive.tape())) {
            TapeChannel channel = use.channel();
            write(channel, use.result(), 5);
            channel.flush();
            drive.reset();
            TapeResult result = use.result();
            ByteBuffer memory = TapeUse.memory(RECORD);
            for (int i = 0; i < 2; i++) {
                StorageException failure =
                        assertThrows(StorageException.class, () -> channel.write(memory.rewind(), result));
                assertEquals(Kind.POSITION_UNKNOWN, failure.kind(), failure::getMessage);
                assertEquals(Source.UNKNOWN, result.source());
                assertEquals(Source.UNKNOWN, channel.position().source());
            }
            for (Step step : new Step[] {
                (c, r) -> c.read(TapeUse.memory(RECORD), r),
                (c, r) -> c.writeFileMarks(1, r),
                (c, r) -> c.spaceRecords(1, r),
                (c, r) -> c.spaceFileMarks(-1, r)
            }) {
                StorageException failure = assertThrows(StorageException.class, () -> step.on(channel, use.result()));
                assertEquals(Kind.POSITION_UNKNOWN, failure.kind(), failure::getMessage);
            }
            assertTrue(channel.status().notes().toString().contains("reset"), () -> notes(channel));
            channel.locate(TapePosition.at(Source.DRIVE, 0, 3), use.result());
            channel.read(memory.clear(), use.result());
            assertEquals(4, channel.position().blockAddress());
            channel.spaceToEndOfData(use.result());
            assertEquals(5, channel.position().blockAddress());
        }
    }

    private static String notes(TapeChannel channel) {
        try {
            return channel.status().notes().toString();
        } catch (StorageException e) {
            return e.toString();
        }
    }

    @Test
    void partitions_are_told_apart() throws Exception {
        try (ScsiDebugTape drive = new ScsiDebugTape()) {
            drive.tape().mt("stsetoptions", "can-partitions");
            drive.tape().mt("mkpartition", "1");
            try (TapeUse use = new TapeUse(drive.tape())) {
                assertTrue(use.examination().capabilities().contains(Capability.PARTITIONS));
                TapeChannel channel = use.channel();
                assertEquals(2, channel.status().partitions());
                TapeResult result = use.result();
                write(channel, result, 3);
                channel.locate(TapePosition.at(Source.DRIVE, 1, 0), result);
                write(channel, result, 2);
                assertEquals(1, result.partition());
                assertEquals(2, result.blockAddress());
                assertTrue(channel.position().isSamePlace(TapePosition.at(Source.DRIVE, 1, 2)), result::toString);
                channel.locate(TapePosition.at(Source.DRIVE, 0, 2), result);
                assertEquals(0, result.partition());
                channel.spaceRecords(10, result);
                assertEquals(1, result.count());
                channel.locate(TapePosition.at(Source.DRIVE, 1, 0), result);
                channel.spaceRecords(10, result);
                assertEquals(2, result.count());
                StorageException failure = assertThrows(
                        StorageException.class, () -> channel.locate(TapePosition.at(Source.DRIVE, 2, 0), result));
                assertEquals(Kind.INVALID_ARGUMENT, failure.kind(), failure::getMessage);
            }
        }
    }

    /** In random order, and with random lengths: each record begins with its own number. */
    @Test
    void each_position_leads_to_its_record() throws Exception {
        long seed = Long.getLong("pinion.torture.seed", System.nanoTime());
        Random random = new Random(seed);
        try (ScsiDebugTape drive = new ScsiDebugTape();
                TapeUse use = new TapeUse(drive.tape())) {
            TapeChannel channel = use.channel();
            TapeResult result = use.result();
            ByteBuffer memory = TapeUse.memory(1 << 16);
            int records = 300;
            TapePosition[] positions = new TapePosition[records];
            for (int i = 0; i < records; i++) {
                positions[i] = result.source() == Source.UNKNOWN ? channel.position() : result.position();
                memory.clear().putInt(0, i).limit(512 * (1 + random.nextInt(128)));
                channel.write(memory, result);
                if (random.nextInt(10) == 0) {
                    channel.writeFileMarks(1 + random.nextInt(2), result);
                }
            }
            for (int i = 0; i < 100; i++) {
                int wanted = random.nextInt(records);
                channel.locate(positions[wanted], result);
                channel.read(memory.clear(), result);
                assertEquals(wanted, memory.getInt(0), "seed " + seed);
            }
        }
    }
}

package io.pinion.tape.st;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.linux.Errno;
import io.pinion.linux.Linux;
import io.pinion.strategy.Access;
import io.pinion.strategy.Handover;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.TapeChannel;
import io.pinion.strategy.TapePosition;
import io.pinion.strategy.TapePosition.Source;
import io.pinion.strategy.TapeResult.Outcome;
import io.pinion.strategy.TapeStatus.Condition;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What is made of the driver's errors, where the kit's contract has none. */
class StErrorTest extends OnFakeDrive {
    /** A tape that stands where the write began has lost nothing that was there. */
    @Test
    void aWriteThatFailedWithoutMovingTheTapeIsItsOwnRecords() throws Exception {
        write(3);
        fail(Errno.EIO, -1);
        ByteBuffer record = memory(RECORD);
        StorageException failure = refused(Kind.MEDIUM_ERROR, () -> channel.write(record, result));
        assertFalse(failure.isDeferred());
        assertEquals(0, record.position());
        assertEquals(3, result.blockAddress());
        write(1);
        assertEquals(4, result.blockAddress());
    }

    /** Records that the drive had taken, and then could not write. */
    @Test
    void aWriteThatLostEarlierRecordsIsDeferredAndStopsTheStream() throws Exception {
        write(2);
        channel.flush();
        write(3);
        fail(Errno.EIO, -1);
        drive.at = 3;
        StorageException failure = refused(Kind.POSITION_UNKNOWN, () -> channel.write(memory(RECORD), result));
        assertTrue(failure.isDeferred());
        assertEquals(2, failure.position().orElseThrow().blockAddress());
        assertEquals(Source.UNKNOWN, result.source());
        refused(Kind.POSITION_UNKNOWN, () -> channel.write(memory(RECORD), result));
        refused(Kind.FLUSH_FAILED, () -> channel.flush());
        channel.locate(TapePosition.at(Source.DRIVE, 0, 2), result);
        assertEquals(2, result.blockAddress());
        channel.flush();
    }

    /** Through the driver it does not say whose the error was; that it cannot flush says that it was not this one's alone. */
    @Test
    void aWriteAfterWhichTheDriveCannotFlushIsDeferred() throws Exception {
        write(3);
        fail(Errno.EIO, -1);
        drive.failingNext = Linux.MTWEOF;
        assertTrue(refused(Kind.POSITION_UNKNOWN, () -> channel.write(memory(RECORD), result))
                .isDeferred());
        channel.rewind(result);
        channel.read(memory(RECORD), result);
        assertEquals(1, result.blockAddress());
    }

    @Test
    void aFailedFlushSaysWhatIsOnTheMedium() throws Exception {
        write(2);
        channel.writeFileMarks(1, result);
        write(4);
        fail(Errno.EIO, Linux.MTWEOF);
        StorageException failure = refused(Kind.FLUSH_FAILED, () -> channel.flush());
        assertEquals(3, failure.position().orElseThrow().blockAddress());
        refused(Kind.POSITION_UNKNOWN, () -> channel.read(memory(RECORD), result));
        channel.spaceToEndOfData(result);
        channel.flush();
    }

    /** The drive's flush is asked for once: where nothing was written, some drives would end the tape by it. */
    @Test
    void flushesWhatWasWrittenAndNothingElse() throws Exception {
        write(1);
        channel.flush();
        channel.flush();
        channel.rewind(result);
        channel.read(memory(RECORD), result);
        channel.flush();
        channel.rewind(result);
        assertEquals(1, drive.operations.stream().filter(o -> o == Linux.MTWEOF).count(), drive.operations::toString);
        assertEquals(1, drive.items.size());
    }

    @Test
    void afterAResetNothingIsTransferredUntilTheTapeWasPutSomewhere() throws Exception {
        write(3);
        channel.flush();
        drive.reset = true;
        refused(Kind.POSITION_UNKNOWN, () -> channel.read(memory(RECORD), result));
        assertEquals(Source.UNKNOWN, channel.position().source());
        assertFalse(channel.status().is(Condition.READY));
        refused(Kind.POSITION_UNKNOWN, () -> channel.spaceRecords(1, result));
        channel.locate(TapePosition.at(Source.DRIVE, 0, 2), result);
        assertEquals(2, result.blockAddress());
        channel.read(memory(RECORD), result);
        assertEquals(RECORD, result.count());
    }

    /** Some kernels say so in sysfs, where the drive answers as if nothing had been. */
    @Test
    void aResetThatSysfsTellsOfIsOne() throws Exception {
        write(3);
        Path node = Files.createDirectories(sys.resolve("dev/char/9:128"));
        Files.writeString(node.resolve("position_lost_in_reset"), "1\n");
        fail(Errno.EIO, -1);
        StorageException failure = refused(Kind.POSITION_UNKNOWN, () -> channel.read(memory(RECORD), result));
        assertTrue(failure.getMessage().contains("reset"), failure::getMessage);
    }

    /** The search for the end of data passes it, and goes back. */
    @Test
    void aMarkThatCannotBeReadIsNotPassed() throws Exception {
        write(1);
        channel.writeFileMarks(1, result);
        write(1);
        channel.locate(TapePosition.at(Source.DRIVE, 0, 1), result);
        fail(Errno.EIO, -1);
        refused(Kind.MEDIUM_ERROR, () -> channel.read(memory(RECORD), result));
        assertEquals(1, result.blockAddress());
        channel.read(memory(RECORD), result);
        assertEquals(Outcome.FILE_MARK, result.outcome());
        assertEquals(2, result.blockAddress());
    }

    @Test
    void aBadRecordIsNotTheEndOfData() throws Exception {
        write(3);
        channel.rewind(result);
        fail(Errno.EIO, -1);
        refused(Kind.MEDIUM_ERROR, () -> channel.read(memory(RECORD), result));
        assertEquals(0, result.blockAddress());
        channel.read(memory(RECORD), result);
        assertEquals(1, result.blockAddress());
    }

    @Test
    void fixedBlocksAreWrittenAsFarAsThereIsRoom() throws Exception {
        channel.setBlockSize(512);
        drive.capacity = 3;
        ByteBuffer blocks = memory(5 * 512);
        StorageException failure = refused(Kind.NO_SPACE, () -> channel.write(blocks, result));
        assertEquals(3 * 512, failure.transferred());
        assertEquals(3 * 512, blocks.position());
        assertEquals(3 * 512, result.count());
        assertEquals(3, result.blockAddress());
    }

    /** The tape, not the driver's word, says whether it was written. */
    @Test
    void aRecordThatIsOnTheTapeAllTheSameIsNotWrittenTwice() throws Exception {
        write(2);
        drive.failure = Errno.ENOSPC;
        drive.failing = -1;
        drive.items.add(new byte[RECORD]);
        drive.at = 3;
        channel.write(memory(RECORD), result);
        assertEquals(Outcome.EARLY_WARNING, result.outcome());
        assertEquals(3, result.blockAddress());
        assertEquals(3, drive.items.size());
    }

    /** A write that failed in the driver's own buffer is an earlier one's. */
    @Test
    void whatTheDriverPutsOffIsDeferred() throws Exception {
        Path driver = Files.createDirectories(sys.resolve("bus/scsi/drivers/st"));
        Files.writeString(driver.resolve("try_direct_io"), "0\n");
        TapeChannel copied = channel(Access.READ_WRITE);
        copied.begin(Handover.first());
        copied.write(memory(RECORD), result);
        fail(Errno.EIO, -1);
        assertTrue(refused(Kind.POSITION_UNKNOWN, () -> copied.write(memory(RECORD), result))
                .isDeferred());
    }
}

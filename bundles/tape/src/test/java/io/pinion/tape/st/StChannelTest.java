package io.pinion.tape.st;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.strategy.Access;
import io.pinion.strategy.Handover;
import io.pinion.strategy.OpenOptions;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.TapeChannel;
import io.pinion.strategy.TapePosition;
import io.pinion.strategy.TapePosition.Source;
import io.pinion.strategy.TapeResult.Outcome;
import io.pinion.strategy.TapeStatus;
import io.pinion.strategy.TapeStatus.Condition;
import io.pinion.strategy.Target;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** How a channel takes over, hands over, copies and tells, where the kit's contract does not say. */
class StChannelTest extends OnFakeDrive {
    @Test
    void aSuccessorThatFindsTheTapeElsewhereRefuses() throws Exception {
        write(3);
        channel.flush();
        Handover handover = channel.end(Handover.from("tape").at(channel.position()));
        drive.at = 1;
        TapeChannel successor = channel(Access.READ_WRITE);
        StorageException failure = refused(Kind.POSITION_UNKNOWN, () -> successor.begin(handover));
        assertTrue(failure.getMessage().contains("blockAddress=3"), failure::getMessage);
        drive.at = 3;
        write(1);
    }

    @Test
    void aSuccessorOfWhoeverDidNotKnowDoesNotEither() throws Exception {
        TapeChannel successor = channel(Access.READ_WRITE);
        successor.begin(Handover.from("other").at(TapePosition.unknown()));
        refused(Kind.POSITION_UNKNOWN, () -> successor.read(memory(RECORD), result));
        successor.rewind(result);
        successor.read(memory(RECORD), result);
        assertEquals(Outcome.END_OF_DATA, result.outcome());
    }

    @Test
    void aDriveThatCannotTellIsCounted() throws Exception {
        drive.tells = false;
        TapeChannel counting = channel(Access.READ_WRITE);
        counting.begin(Handover.first());
        refused(Kind.POSITION_UNKNOWN, () -> counting.write(memory(RECORD), result));
        counting.rewind(result);
        for (int i = 0; i < 3; i++) {
            counting.write(memory(RECORD), result);
        }
        counting.writeFileMarks(1, result);
        counting.write(memory(RECORD), result);
        assertEquals(5, result.blockAddress());
        assertEquals(Source.COUNTED, result.source());
        for (int address : new int[] {2, 4, 1, 5, 0}) {
            counting.locate(TapePosition.at(Source.COUNTED, 0, address), result);
            assertEquals(address, result.blockAddress());
            assertEquals(address, drive.at);
        }
        counting.spaceRecords(10, result);
        assertEquals(Outcome.FILE_MARK, result.outcome());
        assertEquals(3, result.count());
        assertEquals(4, result.blockAddress());
        refused(Kind.END_OF_DATA, () -> counting.locate(TapePosition.at(Source.COUNTED, 0, 9), result));
        assertEquals(5, result.blockAddress());
        counting.spaceFileMarks(-1, result);
        assertEquals(Source.UNKNOWN, result.source());
        counting.write(memory(RECORD), result);
        assertEquals(4, drive.items.size());
        assertTrue(
                meter.counts().toString().contains("can't locate"),
                () -> meter.counts().toString());
        assertTrue(counting.status().notes().toString().contains("counted"));
    }

    @Test
    void settingsOutliveASwapAndEndWithTheLastChannel() throws Exception {
        channel.setBlockSize(512);
        channel.setDensity(0x46);
        TapeChannel successor = channel(Access.READ_WRITE);
        successor.begin(channel.end(Handover.from("tape").at(channel.position())));
        channel.close();
        assertEquals(512, drive.blockSize);
        successor.setBlockSize(1024);
        assertEquals(0x46, successor.status().density().getAsInt());
        successor.close();
        assertEquals(0, drive.blockSize);
        assertEquals(0x44, drive.density);
        refused(Kind.CLOSED, () -> successor.rewind(result));
    }

    /** When the successor failed, the predecessor goes on, and gives back itself. */
    @Test
    void aPredecessorThatGoesOnGivesItsSettingsBack() throws Exception {
        channel.setBlockSize(512);
        channel.end(Handover.from("tape").at(channel.position()));
        channel.write(memory(1024), result);
        assertEquals(2, result.blockAddress());
        channel.close();
        assertEquals(0, drive.blockSize);
    }

    @Test
    void saysWhyTransfersAreCopied() throws Exception {
        channel.write(memory(RECORD), result);
        assertEquals(0, meter.bouncedBytes());
        channel.write(ByteBuffer.allocate(RECORD), result);
        channel.write(memory(RECORD + 8).slice(8, RECORD), result);
        channel.write(memory((1 << 20) + 4096), result);
        assertEquals(2 * RECORD + (1 << 20) + 4096, meter.bouncedBytes());
        assertEquals(RECORD, meter.counts().get("heap buffer").bouncedBytes());
        Path driver = Files.createDirectories(sys.resolve("bus/scsi/drivers/st"));
        Files.writeString(driver.resolve("try_direct_io"), "0\n");
        TapeChannel copied = channel(Access.READ_WRITE);
        assertTrue(copied.mode().toString().contains("copied"));
        copied.begin(Handover.first());
        copied.write(memory(RECORD), result);
        assertEquals(
                RECORD, meter.counts().get("the driver copies: try_direct_io=0").bouncedBytes());
    }

    @Test
    void anUnloadedDriveIsNotReady() throws Exception {
        write(1);
        channel.unload(result);
        assertEquals(Source.UNKNOWN, result.source());
        refused(Kind.NOT_READY, () -> channel.read(memory(RECORD), result));
        assertFalse(channel.status().is(Condition.READY));
        channel.load(result);
        channel.read(memory(RECORD), result);
        assertEquals(RECORD, result.count());
        assertEquals(1, drive.items.size(), "no mark was added");
    }

    @Test
    void theStatusHasWhatTheDriveComplainsOf() throws Exception {
        drive.alerts.addAll(List.of(20, 36, 45));
        TapeStatus status = channel.status();
        assertTrue(status.is(Condition.CLEANING_REQUESTED));
        String notes = status.notes().toString();
        assertTrue(notes.contains("serial number HU42"), notes);
        assertTrue(
                notes.contains("TapeAlert 20: cleaning required, TapeAlert 36: drive temperature, TapeAlert 45,"),
                notes);
        drive.alerts.clear();
        assertFalse(channel.status().is(Condition.CLEANING_REQUESTED));
        assertFalse(channel.status().notes().toString().contains("TapeAlert"));
    }

    @Test
    void theStatusKnowsMarksAndEnds() throws Exception {
        write(1);
        channel.writeFileMarks(1, result);
        assertTrue(channel.status().is(Condition.FILE_MARK));
        channel.flush();
        write(1);
        channel.flush();
        assertFalse(channel.status().is(Condition.FILE_MARK));
        channel.rewind(result);
        assertTrue(channel.status().is(Condition.BEGINNING_OF_PARTITION));
        channel.spaceFileMarks(1, result);
        assertTrue(channel.status().is(Condition.FILE_MARK));
        channel.spaceToEndOfData(result);
        assertTrue(channel.status().is(Condition.END_OF_DATA));
        drive.capacity = 3;
        refused(Kind.NO_SPACE, () -> channel.write(memory(RECORD), result));
        assertTrue(channel.status().is(Condition.END_OF_MEDIUM));
        channel.rewind(result);
        assertFalse(channel.status().is(Condition.END_OF_MEDIUM));
    }

    @Test
    void optionsThatCutRecordsAreRefused() throws Exception {
        Path node = Files.createDirectories(sys.resolve("dev/char/9:128"));
        Files.writeString(node.resolve("options"), "0x4d07\n");
        var target = Target.of(Path.of("/dev/nst0")).claimedBy(new FakeClaim(Access.READ_WRITE));
        assertTrue(strategy.examine(target).notes().toString().contains("stclearoptions sili"));
    }

    @Test
    void withoutAClaimNothingIsOpened() throws Exception {
        Target target = Target.of(Path.of("/dev/nst0"));
        drive.operations.clear();
        assertTrue(strategy.examine(target).isSuitable());
        assertEquals(List.of(), drive.operations);
        refusedWithout(() -> strategy.open(target, OpenOptions.of(Access.READ_WRITE)));
    }

    /** Also when it does not tell: it may be at work for whoever is to be followed. */
    @Test
    void whoWasExaminedIsOpenedWithoutAQuestion() throws Exception {
        for (int shortest : new int[] {0, 512}) {
            drive.shortest = shortest;
            TapeStrategy fresh = new TapeStrategy(drive.calls(), sys);
            Target target = Target.of(Path.of("/dev/nst0")).claimedBy(new FakeClaim(Access.READ_WRITE));
            assertTrue(fresh.examine(target).isSuitable());
            drive.questions = 0;
            fresh.open(target, OpenOptions.of(Access.READ_WRITE)).close();
            assertEquals(0, drive.questions);
        }
    }

    private static void refusedWithout(Executable what) {
        assertEquals(
                Kind.UNSUPPORTED, assertThrows(StorageException.class, what).kind());
    }
}

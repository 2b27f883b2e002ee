package io.pinion.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.pinion.strategy.Capability;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.TapeResult;
import io.pinion.volume.TapeDrive;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** An application's drive on the strategy: swapped, updated and taken away under way, and no record is lost or doubled. */
interface TapeDriveContract extends TapeContract {
    /** How many seeds go through a drive: swaps take their time. */
    int DRIVE_SEEDS = 6;

    /** Random operations on a drive agree with the model, swaps and reopening among them. */
    @Test
    default void randomOperationsOnADriveAgreeWithTheModel() throws Exception {
        HostedDrive hosted = trial().drive(Map.of());
        boolean erasable = hosted.drive().capabilities().contains(Capability.ERASE);
        TapeTraits traits = trial().traits();
        CheckedTape tape = new CheckedTape(new TapeDriveSubject(hosted), traits, TapeEnd.far(traits));
        int steps = RandomOperations.steps(150);
        long[] seeds = RandomTapeOperations.seeds(DRIVE_SEEDS);
        for (long seed : seeds) {
            new RandomTapeOperations(tape, traits, erasable, seed).run(steps);
        }
        tape.tell(trial().under().name() + " by a drive", seeds.length);
    }

    /** A writer notices nothing of swaps and updates, and neither does the tape. */
    @Test
    default void aWriterNoticesNothingOfSwapsAndUpdates() throws Exception {
        HostedDrive hosted = trial().drive(Map.of());
        TapeDrive drive = hosted.drive();
        NumberedRecords records = new NumberedRecords(trial().traits());
        drive.rewind(new TapeResult());
        int[] written = new int[1];
        CountDownLatch changes = new CountDownLatch(12);
        CountDownLatch running = new CountDownLatch(3);
        Crew crew = new Crew();
        crew.start("writer", () -> {
            while (changes.getCount() > 0) {
                written[0]++;
                records.write(drive::write, written[0], written[0]);
                running.countDown();
            }
        });
        crew.await("the writer to write", running);
        while (changes.getCount() > 0 && !crew.hasFailed()) {
            if (changes.getCount() % 3 == 0) {
                hosted.update();
            } else {
                hosted.swap();
            }
            changes.countDown();
        }
        crew.join();
        drive.flush();
        TapeResult result = new TapeResult();
        drive.rewind(result);
        records.read(drive::read, 1, written[0]);
        drive.read(ByteBuffer.allocate(trial().traits().fit(512)), result);
        assertEquals(TapeResult.Outcome.END_OF_DATA, result.outcome());
        assertEquals(written[0], result.blockAddress());
    }

    /** A drive that may only be read reads, and writes nothing. */
    @Test
    default void aDriveThatMayOnlyBeReadReads() throws Exception {
        HostedDrive hosted = trial().drive(Map.of("access", "read-only"));
        TapeDrive drive = hosted.drive();
        TapeResult result = new TapeResult();
        drive.rewind(result);
        ByteBuffer buffer = ByteBuffer.allocate(trial().traits().fit(512));
        drive.read(buffer, result);
        assertEquals(TapeResult.Outcome.END_OF_DATA, result.outcome());
        StorageException e = assertThrows(StorageException.class, () -> drive.write(buffer, result));
        assertEquals(Kind.READ_ONLY, e.kind());
        assertEquals(0, buffer.position());
    }

    /** A drive that is taken away ends its callers' calls. */
    @Test
    default void takingADriveAwayEndsItsCalls() throws Exception {
        HostedDrive hosted = trial().drive(Map.of());
        TapeDrive drive = hosted.drive();
        drive.rewind(new TapeResult());
        NumberedRecords records = new NumberedRecords(trial().traits());
        CountDownLatch running = new CountDownLatch(3);
        Crew crew = new Crew();
        crew.start("writer", () -> {
            StorageException e = assertThrows(StorageException.class, () -> {
                for (int number = 1; number < 100_000; number++) {
                    records.write(drive::write, number, number);
                    running.countDown();
                }
            });
            assertEquals(Kind.CLOSED, e.kind());
        });
        crew.await("the writer to write", running);
        hosted.delete();
        crew.join();
        StorageException e = assertThrows(StorageException.class, drive::position);
        assertEquals(Kind.CLOSED, e.kind());
    }
}

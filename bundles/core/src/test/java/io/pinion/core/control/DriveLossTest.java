package io.pinion.core.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.pinion.strategy.Shape;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.TapePosition.Source;
import io.pinion.strategy.TapeResult;
import io.pinion.strategy.TapeResult.Outcome;
import io.pinion.volume.Pinion;
import io.pinion.volume.SwapReport;
import io.pinion.volume.TapeDrive;
import io.pinion.volume.VolumeState;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;

/** What a drive does not lose, and what its callers are told of that is lost, though it was not they who flushed. */
@Timeout(60)
class DriveLossTest {
    private final FakeTape.Medium medium = new FakeTape.Medium();
    private final FakeTape a = new FakeTape(medium);
    private final FakeTape b = new FakeTape(medium);
    private final Pinion pinion = Pinion.start();
    private final Pinion.Registration registrationOfA = add("a", a);
    private final TapeResult result = new TapeResult();

    private Pinion.Registration add(String name, FakeTape strategy) {
        return pinion.add(name, strategy, Shape.TAPE, Set.of("faketape"), 0);
    }

    private TapeDrive open() throws StorageException {
        add("b", b);
        String target = "faketape:" + Long.toHexString(System.nanoTime());
        pinion.configureTape(
                "t",
                Map.of("target", target, "strategy", "a", "drain.timeout", "1s", "grace", "20s", "settle", "50ms"));
        return pinion.tape("t", Stage.SOON);
    }

    @AfterEach
    void close() {
        pinion.close();
    }

    private void awaitOpen() throws Exception {
        Stage.await("it is open", () -> pinion.admin().volume("t").orElseThrow().state() == VolumeState.OPEN);
    }

    private static Kind kind(Executable call) {
        return assertThrows(StorageException.class, call).kind();
    }

    private static ByteBuffer record(int value) {
        return ByteBuffer.wrap(new byte[] {(byte) value});
    }

    private void write(TapeDrive drive, int count) throws StorageException {
        for (int i = 0; i < count; i++) {
            drive.write(record(i), result);
        }
    }

    @Test
    void aDriveThatIsReopenedIsNotWrittenAtTheBeginning() throws Exception {
        TapeDrive drive = open();
        write(drive, 3);
        a.rewindsWhenOpened = true;
        pinion.admin().reopen("t", false);
        assertEquals(Kind.POSITION_UNKNOWN, kind(() -> drive.write(record(9), result)));
        assertEquals(Source.UNKNOWN, drive.position().source());
        assertEquals(3, medium.blocks.size());
        drive.spaceToEndOfData(result);
        write(drive, 1);
        assertEquals(4, medium.blocks.size());
    }

    @Test
    void aDriveThatStandsWhereItStoodGoesOnWhenItIsReopened() throws Exception {
        TapeDrive drive = open();
        write(drive, 3);
        pinion.admin().reopen("t", false);
        write(drive, 1);
        assertEquals(4, medium.blocks.size());
        assertEquals(4, drive.position().blockAddress());
    }

    /** Whoever takes over from somebody in doubt is in doubt. */
    @Test
    void aSwapDoesNotEndADoubt() throws Exception {
        TapeDrive drive = open();
        write(drive, 2);
        a.rewindsWhenOpened = true;
        pinion.admin().reopen("t", false);
        assertEquals(SwapReport.Outcome.PUBLISHED, pinion.admin().swap("t", "b").outcome());
        assertEquals(Source.UNKNOWN, b.begun.position().orElseThrow().source());
        assertEquals(Kind.POSITION_UNKNOWN, kind(() -> drive.write(record(9), result)));
        assertEquals(Kind.POSITION_UNKNOWN, kind(() -> drive.erase(result)));
        assertEquals(2, medium.blocks.size());
    }

    /** By its contract a driver flushes before it rewinds, not before it looks for the end of the data. */
    @Test
    void whatWasWrittenBeforeTheEndWasLookedForIsFlushedBeforeASwap() throws Exception {
        TapeDrive drive = open();
        write(drive, 1);
        drive.spaceToEndOfData(result);
        pinion.admin().swap("t", "b");
        assertEquals(1, a.flushes);
        write(drive, 1);
        drive.rewind(result);
        pinion.admin().swap("t", "a");
        assertEquals(0, b.flushes);
    }

    @Test
    void theNextCallerIsToldOfAFlushThatFailedInASwap() throws Exception {
        TapeDrive drive = open();
        write(drive, 1);
        a.failsFlush = FakeTape.failure(Kind.IO_ERROR, "flush");
        assertEquals(
                SwapReport.Outcome.ROLLED_BACK, pinion.admin().swap("t", "b").outcome());
        a.failsFlush = null;
        assertEquals(Kind.FLUSH_FAILED, kind(() -> drive.rewind(result)));
        assertEquals(Kind.FLUSH_FAILED, kind(drive::flush));
        assertEquals(Kind.POSITION_UNKNOWN, kind(() -> drive.write(record(9), result)));
        drive.rewind(result);
        drive.flush();
    }

    @Test
    void theNextCallerIsToldOfAFlushThatFailedWhenItsStrategyLeft() throws Exception {
        TapeDrive drive = open();
        write(drive, 1);
        a.failsFlush = FakeTape.failure(Kind.IO_ERROR, "flush");
        registrationOfA.close();
        Stage.await("a has been let go of", () -> a.openChannels == 0);
        FakeTape next = new FakeTape(medium);
        add("a", next);
        awaitOpen();
        assertEquals("of a", next.begun.value("fake").orElse("nothing"), "what the driver hands over is kept");
        assertEquals(Source.UNKNOWN, next.begun.position().orElseThrow().source());
        assertEquals(Kind.FLUSH_FAILED, kind(drive::flush));
        drive.rewind(result);
        drive.flush();
    }

    /** The kernel keeps what it could not write as if all were well; so for volumes, and for an image of a tape. */
    @Test
    void whatIsReadAfterAReopenIsWhatTheMediumHolds() throws Exception {
        FakeDevice disk = new FakeDevice();
        pinion.guard(disk);
        a.backing = Optional.of(FakeDevice.TARGET);
        TapeDrive drive = open();
        write(drive, 1);
        pinion.admin().reopen("t", false);
        assertEquals(0, disk.dropped.get(), "nothing was lost");
        write(drive, 1);
        a.failsFlush = FakeTape.failure(Kind.IO_ERROR, "flush");
        assertEquals(Kind.FLUSH_FAILED, kind(drive::flush));
        disk.onDrop = () -> medium.blocks.set(1, null);
        pinion.admin().reopen("t", false);
        assertEquals(1, disk.dropped.get());
        a.failsFlush = null;
        drive.rewind(result);
        drive.read(ByteBuffer.allocate(1), result);
        drive.read(ByteBuffer.allocate(1), result);
        assertEquals(Outcome.FILE_MARK, result.outcome());
        drive.rewind(result);
        pinion.admin().reopen("t", false);
        assertEquals(1, disk.dropped.get(), "it is over");
    }

    /** So it is when it was the reopening's own flush that failed. */
    @Test
    void whatTheLastFlushHasLostIsDroppedToo() throws Exception {
        FakeDevice disk = new FakeDevice();
        pinion.guard(disk);
        a.backing = Optional.of(FakeDevice.TARGET);
        TapeDrive drive = open();
        write(drive, 1);
        a.failsFlush = FakeTape.failure(Kind.IO_ERROR, "flush");
        pinion.admin().reopen("t", false);
        assertEquals(1, disk.dropped.get());
        assertEquals(Kind.FLUSH_FAILED, kind(() -> drive.rewind(result)));
    }

    /** A driver is at work with the drive: nothing else is asked of it, and when it has ended what was written is flushed. */
    @Test
    void aDriveThatEndsIsFlushedWhenItsLastOperationHas() throws Exception {
        TapeDrive drive = open();
        write(drive, 1);
        CountDownLatch inRead = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        a.inRead = () -> {
            inRead.countDown();
            try {
                go.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        };
        CompletableFuture<Void> reader = CompletableFuture.runAsync(() -> {
            try {
                drive.read(ByteBuffer.allocate(10), new TapeResult());
            } catch (StorageException e) {
                throw new AssertionError(e);
            }
        });
        inRead.await();
        CompletableFuture.runAsync(pinion::close).get(15, TimeUnit.SECONDS);
        assertEquals(0, a.flushes);
        go.countDown();
        reader.get(15, TimeUnit.SECONDS);
        Stage.await("it is closed", () -> a.openChannels == 0);
        assertEquals(1, a.flushes);
    }
}

package io.pinion.core.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.pinion.strategy.Shape;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.TapePosition;
import io.pinion.strategy.TapePosition.Source;
import io.pinion.strategy.TapeResult;
import io.pinion.strategy.TapeResult.Outcome;
import io.pinion.strategy.TapeStatus;
import io.pinion.volume.Pinion;
import io.pinion.volume.SwapReport;
import io.pinion.volume.TapeDrive;
import io.pinion.volume.VolumeState;
import io.pinion.volume.VolumeStatus;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;

/** A drive: turns, the gate, swaps that hand a tape over, and what becomes of it when nobody knows where it stands. */
@Timeout(60)
class DriveTest {
    private final FakeTape.Medium medium = new FakeTape.Medium();
    private final FakeTape a = new FakeTape(medium);
    private final FakeTape b = new FakeTape(medium);
    private final Pinion pinion = Pinion.start();
    private Pinion.Registration registrationOfA = add("a", a);
    private final Pinion.Registration registrationOfB = add("b", b);
    private final TapeResult result = new TapeResult();
    private final String target = "faketape:" + Long.toHexString(System.nanoTime());

    private Pinion.Registration add(String name, FakeTape strategy) {
        return pinion.add(name, strategy, Shape.TAPE, Set.of("faketape"), 0);
    }

    private TapeDrive open(String... keysAndValues) throws StorageException {
        Map<String, Object> values = new HashMap<>(
                Map.of("target", target, "strategy", "a", "drain.timeout", "1s", "grace", "20s", "settle", "50ms"));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            values.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        pinion.configureTape("t", values);
        return pinion.tape("t", Stage.SOON);
    }

    @AfterEach
    void close() {
        pinion.close();
    }

    private VolumeStatus status() {
        return pinion.admin().volume("t").orElseThrow();
    }

    private static ByteBuffer record(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    private String read(TapeDrive drive) throws StorageException {
        ByteBuffer buffer = ByteBuffer.allocate(100);
        drive.read(buffer, result);
        return result.outcome() == Outcome.DONE
                ? new String(buffer.array(), 0, buffer.position(), StandardCharsets.US_ASCII)
                : result.outcome().toString();
    }

    private static Kind kind(Executable call) {
        return assertThrows(StorageException.class, call).kind();
    }

    @Test
    void recordsAndMarksComeBackAsTheyWereWritten() throws Exception {
        TapeDrive drive = open();
        drive.write(record("one"), result);
        assertEquals(1, result.blockAddress());
        drive.write(record("three"), result);
        drive.writeFileMarks(1, result);
        drive.write(record("x"), result);
        drive.rewind(result);
        assertEquals(0, result.blockAddress());
        assertEquals("one", read(drive));
        assertEquals("three", read(drive));
        assertEquals("FILE_MARK", read(drive));
        assertEquals("x", read(drive));
        assertEquals("END_OF_DATA", read(drive));
        assertEquals(4, drive.position().blockAddress());
        assertTrue(drive.status().is(TapeStatus.Condition.READY));
        assertEquals(1 << 20, drive.geometry().maximumRecordSize());
        assertEquals(Shape.TAPE, status().shape());
        assertEquals(3, pinion.admin().statistics("t").writes());
        assertEquals(9, pinion.admin().statistics("t").readBytes());
    }

    @Test
    void aRecordThatIsTooLongMovesNeitherTapeNorBuffer() throws Exception {
        TapeDrive drive = open();
        drive.write(record("twelve bytes"), result);
        drive.rewind(result);
        ByteBuffer small = ByteBuffer.allocate(4);
        drive.read(small, result);
        assertEquals(Outcome.RECORD_TOO_LONG, result.outcome());
        assertEquals(12, result.recordLength());
        assertEquals(0, small.position());
    }

    @Test
    void theStrategyIsNamedAsTheSchemeUnlessItIsSaid() throws Exception {
        add("faketape", a);
        pinion.configureTape("t", Map.of("target", target));
        pinion.tape("t", Stage.SOON);
        assertEquals("faketape", status().strategy().orElseThrow());
    }

    @Test
    void aSwapInTheMiddleOfAFileGoesOnAtTheNextRecord() throws Exception {
        TapeDrive drive = open();
        drive.write(record("1"), result);
        SwapReport report = pinion.admin().swap("t", "b");
        assertEquals(SwapReport.Outcome.PUBLISHED, report.outcome(), report.detail());
        assertEquals(1, a.flushes);
        assertEquals(1, b.begun.position().orElseThrow().blockAddress());
        assertEquals("a", b.begun.predecessor().orElseThrow());
        drive.write(record("2"), result);
        assertEquals(2, result.blockAddress());
        drive.rewind(result);
        assertEquals("1", read(drive));
        assertEquals("2", read(drive));
        assertEquals(0, a.openChannels);
    }

    @Test
    void nothingUnflushedMeansNoFlushBeforeASwap() throws Exception {
        TapeDrive drive = open();
        drive.write(record("1"), result);
        drive.writeFileMarks(1, result);
        pinion.admin().swap("t", "b");
        assertEquals(0, a.flushes);
        drive.write(record("2"), result);
        drive.rewind(result);
        pinion.admin().swap("t", "a");
        assertEquals(0, b.flushes);
    }

    @Test
    void anUpdateOfTheStrategyIsAPauseBetweenTwoRecords() throws Exception {
        TapeDrive drive = open();
        drive.write(record("1"), result);
        registrationOfA.close();
        Stage.await("a has been let go of", () -> a.openChannels == 0);
        assertEquals(1, a.flushes);
        CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
            try {
                drive.write(record("2"), new TapeResult());
            } catch (StorageException e) {
                throw new AssertionError(e);
            }
        });
        FakeTape next = new FakeTape(medium);
        registrationOfA = add("a", next);
        writer.get(15, TimeUnit.SECONDS);
        assertEquals(1, next.begun.position().orElseThrow().blockAddress());
        assertEquals("a", next.begun.predecessor().orElseThrow());
        assertEquals(2, medium.blocks.size());
        assertFalse(medium.blocks.contains(null));
    }

    @Test
    void aSuccessorThatFindsTheTapeElsewhereIsNotTaken() throws Exception {
        TapeDrive drive = open();
        drive.write(record("1"), result);
        b.lies = 3;
        SwapReport report = pinion.admin().swap("t", "b");
        assertEquals(SwapReport.Outcome.ROLLED_BACK, report.outcome());
        assertTrue(report.detail().contains("stands at"), report.detail());
        drive.write(record("2"), result);
        assertEquals("a", status().strategy().orElseThrow());
    }

    @Test
    void aTapeThatWasMovedDuringAnUpdateIsNotTouchedBeforeItIsRepositioned() throws Exception {
        TapeDrive drive = open();
        drive.write(record("1"), result);
        drive.write(record("2"), result);
        registrationOfA.close();
        Stage.await("a has been let go of", () -> a.openChannels == 0);
        medium.place = 0;
        add("a", a);
        Stage.await("it is open", () -> status().state() == VolumeState.OPEN);
        assertEquals(Kind.POSITION_UNKNOWN, kind(() -> drive.write(record("3"), result)));
        assertEquals(Kind.POSITION_UNKNOWN, kind(() -> read(drive)));
        assertEquals(Kind.POSITION_UNKNOWN, kind(() -> drive.writeFileMarks(1, result)));
        assertEquals(2, medium.blocks.size());
        drive.spaceToEndOfData(result);
        drive.write(record("3"), result);
        assertEquals(3, medium.blocks.size());
    }

    @Test
    void aFlushThatFailedIsOverOnceTheTapeHasBeenRepositioned() throws Exception {
        TapeDrive drive = open();
        drive.write(record("1"), result);
        a.failsFlush = FakeTape.failure(Kind.IO_ERROR, "flush");
        assertEquals(Kind.FLUSH_FAILED, kind(drive::flush));
        a.failsFlush = null;
        assertEquals(Kind.FLUSH_FAILED, kind(drive::flush), "a second flush does not make it good");
        assertEquals(VolumeState.OPEN, status().state());
        drive.rewind(result);
        drive.flush();
    }

    @Test
    void callersTakeTurnsAndMayGiveUpWaiting() throws Exception {
        TapeDrive drive = open();
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
        CompletableFuture<StorageException> second = new CompletableFuture<>();
        Thread waiting = new Thread(
                () -> second.complete(assertThrows(StorageException.class, () -> drive.rewind(new TapeResult()))));
        waiting.start();
        Stage.await("it waits", () -> waiting.getState() == Thread.State.TIMED_WAITING);
        waiting.interrupt();
        assertEquals(Kind.INTERRUPTED, second.get(15, TimeUnit.SECONDS).kind());
        SwapReport report = pinion.admin().swap("t", "b");
        assertEquals(SwapReport.Outcome.ROLLED_BACK, report.outcome());
        assertTrue(report.detail().contains("drain.timeout"), report.detail());
        go.countDown();
        reader.get(15, TimeUnit.SECONDS);
    }

    @Test
    void whoComesInterruptedGetsAFreeDrive() throws Exception {
        TapeDrive drive = open();
        Thread.currentThread().interrupt();
        drive.write(record("1"), result);
        assertTrue(Thread.interrupted());
    }

    @Test
    void aDriverThatMiscountsIsFound() throws Exception {
        TapeDrive drive = open();
        drive.write(record("1"), result);
        drive.rewind(result);
        a.miscounts = 1;
        assertEquals(Kind.STRATEGY_FAULT, kind(() -> read(drive)));
    }

    @Test
    void argumentsAreCheckedBeforeTheDriver() throws Exception {
        TapeDrive drive = open();
        assertEquals(Kind.INVALID_ARGUMENT, kind(() -> drive.write(ByteBuffer.allocate(0), result)));
        assertEquals(Kind.INVALID_ARGUMENT, kind(() -> drive.read(ByteBuffer.allocate(0), result)));
        assertEquals(
                Kind.INVALID_ARGUMENT,
                kind(() -> drive.read(ByteBuffer.allocate(1).asReadOnlyBuffer(), result)));
        assertEquals(Kind.INVALID_ARGUMENT, kind(() -> drive.writeFileMarks(0, result)));
        assertEquals(Kind.INVALID_ARGUMENT, kind(() -> drive.spaceRecords(0, result)));
        assertEquals(Kind.INVALID_ARGUMENT, kind(() -> drive.locate(TapePosition.unknown(), result)));
        assertEquals(Kind.INVALID_ARGUMENT, kind(() -> drive.setBlockSize(-1)));
        assertEquals(Kind.UNSUPPORTED, kind(() -> drive.setCompression(true)));
        assertEquals(0, medium.blocks.size());
    }

    @Test
    void aFailureTellsWhereTheTapeStands() throws Exception {
        TapeDrive drive = open();
        drive.write(record("1"), result);
        assertEquals(Kind.UNSUPPORTED, kind(() -> drive.erase(result)));
        assertEquals(1, result.blockAddress());
        assertEquals(Kind.INVALID_ARGUMENT, kind(() -> drive.spaceRecords(0, result)));
        assertEquals(Source.UNKNOWN, result.source());
    }

    @Test
    void fixedModeOutlivesASwap() throws Exception {
        TapeDrive drive = open();
        drive.setBlockSize(512);
        pinion.admin().swap("t", "b");
        assertEquals(512, drive.status().blockSize());
        drive.setBlockSize(0);
        pinion.admin().swap("t", "a");
        assertEquals(0, drive.status().blockSize());
    }

    @Test
    void aReadOnlyDriveWritesNothing() throws Exception {
        TapeDrive drive = open("access", "read-only");
        assertEquals(Kind.READ_ONLY, kind(() -> drive.write(record("1"), result)));
        assertEquals(Kind.READ_ONLY, kind(() -> drive.writeFileMarks(1, result)));
        assertEquals(Kind.READ_ONLY, kind(() -> drive.erase(result)));
        assertEquals("END_OF_DATA", read(drive));
    }

    @Test
    void extrasAreReachedAndDoNotOutliveTheCall() throws Exception {
        TapeDrive drive = open();
        assertEquals(medium, drive.with(FakeTape.Medium.class, own -> own));
        assertEquals(Kind.UNSUPPORTED, kind(() -> drive.with(Runnable.class, own -> own)));
    }

    @Test
    void drivesAndVolumesDoNotTakeEachOthersStrategies() throws Exception {
        FakeStrategy positional = new FakeStrategy(Stage.SIZE);
        pinion.add("p", positional, Set.of("faketape"), 0);
        open();
        assertEquals(SwapReport.Outcome.REFUSED, pinion.admin().swap("t", "p").outcome());
        pinion.configure("v", Map.of("target", target + "2", "strategy", "a", "settle", "10ms"));
        Stage.await("it says why", () -> {
            VolumeStatus v = pinion.admin().volume("v").orElseThrow();
            return v.state() == VolumeState.WAITING && v.reason().contains("is for tape drives");
        });
        assertEquals(Kind.WRONG_TYPE, kind(() -> pinion.volume("t", Stage.SOON)));
    }

    @Test
    void aWrongConfigurationIsRefusedAndChangesNothing() throws Exception {
        TapeDrive drive = open();
        assertEquals(Kind.INVALID_ARGUMENT, kind(() -> open("size", "1MiB")));
        assertEquals(Kind.INVALID_ARGUMENT, kind(() -> open("access", "sometimes")));
        drive.write(record("1"), result);
        assertEquals(1, pinion.admin().refusals().size());
    }

    @Test
    void aMissingDeviceIsNotMadeAFile() throws Exception {
        pinion.add("tape", a, Shape.TAPE, Set.of("path"), 0);
        String path = "/tmp/no-such-drive-" + System.nanoTime();
        pinion.configureTape("t", Map.of("target", path, "settle", "10ms"));
        Stage.await("it waits", () -> status().reason().contains(path));
        assertFalse(Files.exists(Path.of(path)));
    }

    @Test
    void aRecordAllocatesNothing() throws Exception {
        TapeDrive drive = open();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        medium.blocks.add(new byte[64]);
        ByteBuffer buffer = ByteBuffer.allocateDirect(64);
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 20; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 1000; i++) {
                medium.place = 0;
                drive.read(buffer.clear(), result);
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertTrue(least < 1000, "a thousand records allocated " + least + " bytes");
    }
}

package io.pinion.core.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.core.volume.Bounds;
import io.pinion.core.volume.Gated;
import io.pinion.strategy.Shape;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.TapeResult;
import io.pinion.volume.SwapReport;
import io.pinion.volume.TapeDrive;
import io.pinion.volume.VolumeState;
import io.pinion.volume.VolumeStatus;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A step of a swap that hangs in a drive is waited for no more, and is inside it all the same: nothing else is, meanwhile. */
@Timeout(60)
class HangingDriveTest {
    private static final Bounds SHORT = new Bounds(TimeUnit.MINUTES.toNanos(2), TimeUnit.MILLISECONDS.toNanos(300));

    private final FakeTape.Medium medium = new FakeTape.Medium();
    private final FakeTape a = new FakeTape(medium);
    private final FakeTape b = new FakeTape(medium);
    private final CompletableFuture<TapeDrive> published = new CompletableFuture<>();
    private final Publication publication = new Publication() {
        @Override
        public void publish(Gated volume, Facts facts) {
            published.complete((TapeDrive) volume);
        }

        @Override
        public void withdraw(Gated volume) {}
    };
    private final Volumes volumes = new Volumes(publication, new FileGuard(), Absentees.NONE, SHORT);
    private final Admin admin = new Admin(volumes, (pid, strategies) -> {});
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch hangs = new CountDownLatch(1);
    private final CountDownLatch hang = new CountDownLatch(1);
    private final TapeResult result = new TapeResult();

    private static StrategyEntry entry(String name, FakeTape strategy, long id) {
        Map<String, Object> said = Map.of(
                "pinion.strategy",
                name,
                "pinion.strategy.shape",
                Shape.TAPE.toString(),
                "pinion.strategy.schemes",
                List.of("faketape"));
        return new StrategyEntry(StrategyProperties.read(said::get), strategy, id, name);
    }

    private TapeDrive open() throws Exception {
        volumes.add(entry("a", a, 1));
        volumes.add(entry("b", b, 2));
        volumes.configure(
                Shape.TAPE,
                "t",
                "t",
                Map.of(
                        "target",
                        "faketape:hanging",
                        "strategy",
                        "a",
                        "drain.timeout",
                        "200ms",
                        "grace",
                        "20s",
                        "settle",
                        "50ms"));
        return published.get(15, TimeUnit.SECONDS);
    }

    @AfterEach
    void close() {
        hang.countDown();
        threads.shutdownNow();
        volumes.close();
        assertNull(medium.overlap.get(), "two calls were in the drive at once");
    }

    private void hang() {
        hangs.countDown();
        try {
            hang.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void write(TapeDrive drive) throws StorageException {
        drive.write(ByteBuffer.wrap(new byte[] {1}), result);
    }

    private VolumeStatus status() {
        return admin.volume("t").orElseThrow();
    }

    private void refusedSwap() throws Exception {
        SwapReport report = admin.swap("t", "b");
        assertEquals(SwapReport.Outcome.ROLLED_BACK, report.outcome(), report.detail());
        assertTrue(report.detail().contains("abandoned"), report.detail());
        assertEquals(VolumeState.OPEN, status().state());
    }

    private static Kind kind(Executable call) {
        return assertThrows(StorageException.class, call).kind();
    }

    @ParameterizedTest
    @ValueSource(strings = {"flush", "end", "begin"})
    void nothingIsAskedOfADriveInWhichAStepHangs(String step) throws Exception {
        TapeDrive drive = open();
        write(drive);
        switch (step) {
            case "flush" -> a.inFlush = this::hang;
            case "end" -> a.inEnd = this::hang;
            default -> b.inBegin = this::hang;
        }
        refusedSwap();
        StorageException busy = assertThrows(StorageException.class, () -> write(drive));
        assertEquals(Kind.TIMEOUT, busy.kind());
        assertTrue(busy.getMessage().contains("drive t is busy with " + step + " of strategy"), busy.getMessage());
        assertEquals(Kind.TIMEOUT, kind(() -> drive.read(ByteBuffer.allocate(1), result)));
        assertEquals(Kind.TIMEOUT, kind(() -> drive.rewind(result)));
        assertEquals(Kind.TIMEOUT, kind(drive::status));
        assertEquals(Kind.TIMEOUT, kind(() -> drive.with(FakeTape.Medium.class, own -> own)));
        assertTrue(String.join(" ", admin.why("t")).contains("busy with " + step), admin.why("t")::toString);
        SwapReport again = admin.swap("t", "b");
        assertEquals(SwapReport.Outcome.ROLLED_BACK, again.outcome());
        assertTrue(again.detail().contains("in flight after drain.timeout"), again.detail());
        Future<?> waiting = threads.submit(() -> {
            drive.write(ByteBuffer.wrap(new byte[] {2}), new TapeResult());
            return null;
        });
        hang.countDown();
        waiting.get(15, TimeUnit.SECONDS);
        assertEquals(2, medium.blocks.size());
        write(drive);
        assertEquals(3, medium.blocks.size());
        assertEquals(SwapReport.Outcome.PUBLISHED, admin.swap("t", "b").outcome());
    }

    @Test
    void whoWaitsForAStepThatHangsMayGiveUp() throws Exception {
        TapeDrive drive = open();
        write(drive);
        a.inFlush = this::hang;
        refusedSwap();
        Thread.currentThread().interrupt();
        assertEquals(Kind.INTERRUPTED, kind(() -> write(drive)));
        assertTrue(Thread.interrupted());
        assertEquals(1, medium.blocks.size());
    }

    /** The steps of a drive's swap have a long bound, so who waits at its gate may give up, too. */
    @Test
    void whoWaitsForASwapMayGiveUp() throws Exception {
        TapeDrive drive = open();
        write(drive);
        a.inFlush = this::hang;
        Future<SwapReport> swap = threads.submit(() -> admin.swap("t", "b"));
        hangs.await();
        Thread.currentThread().interrupt();
        assertEquals(Kind.INTERRUPTED, kind(() -> write(drive)));
        assertTrue(Thread.interrupted());
        hang.countDown();
        swap.get(15, TimeUnit.SECONDS);
    }

    /** Its successor would come beside the flush. */
    @Test
    void aStrategyThatLeavesWithAFlushThatHangsHasNoSuccessorBeforeThatEnds() throws Exception {
        TapeDrive drive = open();
        write(drive);
        a.inFlush = this::hang;
        volumes.remove(1);
        hangs.await();
        FakeTape next = new FakeTape(medium);
        volumes.add(entry("a", next, 3));
        Stage.await("it says what it waits for", () -> status().reason().contains("before they have ended"));
        assertNull(next.begun);
        hang.countDown();
        write(drive);
        assertEquals(1, next.begun.position().orElseThrow().blockAddress());
        assertEquals(2, medium.blocks.size());
        Stage.await("a is closed", () -> a.openChannels == 0);
    }

    /** The flush works on what would be given back. */
    @Test
    void aDriveInWhichAFlushHangsIsNotReopened() throws Exception {
        TapeDrive drive = open();
        write(drive);
        a.inFlush = this::hang;
        StorageException e = assertThrows(StorageException.class, () -> admin.reopen("t", false));
        assertEquals(Kind.TIMEOUT, e.kind());
        assertTrue(e.getMessage().contains("flush of strategy a"), e.getMessage());
        assertEquals(1, a.openChannels);
        hang.countDown();
        write(drive);
        admin.reopen("t", false);
        write(drive);
        assertEquals(3, medium.blocks.size());
    }

    @Test
    void aDriveThatEndsWhileAFlushHangsIsClosedWhenThatHasEnded() throws Exception {
        TapeDrive drive = open();
        write(drive);
        a.inFlush = this::hang;
        CompletableFuture.runAsync(volumes::close).get(15, TimeUnit.SECONDS);
        assertEquals(1, a.openChannels);
        assertEquals(Kind.CLOSED, kind(() -> write(drive)));
        hang.countDown();
        Stage.await("it is closed", () -> a.openChannels == 0);
        assertEquals(1, a.flushes);
    }

    /** It changes the drive's settings back, by what would be given back meanwhile. */
    @Test
    void aDriveWhoseCloseHangsIsGivenBackWhenThatHasEnded() throws Exception {
        FakeDevice device = new FakeDevice();
        volumes.setGuard(device);
        a.backing = Optional.of(FakeDevice.TARGET);
        open();
        a.inClose = this::hang;
        CompletableFuture.runAsync(volumes::close).get(15, TimeUnit.SECONDS);
        assertEquals(1, device.held.get());
        hang.countDown();
        Stage.await("it is given back", () -> device.held.get() == 0);
        assertEquals(List.of("close"), a.farewells);
    }
}

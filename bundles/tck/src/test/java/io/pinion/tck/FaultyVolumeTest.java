package io.pinion.tck;

import static io.pinion.tck.Trial.NONE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.Target;
import io.pinion.volume.IoQueue;
import io.pinion.volume.SwapReport;
import io.pinion.volume.SwapReport.Outcome;
import io.pinion.volume.Volume;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of a volume whose driver breaks its contract: the faults are of use against the real runtime. */
@Timeout(60)
class FaultyVolumeTest {
    private final MemoryStore store = new MemoryStore();
    private final Target target = store.create("target", 100_000);
    private final FaultyStrategy faulty = FaultyStrategy.around(new MemoryStrategy(store));
    private final FaultyStrategy partner = FaultyStrategy.around(new MemoryStrategy(store));
    private HostedVolume hosted;
    private Volume volume;

    @BeforeEach
    void start() throws Exception {
        host(faulty);
    }

    private void host(FaultyStrategy strategy) throws Exception {
        if (hosted != null) {
            hosted.close();
        }
        StrategyUnderTest under = StrategyUnderTest.of("faulty", strategy).swappedWith("partner", partner);
        hosted = HostedVolume.start(under, target, strategy, Map.of("drain.timeout", "500ms"));
        volume = hosted.volume();
    }

    @AfterEach
    void end() {
        faulty.clear();
        partner.clear();
        hosted.close();
    }

    @Test
    void whatADriverThrowsIsTyped() {
        faulty.inject(
                Call.READ, Fault.throwing(new IllegalStateException("broken")).times(1));
        assertKind(Kind.STRATEGY_FAULT, () -> volume.read(ByteBuffer.allocate(10), 0));
    }

    @Test
    void aLieAboutALengthIsFound() {
        faulty.inject(Call.WRITE, Fault.returning(7).times(1));
        assertKind(Kind.STRATEGY_FAULT, () -> volume.write(ByteBuffer.allocate(10), 0));
    }

    @Test
    void aFailedFlushStaysUntilTheLossIsAccepted() throws Exception {
        volume.write(Content.buffer(0, 10, 1), 0);
        faulty.inject(Call.FLUSH, Fault.failsWriteBack().times(1));
        assertKind(Kind.FLUSH_FAILED, volume::flush);
        assertKind(Kind.FLUSH_FAILED, volume::flush);
        assertKind(Kind.FLUSH_FAILED, () -> hosted.admin().reopen(HostedVolume.NAME, false));
        hosted.admin().reopen(HostedVolume.NAME, true);
        volume.flush();
    }

    @Test
    void aSuccessorThatFailsLeavesThePredecessorServing() throws Exception {
        volume.write(Content.buffer(0, 100, 1), 0);
        for (Call call : new Call[] {Call.EXAMINE, Call.OPEN, Call.BEGIN}) {
            Fault fault = partner.inject(call, Fault.fails(Kind.IO_ERROR));
            SwapReport report = hosted.trySwap();
            assertFalse(report.isServing(), report::toString);
            assertFalse(report.detail().isEmpty());
            partner.remove(fault);
            ByteBuffer back = ByteBuffer.allocate(100);
            assertEquals(100, volume.read(back, 0), call.toString());
        }
        hosted.swap();
    }

    @Test
    void aSwapDoesNotWaitForEverForACallThatHangs() throws Exception {
        Fault fault = faulty.inject(Call.READ, Fault.hangs().times(1));
        Crew crew = new Crew();
        crew.start("hanging", () -> assertEquals(10, volume.read(ByteBuffer.allocate(10), 0)));
        fault.awaitHit();
        SwapReport report = hosted.trySwap();
        assertEquals(Outcome.ROLLED_BACK, report.outcome(), report::toString);
        fault.release();
        crew.join();
        hosted.swap();
    }

    @Test
    void aCompletionThatComesTwiceIsDeliveredOnce() throws Exception {
        host(faulty.withQueue());
        faulty.inject(Call.COMPLETE, Fault.completesTwice().times(1));
        try (IoQueue queue = volume.openQueue(4)) {
            ByteBuffer buffer = ByteBuffer.allocate(100);
            queue.read(buffer, 0, 50, 0, 1, NONE);
            queue.read(buffer, 50, 50, 0, 2, NONE);
            Collected done = new Collected().drain(queue);
            assertEquals(2, done.size());
            List<String> why = hosted.admin().why(HostedVolume.NAME);
            assertTrue(why.stream().anyMatch(line -> line.contains("completed an operation twice")), why::toString);
            queue.read(buffer, 0, 50, 0, 3, NONE);
            assertEquals(50, new Collected().drain(queue).result(3));
        }
    }

    @Test
    void aQueueThatBreaksFailsWhatIsInFlight() throws Exception {
        host(faulty.withQueue());
        try (IoQueue queue = volume.openQueue(4)) {
            faulty.inject(Call.SUBMIT, Fault.fails(Kind.IO_ERROR).times(1));
            ByteBuffer buffer = ByteBuffer.allocate(100);
            queue.read(buffer, 0, 50, 0, 1, NONE);
            Collected done = new Collected().drain(queue);
            assertEquals(Kind.IO_ERROR, done.error(1).kind());
            queue.read(buffer, 0, 50, 0, 2, NONE);
            assertEquals(50, new Collected().drain(queue).result(2));
        }
    }

    @Test
    void completionsThatAreHeldBackHoldUpASwapAndNothingElse() throws Exception {
        host(faulty.withOwnerBoundQueue());
        Fault fault = faulty.inject(Call.COMPLETE, Fault.hangs().times(1));
        try (IoQueue queue = volume.openQueue(4)) {
            ByteBuffer buffer = ByteBuffer.allocate(100);
            queue.read(buffer, 0, 50, 0, 1, NONE);
            queue.submit(1, TimeUnit.MILLISECONDS.toNanos(1));
            assertEquals(0, queue.poll(new Collected()));
            assertEquals(100, volume.read(ByteBuffer.allocate(100), 0));
            fault.release();
            assertEquals(50, new Collected().drain(queue).result(1));
            hosted.swap();
        }
    }

    private static void assertKind(Kind kind, Crew.Task call) {
        assertEquals(kind, assertThrows(StorageException.class, call::run).kind());
    }
}

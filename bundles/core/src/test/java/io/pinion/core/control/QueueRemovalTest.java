package io.pinion.core.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.strategy.Capability;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.TransferFlags;
import io.pinion.volume.IoQueue;
import io.pinion.volume.Volume;
import io.pinion.volume.VolumeState;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is on a queue when the device is pulled out ends once, and what comes later waits. */
@Timeout(120)
class QueueRemovalTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final FakeDevice device = new FakeDevice();
    private final Stage stage = new Stage();
    private final Notes notes = new Notes();
    private final CountDownLatch answer = new CountDownLatch(1);

    @AfterEach
    void close() {
        answer.countDown();
        FakeQueueControl.hold(false);
        stage.close();
    }

    private Volume openWithRings() throws StorageException {
        stage.a.capabilities = Set.of(Capability.NATIVE_QUEUE);
        stage.a.ownerBoundQueue = true;
        return stage.openOn(device, "strategy", "a", "drain.timeout", "300ms");
    }

    /** Takes so many completions, however long it takes. */
    private void await(IoQueue queue, int completions) throws StorageException {
        long deadline = System.nanoTime() + Stage.SOON.toNanos();
        for (int taken = 0; taken < completions; ) {
            assertTrue(System.nanoTime() < deadline, () -> "only these came: " + notes.lines);
            queue.submit(1, SECOND / 10);
            taken += queue.poll(notes);
        }
    }

    private void awaitState(VolumeState state) {
        Stage.await("the volume is " + state, () -> stage.status().state() == state);
    }

    private static List<String> removed(int count) {
        return Collections.nCopies(count, "1:REMOVED");
    }

    @Test
    void onThreadsEachIsRemovedOnce() throws Exception {
        Volume volume = stage.openOn(device, "strategy", "a");
        stage.a.onTransfer = () -> {
            FakeStrategy.waitingFor(answer).run();
            throw FakeStrategy.failure(Kind.IO_ERROR, "late");
        };
        try (IoQueue queue = volume.openQueue(16)) {
            for (int i = 0; i < 16; i++) {
                Stage.write(queue, 1, TransferFlags.NONE);
            }
            queue.submit(0, 0);
            Stage.await("they are in the driver", () -> stage.a.transfers.get() > 0);
            device.remove();
            answer.countDown();
            await(queue, 16);
            assertEquals(removed(16), notes.lines);
            assertEquals(16, stage.statistics().failures());
            awaitState(VolumeState.WAITING);
            notes.lines.clear();
            Stage.write(queue, 2, TransferFlags.NONE);
            assertEquals(0, queue.submit(1, SECOND / 10));
            stage.a.onTransfer = FakeStrategy.Step.NOTHING;
            device.insert();
            await(queue, 1);
            assertEquals(List.of("2=8"), notes.lines);
        }
    }

    @Test
    void onARingEachIsRemovedOnce() throws Exception {
        Volume volume = openWithRings();
        try (IoQueue queue = volume.openQueue(8)) {
            for (int i = 0; i < 8; i++) {
                Stage.write(queue, 1, TransferFlags.NONE);
            }
            stage.a.onTransfer = () -> {
                throw FakeStrategy.failure(Kind.NO_SPACE, "ENOSPC");
            };
            device.remove();
            await(queue, 8);
            assertEquals(removed(8), notes.lines);
            awaitState(VolumeState.WAITING);
            stage.a.onTransfer = FakeStrategy.Step.NOTHING;
            device.insert();
            Stage.write(queue, 2, TransferFlags.NONE);
            await(queue, 1);
            assertEquals("2=8", notes.lines.get(8));
        }
    }

    @Test
    void aRingThatAnswersNoMoreIsGivenUp() throws Exception {
        Volume volume = openWithRings();
        try (IoQueue queue = volume.openQueue(4)) {
            for (int i = 0; i < 4; i++) {
                Stage.write(queue, 1, TransferFlags.NONE);
            }
            FakeQueueControl.hold(true);
            queue.submit(0, 0);
            device.remove();
            awaitState(VolumeState.WAITING);
            await(queue, 4);
            assertEquals(removed(4), notes.lines);
            FakeQueueControl.hold(false);
            device.insert();
            awaitState(VolumeState.OPEN);
        }
    }

    @Test
    void aRingThatWasOpenedOnAnotherDeviceGetsNothing() throws Exception {
        Volume volume = openWithRings();
        AtomicInteger written = new AtomicInteger();
        AtomicInteger closed = new AtomicInteger();
        stage.a.queues = queue -> {
            stage.a.queues = UnaryOperator.identity();
            stage.a.onTransfer = () -> {
                throw FakeStrategy.failure(Kind.IO_ERROR, "as the kernel said");
            };
            device.insert();
            return new WrappedQueue(queue) {
                @Override
                public void write(
                        ByteBuffer from, int index, int length, long position, long token, TransferFlags flags) {
                    written.incrementAndGet();
                    super.write(from, index, length, position, token, flags);
                }

                @Override
                public void close() {
                    closed.incrementAndGet();
                    super.close();
                }
            };
        };
        try (IoQueue queue = volume.openQueue(2)) {
            Stage.write(queue, 1, TransferFlags.NONE);
            await(queue, 1);
            assertEquals(removed(1), notes.lines);
            assertEquals(0, written.get(), "the number was another device's when the queue was opened");
            assertEquals(1, closed.get());
            stage.a.onTransfer = FakeStrategy.Step.NOTHING;
            Stage.write(queue, 2, TransferFlags.NONE);
            await(queue, 1);
            assertEquals("2=8", notes.lines.get(1));
        }
    }

    @Test
    void aReadThatEndsEarlyIsRemoved() throws Exception {
        Volume volume = openWithRings();
        try (IoQueue queue = volume.openQueue(2)) {
            queue.read(ByteBuffer.allocate(8), 0, 8, Stage.SIZE - 4, 3, TransferFlags.NONE);
            await(queue, 1);
            stage.a.ended = true;
            device.remove();
            queue.read(ByteBuffer.allocate(8), 0, 8, 0, 4, TransferFlags.NONE);
            await(queue, 1);
            assertEquals(List.of("3=4", "4:REMOVED"), notes.lines);
        }
    }

    @Test
    void aFlushThatFindsNothingToDoIsNoSuccess() throws Exception {
        Volume volume = openWithRings();
        try (IoQueue queue = volume.openQueue(2)) {
            Stage.write(queue, 1, TransferFlags.NONE);
            await(queue, 1);
            device.remove();
            queue.flush(2);
            await(queue, 1);
            assertEquals(List.of("1=8", "2:REMOVED"), notes.lines);
            assertEquals(8, stage.statistics().durability().unflushedBytes());
            device.insert();
            awaitState(VolumeState.FAILED);
        }
    }
}

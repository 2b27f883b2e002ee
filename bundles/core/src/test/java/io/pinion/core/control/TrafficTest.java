package io.pinion.core.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.strategy.TransferFlags;
import io.pinion.volume.IoQueue;
import io.pinion.volume.Observation;
import io.pinion.volume.TrafficObserver;
import io.pinion.volume.Volume;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an observer sees of a volume's traffic. */
@Timeout(60)
class TrafficTest {
    private static final int PIECE = 512;
    private final Stage stage = new Stage();
    private final Seen seen = new Seen();

    @AfterEach
    void close() {
        stage.close();
    }

    private record Operation(boolean read, long position, int length, boolean sequential) {}

    private static final class Seen implements TrafficObserver {
        private final List<Operation> operations = new CopyOnWriteArrayList<>();

        @Override
        public void read(long position, int length, long nanos, boolean sequential) {
            operations.add(new Operation(true, position, length, sequential));
            assertTrue(nanos > 0);
        }

        @Override
        public void write(long position, int length, long nanos, boolean sequential) {
            operations.add(new Operation(false, position, length, sequential));
        }

        private long sequential() {
            return operations.stream().filter(Operation::sequential).count();
        }
    }

    private static void move(Volume volume, boolean read, long position) throws Exception {
        ByteBuffer buffer = ByteBuffer.allocate(PIECE);
        if (read) {
            volume.read(buffer, position);
        } else {
            volume.write(buffer, position);
        }
    }

    @Test
    void seesOneReadAndOneWriteIn64() throws Exception {
        Volume volume = stage.open();
        try (Observation observation = stage.pinion.admin().observe("v", seen)) {
            for (int i = 0; i < 640; i++) {
                move(volume, true, (long) i * PIECE);
                move(volume, false, (long) i * PIECE);
            }
            assertEquals(20, seen.operations.size());
            assertEquals(new Operation(true, 64 * PIECE, PIECE, true), seen.operations.get(2));
            // The very first follows nothing.
            assertEquals(18, seen.sequential());
        }
        move(volume, true, 0);
        for (int i = 0; i < 64; i++) {
            move(volume, true, 0);
        }
        assertEquals(20, seen.operations.size());
    }

    @Test
    void tellsRandomFromSequential() throws Exception {
        Volume volume = stage.open();
        Random random = new Random(1);
        try (Observation observation = stage.pinion.admin().observe("v", seen)) {
            for (int i = 0; i < 6400; i++) {
                move(volume, true, (long) random.nextInt(Stage.SIZE / PIECE) * PIECE);
            }
        }
        assertEquals(100, seen.operations.size());
        assertTrue(seen.sequential() < 5, seen.operations::toString);
    }

    @Test
    void seesQueues() throws Exception {
        Volume volume = stage.openWithQueues();
        try (Observation observation = stage.pinion.admin().observe("v", seen);
                IoQueue queue = volume.openQueue(4)) {
            ByteBuffer buffer = ByteBuffer.allocateDirect(PIECE);
            for (int i = 0; i < 640; i++) {
                queue.read(buffer, 0, PIECE, (long) i * PIECE, i, TransferFlags.NONE);
                queue.submit(1, TimeUnit.SECONDS.toNanos(10));
                queue.poll(new Notes());
            }
        }
        assertEquals(10, seen.operations.size());
        assertEquals(9, seen.sequential());
    }

    @Test
    void anObserverThatThrowsHarmsNobodyAndIsNotCalledAgain() throws Exception {
        Volume volume = stage.open();
        TrafficObserver broken = new TrafficObserver() {
            private int calls;

            @Override
            public void read(long position, int length, long nanos, boolean sequential) {
                seen.read(++calls, length, nanos, sequential);
                throw new IllegalStateException("a defect");
            }

            @Override
            public void write(long position, int length, long nanos, boolean sequential) {
                throw new IllegalStateException("a defect");
            }
        };
        stage.pinion.admin().observe("v", broken);
        for (int i = 0; i < 640; i++) {
            move(volume, true, 0);
        }
        assertEquals(1, seen.operations.size());
    }
}

package io.pinion.direct;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.memory.BufferLease;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.TransferFlags;
import io.pinion.volume.IoQueue;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an application may do wrong with buffers, leases and queues of a volume on {@code direct}, and what it gets. */
@Timeout(120)
class QueueInputTest {
    private static final int BLOCK = DirectFile.BLOCK;
    private static final int BLOCKS = 64;
    private static final int DEPTH = 32;
    private static final TransferFlags NONE = TransferFlags.NONE;

    @TempDir(factory = DiskDirectory.class)
    Path directory;

    private Path target;

    private DirectVolume volume() throws Exception {
        target = Files.write(directory.resolve("target"), new byte[BLOCKS * BLOCK]);
        return new DirectVolume(target);
    }

    private byte[] block(int number) throws Exception {
        return Arrays.copyOfRange(Files.readAllBytes(target), number * BLOCK, (number + 1) * BLOCK);
    }

    private static BufferLease filled(DirectVolume hosted, int seed) throws StorageException {
        BufferLease lease = hosted.pool.lease(BLOCK);
        lease.buffer().put(0, DirectFile.content(BLOCK, seed));
        return lease;
    }

    @Test
    void aBufferThatIsTooSmallIsRefusedAtOnceAndTheQueueGoesOn() throws Exception {
        try (DirectVolume hosted = volume();
                IoQueue queue = hosted.volume.openQueue(2);
                BufferLease lease = filled(hosted, 1)) {
            ByteBuffer small = DirectFile.aligned(BLOCK, 0);
            String values = "index=1, length=4096 is not within capacity=4096";
            for (StorageException refused : List.of(
                    assertThrows(StorageException.class, () -> queue.read(small, 1, BLOCK, 0, 1, NONE)),
                    assertThrows(StorageException.class, () -> queue.write(lease, 1, BLOCK, 0, 1, NONE)))) {
                assertEquals(Kind.INVALID_ARGUMENT, refused.kind());
                assertEquals(values, refused.detail());
            }
            assertEquals(0, queue.pending());
            queue.write(lease, 0, BLOCK, 0, 1, NONE);
            queue.read(small, 0, BLOCK, BLOCK, 2, NONE);
            hosted.complete(queue);
            assertEquals(List.of(BLOCK, BLOCK), List.copyOf(hosted.completed.values()));
        }
    }

    @Test
    void whatIsNotAlignedOrNotFromThePoolIsDoneAndWhatWasCopiedIsCounted() throws Exception {
        try (DirectVolume hosted = volume();
                IoQueue queue = hosted.volume.openQueue(4);
                BufferLease lease = filled(hosted, 1)) {
            ByteBuffer aligned = DirectFile.aligned(DirectFile.content(BLOCK, 2));
            ByteBuffer shifted = DirectFile.aligned(BLOCK, 1).put(0, DirectFile.content(BLOCK, 3));
            queue.write(lease, 0, BLOCK, 0, 0, NONE);
            queue.write(aligned, 0, BLOCK, BLOCK, 1, NONE);
            hosted.complete(queue);
            assertEquals(0, hosted.statistics().byStrategy().get("direct").bouncedBytes());
            queue.write(shifted, 0, BLOCK, 2L * BLOCK, 2, NONE);
            queue.write(ByteBuffer.wrap(DirectFile.content(BLOCK, 4)), 0, BLOCK, 3L * BLOCK, 3, NONE);
            hosted.complete(queue);
            assertEquals(
                    2L * BLOCK, hosted.statistics().byStrategy().get("direct").bouncedBytes());
            String why = hosted.why();
            assertTrue(why.contains("bounced: 1 transfers, 4096 bytes: heap buffer."), why);
            assertTrue(why.contains("buffer address is not a multiple of"), why);
        }
        for (int number = 0; number < 4; number++) {
            assertTrue(Arrays.equals(DirectFile.content(BLOCK, number + 1), block(number)), "block " + number);
        }
    }

    @Test
    void aLeaseThatIsClosedInFlightIsKeptUntilItsCompletion() throws Exception {
        try (DirectVolume hosted = volume();
                IoQueue queue = hosted.volume.openQueue(2)) {
            BufferLease lease = filled(hosted, 7);
            long address = lease.address();
            queue.write(lease, 0, BLOCK, BLOCK, 1, NONE);
            lease.close();
            assertEquals(BLOCK, hosted.pool.leasedBytes());
            try (BufferLease other = hosted.pool.lease(BLOCK)) {
                assertTrue(other.address() != address, "memory in flight was leased once more");
            }
            hosted.complete(queue);
            assertEquals(0, hosted.pool.leasedBytes());
            assertTrue(Arrays.equals(DirectFile.content(BLOCK, 7), block(1)));
            StorageException refused =
                    assertThrows(StorageException.class, () -> queue.write(lease, 0, BLOCK, 0, 2, NONE));
            assertEquals(Kind.INVALID_ARGUMENT, refused.kind());
            assertEquals("the lease is closed; lease another", refused.detail());
        }
    }

    @Test
    void whatIsInFlightWhenItsQueueIsClosedGoesOnAndThenItsMemoryIsFree() throws Exception {
        try (DirectVolume hosted = volume()) {
            List<BufferLease> leases = new ArrayList<>();
            try (IoQueue queue = hosted.volume.openQueue(DEPTH)) {
                for (int i = 0; i < DEPTH; i++) {
                    leases.add(filled(hosted, i));
                    queue.write(leases.get(i), 0, length(i), (long) i * BLOCK, i, NONE);
                }
                queue.submit(0, 0);
            }
            leases.forEach(BufferLease::close);
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (hosted.pool.leasedBytes() > 0 || hosted.statistics().inFlight() > 0) {
                assertFalse(System.nanoTime() > end, () -> "still leased: " + hosted.pool.leasedBytes());
                Thread.sleep(5);
            }
            assertTrue(hosted.swap("buffered"));
        }
        for (int i = 0; i < DEPTH; i++) {
            byte[] done = Arrays.copyOf(Arrays.copyOf(DirectFile.content(BLOCK, i), length(i)), BLOCK);
            assertTrue(Arrays.equals(done, block(i)), "block " + i);
        }
    }

    /** Every other one goes on the ring, the rest is copied aside. */
    private static int length(int number) {
        return number % 2 == 0 ? BLOCK : BLOCK - 1;
    }

    @Test
    void moreThanItHoldsIsRefusedAndTold() throws Exception {
        try (DirectVolume hosted = volume();
                IoQueue queue = hosted.volume.openQueue(2)) {
            ByteBuffer buffer = DirectFile.aligned(3 * BLOCK, 0);
            queue.read(buffer, 0, BLOCK, 0, 1, NONE);
            queue.read(buffer, BLOCK, BLOCK, 0, 2, NONE);
            StorageException refused =
                    assertThrows(StorageException.class, () -> queue.read(buffer, 2 * BLOCK, BLOCK, 0, 3, NONE));
            assertEquals(Kind.QUEUE_FULL, refused.kind());
            assertEquals("pending=2 is depth=2; poll first", refused.detail());
            hosted.complete(queue);
            queue.read(buffer, 2 * BLOCK, BLOCK, 0, 3, NONE);
            hosted.complete(queue);
            assertEquals(3, hosted.completed.size());
        }
    }
}

package io.pinion.core.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.pinion.memory.Arena;
import io.pinion.memory.BufferLease;
import io.pinion.strategy.CompletionSink;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.TransferFlags;
import io.pinion.volume.IoQueue;
import io.pinion.volume.Volume;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A queue lets go of what it holds of a lease, whatever the driver, the lease or a closing thread does. */
@Timeout(60)
class QueueLeasesTest {
    private static final long SECONDS = TimeUnit.SECONDS.toNanos(5);

    private final Stage stage = new Stage();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Notes notes = new Notes();

    @AfterEach
    void close() {
        threads.shutdownNow();
        stage.close();
    }

    /** A lease that counts who holds it. */
    private static class Lease implements BufferLease {
        final AtomicInteger holds = new AtomicInteger();
        private final ByteBuffer buffer = ByteBuffer.allocateDirect(64);

        @Override
        public ByteBuffer buffer() {
            return buffer;
        }

        @Override
        public long address() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Arena arena() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void hold() {
            holds.incrementAndGet();
        }

        @Override
        public void release() {
            holds.decrementAndGet();
        }

        @Override
        public void close() {}
    }

    /** A queue that breaks with its first operations, and is quiet when the test says so. */
    private void breakFirstQueue(BooleanSupplier quiet) {
        AtomicInteger queues = new AtomicInteger();
        stage.a.queues = queue -> queues.incrementAndGet() > 1
                ? queue
                : new WrappedQueue(queue) {
                    @Override
                    public int poll(CompletionSink sink) throws StorageException {
                        throw FakeStrategy.failure(Kind.IO_ERROR, "the ring is broken");
                    }

                    @Override
                    public boolean isQuiet() {
                        return quiet.getAsBoolean();
                    }
                };
    }

    private final class Buffers implements CompletionSink {
        @Override
        public void completed(long token, int transferred) {
            notes.completed(token, transferred);
        }

        @Override
        public void failed(long token, StorageException error) {
            notes.lines.add(token + ":" + error.kind() + (error.isBufferKept() ? " buffer kept" : ""));
        }
    }

    @Test
    void aBrokenQueueThatIsQuietGivesBuffersAndLeasesBack() throws Exception {
        breakFirstQueue(() -> true);
        Volume volume = stage.openWithQueues();
        Lease lease = new Lease();
        try (IoQueue queue = volume.openQueue(2)) {
            queue.write(lease, 0, 8, 0, 1, TransferFlags.NONE);
            Stage.write(queue, 2, TransferFlags.NONE);
            queue.submit(2, SECONDS);
            queue.poll(new Buffers());
            queue.poll(new Buffers());
            assertEquals(0, lease.holds.get());
            assertEquals(0, stage.statistics().inFlight());
        }
        assertEquals(List.of("1:IO_ERROR", "2:IO_ERROR"), notes.lines);
    }

    @Test
    void aBrokenQueueThatIsNotQuietKeepsBuffersAndLeasesAndSaysSo() throws Exception {
        AtomicBoolean quiet = new AtomicBoolean();
        breakFirstQueue(quiet::get);
        Volume volume = stage.openWithQueues();
        Lease lease = new Lease();
        try (IoQueue queue = volume.openQueue(2)) {
            queue.read(lease, 0, 8, 0, 1, TransferFlags.NONE);
            Stage.write(queue, 2, TransferFlags.NONE);
            queue.submit(2, SECONDS);
            queue.poll(new Buffers());
            assertEquals(1, lease.holds.get());
            assertEquals(2, stage.statistics().inFlight());
            // The volume goes on meanwhile, on another queue.
            Stage.write(queue, 3, TransferFlags.NONE);
            queue.submit(1, SECONDS);
            queue.poll(new Buffers());
            assertEquals(1, lease.holds.get());
            quiet.set(true);
            queue.poll(new Buffers());
            assertEquals(0, lease.holds.get());
            assertEquals(0, stage.statistics().inFlight());
        }
        assertEquals(List.of("1:IO_ERROR buffer kept", "2:IO_ERROR buffer kept", "3=8"), notes.lines);
    }

    /** A flush has none, and what it failed with is told again and again. */
    @Test
    void aFlushOfABrokenQueueKeepsNoBuffer() throws Exception {
        AtomicBoolean quiet = new AtomicBoolean();
        breakFirstQueue(quiet::get);
        Volume volume = stage.openWithQueues();
        try (IoQueue queue = volume.openQueue(1)) {
            queue.flush(1);
            queue.submit(1, SECONDS);
            queue.poll(new Buffers());
            quiet.set(true);
        }
        assertEquals(List.of("1:FLUSH_FAILED"), notes.lines);
    }

    @Test
    void aLeaseThatIsClosedIsRefusedAndNothingIsPrepared() throws Exception {
        Volume volume = stage.open();
        Lease lease = new Lease() {
            @Override
            public void hold() {
                throw new IllegalStateException("the lease is closed");
            }
        };
        try (IoQueue queue = volume.openQueue(1)) {
            StorageException refused =
                    assertThrows(StorageException.class, () -> queue.write(lease, 0, 8, 0, 1, TransferFlags.NONE));
            assertEquals(Kind.INVALID_ARGUMENT, refused.kind());
            assertEquals(0, queue.pending());
        }
        Lease open = new Lease();
        try (IoQueue queue = volume.openQueue(1)) {
            assertThrows(StorageException.class, () -> queue.write(open, 0, 8, -1, 1, TransferFlags.NONE));
            assertEquals(0, open.holds.get());
        }
    }

    @Test
    void aQueueThatIsClosedWhileItsOwnerPreparesLetsGoOfTheLease() throws Exception {
        Volume volume = stage.open();
        IoQueue[] queue = {volume.openQueue(1)};
        Lease lease = new Lease() {
            @Override
            public void hold() {
                super.hold();
                try {
                    threads.submit(() -> queue[0].close()).get();
                } catch (InterruptedException | ExecutionException e) {
                    throw new IllegalStateException(e);
                }
            }
        };
        try {
            queue[0].write(lease, 0, 8, 0, 1, TransferFlags.NONE);
        } catch (StorageException e) {
            assertEquals(Kind.CLOSED, e.kind());
        }
        Stage.await("the lease is let go", () -> lease.holds.get() == 0);
    }
}

package io.pinion.linux.uring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pinion.linux.Completed;
import io.pinion.linux.DiskDirectory;
import io.pinion.linux.Errno;
import io.pinion.linux.Linux;
import io.pinion.linux.ScriptedCalls;
import io.pinion.linux.uring.Rings.Pipe;
import io.pinion.strategy.CompletionSink;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.TransferFlags;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which of a queue's two rings reads go on, and what becomes of them when another thread has to end them. */
@Timeout(120)
class OwnReadsTest {
    private static final int DEPTH = 8;
    private static final int SIZE = 4096;
    private static final TransferFlags NONE = TransferFlags.NONE;

    @TempDir(factory = DiskDirectory.class)
    Path directory;

    private final ScriptedCalls script = new ScriptedCalls();
    private final List<String> done = new ArrayList<>();
    /** The rings that entries were handed over to, in order. */
    private final List<Integer> handedTo = new ArrayList<>();

    private int descriptor;
    private QueuedFile file;

    private final CompletionSink sink = new Completed(done);

    @BeforeEach
    void open() throws Exception {
        Path path = directory.resolve("file");
        byte[] content = new byte[SIZE];
        content[SIZE - 1] = 7;
        Files.write(path, content);
        descriptor = Rings.file(path, 0);
        file = new QueuedFile(script.calls(), descriptor);
    }

    @AfterEach
    void close() {
        script.calls().close(descriptor);
    }

    private RingQueue queue(int of) {
        return queue(script, of);
    }

    private RingQueue queue(ScriptedCalls calls, int of) {
        try {
            RingQueue queue =
                    RingQueue.open(calls.calls(), of, of == descriptor ? Linux.O_RDWR : Linux.O_RDONLY, file, DEPTH);
            calls.answer("ioUringEnter", 0, a -> (int) a[1] > 0 && handedTo.add((int) a[0]) && false, a -> 0);
            return queue;
        } catch (StorageException e) {
            return abort("needs io_uring: " + e.getMessage());
        }
    }

    private RingQueue queueWithOwnReads(int of) {
        RingQueue queue = queue(of);
        assumeTrue(queue.sharing().isEmpty(), queue::sharing);
        return queue;
    }

    private void complete(RingQueue queue) throws StorageException {
        Rings.complete(queue, sink);
    }

    private static void elsewhere(Action action) throws Exception {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread other = new Thread(() -> {
            try {
                action.run();
            } catch (Exception | AssertionError e) {
                thrown.set(e);
            }
        });
        other.start();
        other.join();
        if (thrown.get() != null) {
            throw new AssertionError(thrown.get());
        }
    }

    private interface Action {
        void run() throws Exception;
    }

    @Test
    void readsGoOnARingOfTheirOwnUntilSomethingElseComes() throws Exception {
        try (RingQueue queue = queueWithOwnReads(descriptor)) {
            queue.read(Rings.aligned(SIZE), 0, SIZE, 0, 1, NONE);
            complete(queue);
            int own = handedTo.get(0);
            queue.write(Rings.aligned(SIZE), 0, SIZE, 0, 2, NONE);
            complete(queue);
            int other = handedTo.get(1);
            assertNotEquals(own, other);
            for (int i = 0; i < 1025; i++) {
                queue.read(Rings.aligned(SIZE), 0, SIZE, 0, 3, NONE);
                complete(queue);
                assertEquals(i < 1024 ? other : own, handedTo.get(2 + i));
            }
            queue.flush(4);
            complete(queue);
            queue.read(Rings.aligned(SIZE), 0, SIZE, 0, 5, NONE);
            complete(queue);
            assertEquals(List.of(other, other), handedTo.subList(1027, 1029));
        }
    }

    @Test
    void whatIsOnBothRingsIsDeliveredWhicheverEndsFirst() throws Exception {
        try (RingQueue queue = queueWithOwnReads(descriptor)) {
            for (int round = 0; round < 50; round++) {
                queue.read(Rings.aligned(SIZE), 0, SIZE, 0, 1, NONE);
                queue.submit(0, 0);
                queue.write(Rings.aligned(SIZE), 0, SIZE, SIZE, 2, NONE);
                queue.flush(3);
                queue.read(Rings.aligned(SIZE), 0, SIZE, 0, 4, NONE);
                complete(queue);
                done.sort(null);
                assertEquals(List.of("1:" + SIZE, "2:" + SIZE, "3:0", "4:" + SIZE), done);
                done.clear();
            }
        }
        assertEquals(0, file.transfers.get());
    }

    @Test
    void aWriteIsSeenBesideAReadThatHangs() throws Exception {
        try (Pipe pipe = new Pipe();
                RingQueue queue = queueWithOwnReads(pipe.reader())) {
            queue.read(Rings.aligned(SIZE), 0, SIZE, 0, 1, NONE);
            queue.submit(0, 0);
            file.admission = QueuedTransfers.ASIDE;
            queue.read(Rings.aligned(SIZE), 0, SIZE, 0, 2, NONE);
            assertEquals(1, queue.submit(1, Rings.LONG));
            queue.poll(sink);
            assertEquals(List.of("2:" + SIZE), done);
        }
    }

    @Test
    void anotherThreadEndsWhatTheOwnerDoesNotComeFor() throws Exception {
        try (Pipe pipe = new Pipe();
                RingQueue queue = queueWithOwnReads(pipe.reader())) {
            ByteBuffer buffer = Rings.aligned(SIZE);
            queue.read(buffer, 0, SIZE, 0, 1, NONE);
            queue.submit(0, 0);
            elsewhere(() -> complete(queue));
            assertEquals(List.of("1:" + SIZE), done);
            assertEquals(7, buffer.get(SIZE - 1));
            assertEquals(1, file.transfers.get());
            assertTrue(queue.sharing().contains("another thread"), queue::sharing);
            handedTo.clear();
            file.admission = QueuedTransfers.FREELY;
            queue.read(Rings.aligned(SIZE), 0, SIZE, 0, 2, NONE);
            queue.cancel(2);
            complete(queue);
            assertEquals(List.of("1:" + SIZE, "2:CANCELLED"), done);
        }
    }

    @Test
    void anotherThreadDoesNotTakeFromAnOwnerThatComes() throws Exception {
        try (Pipe pipe = new Pipe();
                RingQueue queue = queueWithOwnReads(pipe.reader())) {
            queue.read(Rings.aligned(SIZE), 0, SIZE, 0, 1, NONE);
            queue.submit(0, 0);
            elsewhere(() -> {
                assertEquals(0, queue.submit(0, 0));
                assertEquals(0, queue.poll(sink));
            });
            pipe.write(SIZE);
            complete(queue);
            assertEquals(List.of("1:" + SIZE), done);
            assertEquals("", queue.sharing());
        }
        assertEquals(0, file.transfers.get());
    }

    @Test
    void aCancelledReadOfARingThatIsGivenUpIsNotDoneAgain() throws Exception {
        try (Pipe pipe = new Pipe();
                RingQueue queue = queueWithOwnReads(pipe.reader())) {
            queue.read(Rings.aligned(SIZE), 0, SIZE, 0, 1, NONE);
            queue.submit(0, 0);
            elsewhere(() -> {
                long end = System.nanoTime() + Rings.LONG;
                while (queue.sharing().isEmpty() && System.nanoTime() < end) {
                    queue.submit(0, 0);
                }
                queue.cancel(1);
                complete(queue);
            });
            assertEquals(List.of("1:CANCELLED"), done);
        }
        assertEquals(0, file.transfers.get());
    }

    @Test
    void anotherThreadClosesAQueueWithReadsInFlight() throws Exception {
        int before = Rings.openDescriptors();
        try (Pipe pipe = new Pipe()) {
            RingQueue queue = queueWithOwnReads(pipe.reader());
            queue.read(Rings.aligned(SIZE), 0, SIZE, 0, 1, NONE);
            queue.submit(0, 0);
            elsewhere(queue::close);
            long end = System.nanoTime() + Rings.LONG;
            while (!queue.isGone()) {
                assertTrue(System.nanoTime() < end, "gone");
            }
        }
        assertEquals(before, Rings.openDescriptors());
    }

    @Test
    void aReadThatHangsIsNotDoneAgainByAQueueThatIsClosed() throws Exception {
        try (Pipe pipe = new Pipe()) {
            RingQueue queue = queueWithOwnReads(pipe.reader());
            queue.read(Rings.aligned(SIZE), 0, SIZE, 0, 1, NONE);
            queue.submit(0, 0);
            queue.close();
            assertTrue(queue.isQuiet(), "the kernel has cancelled it within a second");
            assertEquals(0, file.transfers.get());
        }
    }

    @Test
    void anotherThreadClosesAnIdleQueueOfWhichNothingIsLeft() throws Exception {
        int before = Rings.openDescriptors();
        try (FakeArena arena = new FakeArena(script.real())) {
            RingQueue queue = queueWithOwnReads(descriptor);
            queue.read(arena.lease(0), 0, SIZE, 0, 1, NONE);
            complete(queue);
            assumeTrue(queue.refusal().isEmpty(), queue::refusal);
            assertEquals(1, arena.holds());
            elsewhere(queue::close);
            assertTrue(queue.isGone());
            assertEquals(0, arena.holds());
        }
        assertEquals(before, Rings.openDescriptors());
    }

    @Test
    void whereThereIsNoneReadsGoWithTheRestAndItIsSaidWhy() throws Exception {
        ScriptedCalls older = Rings.without(Linux.IORING_SETUP_SINGLE_ISSUER);
        try (RingQueue queue = queue(older, descriptor)) {
            assertTrue(queue.sharing().contains("Linux 6.1"), queue::sharing);
            queue.read(Rings.aligned(SIZE), 0, SIZE, 0, 1, NONE);
            complete(queue);
        }
        script.fail("ioUringSetup", Integer.MAX_VALUE, a -> isOwnerBound((ByteBuffer) a[1]), Errno.EMFILE);
        try (RingQueue queue = queue(descriptor)) {
            assertTrue(queue.sharing().contains("EMFILE"), queue::sharing);
            queue.read(Rings.aligned(SIZE), 0, SIZE, 0, 2, NONE);
            complete(queue);
        }
        assertEquals(List.of("1:" + SIZE, "2:" + SIZE), done);
        assertEquals(0, file.transfers.get());
    }

    private static boolean isOwnerBound(ByteBuffer parameters) {
        return (parameters.getInt(8) & Linux.IORING_SETUP_SINGLE_ISSUER) != 0;
    }
}

package io.pinion.linux.uring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pinion.linux.Errno;
import io.pinion.linux.Linux;
import io.pinion.linux.ScriptedCalls;
import io.pinion.linux.SystemCalls;
import io.pinion.linux.libc.LibC;
import io.pinion.strategy.CompletionSink;
import io.pinion.strategy.StorageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What the tests of rings share. */
final class Rings {
    static final SystemCalls CALLS = new LibC();
    static final long LONG = TimeUnit.SECONDS.toNanos(30);

    /** What an operation came back with. */
    record Done(long userData, int result) {}

    private Rings() {}

    /** {@return a ring of that kind; where there is none the test is skipped} */
    static IoUring open(RingKind kind, RingOptions options) {
        IoUring ring = switch (kind) {
            case OWNER_BOUND -> open(CALLS, options);
            case COOPERATIVE -> open(CALLS, options.shared());
            case PLAIN -> open(older().calls(), options.shared());
        };
        assumeTrue(ring.kind() == kind, "needs a kernel with rings of kind " + kind);
        return ring;
    }

    private static IoUring open(SystemCalls calls, RingOptions options) {
        try {
            return IoUring.open(calls, options);
        } catch (StorageException e) {
            return abort("needs io_uring: " + e.getMessage());
        }
    }

    /** {@return calls of a kernel that has no flags but the first} */
    static ScriptedCalls older() {
        return without(Linux.IORING_SETUP_SINGLE_ISSUER | Linux.IORING_SETUP_COOP_TASKRUN);
    }

    static ScriptedCalls without(int setupFlags) {
        ScriptedCalls script = new ScriptedCalls();
        return script.fail(
                "ioUringSetup",
                Integer.MAX_VALUE,
                a -> (((ByteBuffer) a[1]).getInt(8) & setupFlags) != 0,
                Errno.EINVAL);
    }

    /** Submits, and waits until that many have come back. */
    static List<Done> complete(IoUring ring, int count) throws StorageException {
        List<Done> done = new ArrayList<>();
        long end = System.nanoTime() + LONG;
        while (done.size() < count && System.nanoTime() < end) {
            ring.submit(count - done.size(), LONG);
            ring.reap((userData, result) -> done.add(new Done(userData, result)));
        }
        assertEquals(count, done.size());
        return done;
    }

    /** Submits, and polls, until nothing is pending. */
    static void complete(RingQueue queue, CompletionSink sink) throws StorageException {
        long end = System.nanoTime() + LONG;
        while (queue.pending() > 0) {
            assertTrue(System.nanoTime() < end, () -> queue.pending() + " pending of " + queue.depth());
            queue.submit(queue.pending(), LONG);
            queue.poll(sink);
        }
        assertTrue(queue.isQuiet());
    }

    /** {@return the result of the only operation} */
    static int result(IoUring ring) throws StorageException {
        assertEquals(1, ring.pending());
        return complete(ring, 1).get(0).result();
    }

    /** {@return a descriptor of a file that is made here} */
    static int file(Path path, int flags) {
        int create = Linux.O_RDWR | Linux.O_CREAT | Linux.O_CLOEXEC;
        int descriptor = CALLS.open(SystemCalls.path(path), create | flags, 0600);
        assumeTrue(!Errno.EINVAL.is(descriptor), "needs a file system with O_DIRECT");
        assertTrue(descriptor >= 0);
        return descriptor;
    }

    static ByteBuffer aligned(int length) {
        return ByteBuffer.allocateDirect(length + 4096)
                .alignedSlice(4096)
                .limit(length)
                .slice();
    }

    /** {@return how many rings and pipes this process has open} The virtual machine opens files of its own when it likes. */
    static int openDescriptors() throws IOException {
        int count = 0;
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            for (Path descriptor : open.toList()) {
                count += isRingOrPipe(descriptor) ? 1 : 0;
            }
        }
        return count;
    }

    private static boolean isRingOrPipe(Path descriptor) throws IOException {
        try {
            String what = Files.readSymbolicLink(descriptor).toString();
            return what.contains("io_uring") || what.startsWith("pipe:");
        } catch (NoSuchFileException e) {
            // Closed since it was listed, as the listing's own is.
            return false;
        }
    }

    /** A pipe: reading it waits until somebody writes. */
    static final class Pipe implements AutoCloseable {
        private final ByteBuffer ends = ByteBuffer.allocateDirect(8).order(ByteOrder.nativeOrder());
        private final ByteBuffer data = ByteBuffer.allocateDirect(16);

        Pipe() {
            assertEquals(0, CALLS.pipe2(ends, Linux.O_CLOEXEC));
        }

        void read(IoUring ring, long userData) {
            ring.prepare().read(ends.getInt(0), CALLS.address(data), 1, -1, 0, 0, userData);
        }

        int reader() {
            return ends.getInt(0);
        }

        void write() throws IOException {
            write(1);
        }

        void write(int length) throws IOException {
            Files.write(Path.of("/proc/self/fd/" + ends.getInt(4)), new byte[length]);
        }

        @Override
        public void close() {
            CALLS.close(ends.getInt(0));
            CALLS.close(ends.getInt(4));
        }
    }
}

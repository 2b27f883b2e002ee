package io.pinion.linux.claim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pinion.linux.Completed;
import io.pinion.linux.DiskDirectory;
import io.pinion.linux.Errno;
import io.pinion.linux.Linux;
import io.pinion.linux.ScriptedCalls;
import io.pinion.linux.SystemCalls;
import io.pinion.strategy.Access;
import io.pinion.strategy.ChannelQueue;
import io.pinion.strategy.CompletionSink;
import io.pinion.strategy.KernelFile;
import io.pinion.strategy.PositionalChannel;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.TransferFlags;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** What the kernel caches after uncached transfers, what they are when it refuses or postpones, and queues on rings. */
@Timeout(60)
class LinuxKernelFileTest {
    private static final int SIZE = 1 << 20;
    private static final long LONG = TimeUnit.SECONDS.toNanos(30);
    private static final TransferFlags UNCACHED = TransferFlags.UNCACHED;

    @TempDir(factory = DiskDirectory.class)
    Path disk;

    private final ScriptedCalls script = new ScriptedCalls();
    private final SystemCalls real = script.real();
    private final List<String> done = new ArrayList<>();
    private final CompletionSink sink = new Completed(done);

    private final PositionalChannel aside = new AsideChannel(done);

    @Test
    void uncachedTransfersLeaveNothingInThePageCache() throws Exception {
        Path path = Files.write(disk.resolve("file"), new byte[SIZE]);
        try (KernelFile file = uncached(path)) {
            dropCache(path);
            ByteBuffer buffer = ByteBuffer.allocateDirect(SIZE);
            assertEquals(SIZE, file.readUncached(buffer, 0));
            assertEquals(SIZE, buffer.position());
            assertEquals(0, cachedPages(path));
            assertEquals(SIZE, file.writeUncached(fill(buffer, 5), 0));
            forget(file, path, false);
            assertEquals(0, cachedPages(path));
            buffer.clear();
            assertEquals(SIZE - 77, file.readUncached(buffer, 77));
            assertEquals(-1, file.readUncached(ByteBuffer.allocateDirect(1), SIZE));
            assertEquals(0, file.readUncached(ByteBuffer.allocateDirect(0), SIZE));
            assertEquals(5, buffer.get(SIZE - 78));
        }
        assertTrue(cachedPages(path) >= 0);
    }

    @Test
    void whatWasWrittenHereAndThereIsForgottenWhenAllIs() throws Exception {
        Path path = Files.write(disk.resolve("file"), new byte[SIZE]);
        try (KernelFile file = uncached(path)) {
            dropCache(path);
            file.writeUncached(ByteBuffer.allocateDirect(4096), 0);
            file.writeUncached(ByteBuffer.allocateDirect(4096), SIZE - 4096);
            flush(path);
            long left = cachedPages(path);
            file.flushing(false).run();
            assertEquals(left, cachedPages(path), "of others' pages the range is full");
            forget(file, path, true);
            assertEquals(0, cachedPages(path));
        }
    }

    @Test
    void aQueueIsUncachedAsItIsAskedTo() throws Exception {
        Path path = Files.write(disk.resolve("file"), new byte[SIZE]);
        try (KernelFile file = uncached(path);
                ChannelQueue queue = queue(file)) {
            dropCache(path);
            ByteBuffer buffer = ByteBuffer.allocateDirect(SIZE);
            queue.read(buffer, 0, SIZE, 0, 1, UNCACHED);
            complete(queue);
            assertEquals(0, cachedPages(path));
            queue.write(fill(buffer, 6), 0, SIZE, 0, 2, UNCACHED);
            queue.flush(3);
            complete(queue);
            awaitNoneCached(path);
            queue.read(buffer, 0, 4096, 0, 4, TransferFlags.NONE);
            complete(queue);
            assertEquals(List.of("1:" + SIZE, "2:" + SIZE, "3:0", "4:4096"), done);
            assertTrue(cachedPages(path) > 0, "the last was to be cached");
        }
    }

    @Test
    void whatTheRingRefusesIsDoneByTheChannel() throws Exception {
        Path shared = Path.of("/dev/shm");
        assumeTrue(Files.isWritable(shared), "needs a tmpfs at " + shared);
        Path path = Files.write(Files.createTempFile(shared, "pinion", ""), new byte[SIZE]);
        try (KernelFile file = new LinuxKernelFiles(real).open(path, Access.READ_WRITE);
                ChannelQueue queue = queue(file)) {
            assertTrue(file.uncachedRefusal().contains("EOPNOTSUPP"), file.uncachedRefusal());
            queue.read(ByteBuffer.allocateDirect(100), 0, 100, 0, 1, UNCACHED);
            complete(queue);
            queue.write(ByteBuffer.allocateDirect(100), 0, 100, 2L * SIZE, 2, TransferFlags.NONE);
            complete(queue);
            assertEquals(List.of("aside uncached", "1:100", "2:100"), done);
            assertEquals(2L * SIZE + 100, Files.size(path));
        } finally {
            Files.delete(path);
        }
    }

    @Test
    void whatTheKernelLacksIsFoundOutWhenAFileIsOpened() throws Exception {
        Path path = Files.write(disk.resolve("file"), new byte[SIZE]);
        for (Errno errno : List.of(Errno.EOPNOTSUPP, Errno.ENOSYS)) {
            ScriptedCalls old = new ScriptedCalls().fail("preadv2", errno);
            try (KernelFile file = new LinuxKernelFiles(old.calls()).open(path, Access.READ_ONLY)) {
                assertTrue(file.uncachedRefusal().startsWith(errno.name()), file.uncachedRefusal());
                assertTrue(file.uncachedRefusal().contains("Linux 6.14"), file.uncachedRefusal());
                assertKind(Kind.UNSUPPORTED, () -> file.readUncached(ByteBuffer.allocateDirect(1), 0));
            }
        }
    }

    @Test
    void shortAndPostponedTransfersAreContinued() throws Exception {
        Path path = Files.write(disk.resolve("file"), new byte[SIZE]);
        try (KernelFile file = uncached(path)) {
            script.fail("pwritev2", 2, a -> true, Errno.EINTR)
                    .fail("pwritev2", 2, a -> true, Errno.EAGAIN)
                    .answer("pwritev2", 2, a -> true, a -> 100);
            ByteBuffer buffer = ByteBuffer.allocateDirect(1000);
            assertEquals(1000, file.writeUncached(buffer, 0));
            assertEquals(7, script.made().stream().filter("pwritev2"::equals).count());
            script.answer("pwritev2", 1, a -> true, a -> 300).fail("pwritev2", 1, a -> true, Errno.ENOSPC);
            StorageException full =
                    assertThrows(StorageException.class, () -> file.writeUncached(buffer.position(200), 10));
            assertEquals(Kind.NO_SPACE, full.kind());
            assertEquals(300, full.transferred());
            assertEquals(10, full.offset());
            assertEquals(800, full.length());
            assertEquals(500, buffer.position());
            script.answer("pwritev2", 1, a -> true, a -> 0);
            assertKind(Kind.IO_ERROR, () -> file.writeUncached(buffer.clear(), 0));
        }
    }

    @Test
    void aClosedFileIsClosedForAllButWhatRuns() throws Exception {
        Path path = Files.write(disk.resolve("file"), new byte[SIZE]);
        KernelFile file = uncached(path);
        script.answer("preadv2", 1, a -> true, a -> {
            file.close();
            file.close();
            return real.preadv2((int) a[0], (long) a[1], (int) a[2], (long) a[3], (int) a[4]);
        });
        assertEquals(100, file.readUncached(ByteBuffer.allocateDirect(100), 0));
        assertKind(Kind.CLOSED, () -> file.readUncached(ByteBuffer.allocateDirect(100), 0));
        assertKind(Kind.CLOSED, () -> file.openQueue(4, aside, flags -> false, () -> false));
        assertEquals(1, script.made().stream().filter("close"::equals).count());
    }

    @Test
    void aWriteBackThatFailsIsToldByTheFlushOfAQueue() throws Exception {
        Path small = Files.createDirectory(disk.resolve("small"));
        assumeTrue("root".equals(System.getProperty("user.name")), "needs root, to mount a file system");
        run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", small.toString());
        try {
            Path image = Files.createFile(small.resolve("image"));
            run("truncate", "-s", "16M", image.toString());
            try (LoopDevice device = new LoopDevice(image);
                    KernelFile file = new LinuxKernelFiles(real).open(device.path(), Access.READ_WRITE);
                    ChannelQueue queue = queue(file)) {
                ByteBuffer buffer = fill(ByteBuffer.allocateDirect(SIZE), 7);
                for (int i = 0; i < 8; i++) {
                    queue.write(buffer, 0, SIZE, (long) i * SIZE, i, TransferFlags.NONE);
                }
                queue.flush(8);
                complete(queue);
                assertEquals("8:" + Kind.FLUSH_FAILED, done.get(8));
            }
        } finally {
            run("umount", small.toString());
        }
    }

    private KernelFile uncached(Path path) throws StorageException {
        KernelFile file = new LinuxKernelFiles(script.calls()).open(path, Access.READ_WRITE);
        assumeTrue(file.uncachedRefusal().isEmpty(), () -> "needs RWF_DONTCACHE: " + file.uncachedRefusal());
        return file;
    }

    private ChannelQueue queue(KernelFile file) {
        try {
            return file.openQueue(16, aside, flags -> flags.contains(UNCACHED), () -> false);
        } catch (StorageException e) {
            return abort("needs io_uring: " + e.getMessage());
        }
    }

    private void complete(ChannelQueue queue) throws StorageException {
        long start = System.nanoTime();
        while (queue.pending() > 0) {
            assertTrue(System.nanoTime() - start < LONG, done::toString);
            queue.submit(queue.pending(), LONG);
            queue.poll(sink);
        }
    }

    private void awaitNoneCached(Path path) {
        long start = System.nanoTime();
        while (cachedPages(path) > 0) {
            assertTrue(System.nanoTime() - start < LONG, "pages=" + cachedPages(path));
            Thread.onSpinWait();
        }
    }

    private long cachedPages(Path path) {
        int descriptor = real.open(SystemCalls.path(path), Linux.O_RDONLY | Linux.O_CLOEXEC, 0);
        ByteBuffer result = ByteBuffer.allocateDirect(56).order(ByteOrder.nativeOrder());
        int status = real.cachestat(descriptor, 0, 0, result);
        real.close(descriptor);
        assumeTrue(status == 0, "needs cachestat: " + Errno.text(status));
        return result.getLong(0);
    }

    private void flush(Path path) {
        int descriptor = real.open(SystemCalls.path(path), Linux.O_RDONLY | Linux.O_CLOEXEC, 0);
        assertEquals(0, real.fdatasync(descriptor));
        real.close(descriptor);
    }

    /** Does as a flush of the channel does, and waits until all is forgotten. */
    private void forget(KernelFile file, Path path, boolean all) {
        Runnable after = file.flushing(all);
        flush(path);
        after.run();
        awaitForgotten(file);
    }

    private static void awaitForgotten(KernelFile file) {
        long start = System.nanoTime();
        while (!file.isIdle()) {
            assertTrue(System.nanoTime() - start < LONG, "it is never forgotten");
            Thread.onSpinWait();
        }
    }

    private void dropCache(Path path) {
        flush(path);
        int descriptor = real.open(SystemCalls.path(path), Linux.O_RDONLY | Linux.O_CLOEXEC, 0);
        real.fadvise(descriptor, 0, 0, Linux.POSIX_FADV_DONTNEED);
        real.close(descriptor);
    }

    private static ByteBuffer fill(ByteBuffer buffer, int value) {
        buffer.clear();
        while (buffer.hasRemaining()) {
            buffer.put((byte) value);
        }
        return buffer.flip();
    }

    private static void run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        assertEquals(0, process.waitFor(), output);
    }

    private static void assertKind(Kind kind, Executable call) {
        assertEquals(kind, assertThrows(StorageException.class, call).kind());
    }
}

package io.pinion.linux.claim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pinion.linux.DiskDirectory;
import io.pinion.linux.Errno;
import io.pinion.linux.Linux;
import io.pinion.linux.ScriptedCalls;
import io.pinion.linux.SystemCalls;
import io.pinion.strategy.Access;
import io.pinion.strategy.ChannelQueue;
import io.pinion.strategy.CompletionSink;
import io.pinion.strategy.KernelFile;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.TransferFlags;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the kernel is asked to forget, when, and by whom. */
@Timeout(60)
class ForgettingTest {
    private static final long LONG = TimeUnit.SECONDS.toNanos(30);

    @TempDir(factory = DiskDirectory.class)
    Path disk;

    private final ScriptedCalls script = new ScriptedCalls();
    private final SystemCalls real = script.real();
    private final int page = real.pageSize();

    /** Ranges as {@code first page + pages}. */
    private final List<String> forgotten = new CopyOnWriteArrayList<>();

    private final List<String> aside = new CopyOnWriteArrayList<>();
    private final CountDownLatch held = new CountDownLatch(1);
    private KernelFile file;

    /** File systems without RWF_DONTCACHE will do for what is asked of the kernel. */
    @BeforeEach
    void open() throws Exception {
        script.answer(
                        "preadv2",
                        Integer.MAX_VALUE,
                        a -> true,
                        a -> real.preadv2((int) a[0], (long) a[1], (int) a[2], (long) a[3], 0))
                .answer(
                        "pwritev2",
                        Integer.MAX_VALUE,
                        a -> true,
                        a -> real.pwritev2((int) a[0], (long) a[1], (int) a[2], (long) a[3], 0))
                .answer("fadvise", Integer.MAX_VALUE, a -> (int) a[3] == Linux.POSIX_FADV_DONTNEED, a -> {
                    assertTrue(held.await(LONG, TimeUnit.NANOSECONDS), "never released");
                    forgotten.add((long) a[1] / page + "+" + (long) a[2] / page);
                    return 0;
                });
        file = open(Files.createFile(disk.resolve("file")));
        assertEquals("", file.uncachedRefusal());
    }

    @AfterEach
    void release() {
        held.countDown();
        file.close();
    }

    @Test
    void whoFlushesDoesNotWaitForIt() throws Exception {
        write(0);
        file.flushing(false).run();
        assertEquals(List.of(), forgotten);
        assertFalse(file.isIdle());
        held.countDown();
        await(file::isIdle);
        assertEquals(List.of("0+1"), forgotten);
    }

    @Test
    void eachFlushHasForgottenWhatWasOverWhenItBegan() throws Exception {
        held.countDown();
        write(0);
        Runnable first = file.flushing(false);
        assertFalse(file.isIdle());
        write(2);
        Runnable second = file.flushing(false);
        write(4);
        second.run();
        await(() -> forgotten.size() == 1);
        first.run();
        await(() -> forgotten.size() == 2);
        file.flushing(false).run();
        await(file::isIdle);
        file.flushing(false).run();
        await(file::isIdle);
        assertEquals(List.of("2+1", "0+1", "4+1"), forgotten);
    }

    @Test
    void whatWasWrittenHereAndThereIsNotedUntilItFillsItsRange() throws Exception {
        held.countDown();
        write(0);
        write(9);
        file.flushing(false).run();
        assertFalse(file.isIdle());
        for (int at = 1; at < 5; at++) {
            write(at);
        }
        file.flushing(false).run();
        await(file::isIdle);
        assertEquals(List.of("0+10"), forgotten);
    }

    @Test
    void theWholeFileIsForgottenOnceForAllWhoWaitForIt() throws Exception {
        for (int at = 0; at < 10; at++) {
            write(at);
            file.flushing(true).run();
            if (at == 0) {
                await(() -> script.made().contains("fadvise"));
            }
        }
        held.countDown();
        await(file::isIdle);
        assertEquals(List.of("0+0", "0+0"), forgotten);
    }

    @Test
    void whatFindsNoRoomAmongThoseThatWaitIsTheNextFlushs() throws Exception {
        int pages = 100;
        for (int at = 0; at < pages; at++) {
            write(at);
            file.flushing(false).run();
        }
        held.countDown();
        await(() -> forgotten.size() >= 60);
        file.flushing(false).run();
        await(file::isIdle);
        BitSet gone = new BitSet();
        for (String range : forgotten) {
            int plus = range.indexOf('+');
            int from = Integer.parseInt(range.substring(0, plus));
            gone.set(from, from + Integer.parseInt(range.substring(plus + 1)));
        }
        assertEquals(pages, gone.cardinality());
        assertTrue(forgotten.size() < pages, "all of them found room: " + forgotten.size());
    }

    @Test
    void aWriteOnARingIsNotedWhenItIsOver() throws Exception {
        held.countDown();
        try (ChannelQueue queue = queue()) {
            queue.write(ByteBuffer.allocateDirect(page), 0, page, 0, 1, TransferFlags.NONE);
            file.flushing(false).run();
            complete(queue);
            assertEquals(List.of(), forgotten);
            file.flushing(false).run();
            await(() -> forgotten.size() == 1);
            queue.write(ByteBuffer.allocateDirect(page), 0, page, page, 2, TransferFlags.NONE);
            queue.flush(3);
            complete(queue);
            await(() -> forgotten.size() == 2);
            assertEquals(List.of("0+1", "1+1"), forgotten);
            assertFalse(file.isIdle(), "its queue is open");
        }
        await(file::isIdle);
    }

    @Test
    void closingWaitsForIt() throws Exception {
        write(0);
        file.flushing(false).run();
        Thread closer = Thread.currentThread();
        Thread releaser = new Thread(() -> {
            long start = System.nanoTime();
            while (closer.getState() != Thread.State.TIMED_WAITING && System.nanoTime() - start < LONG) {
                Thread.onSpinWait();
            }
            held.countDown();
        });
        releaser.start();
        file.close();
        assertEquals(List.of("0+1"), forgotten);
        assertEquals(1, closed());
        releaser.join();
    }

    @Test
    void whatTakesLongerThanClosingWaitsGivesTheDescriptorBack() throws Exception {
        write(0);
        file.flushing(false).run();
        write(2);
        Runnable late = file.flushing(false);
        Thread.currentThread().interrupt();
        file.close();
        assertTrue(Thread.interrupted());
        late.run();
        assertEquals(List.of(), forgotten);
        assertEquals(0, closed());
        held.countDown();
        await(() -> closed() == 1);
        assertEquals(List.of("0+1"), forgotten);
    }

    @Test
    void aKernelThatForgetsNothingIsTold() throws Exception {
        ScriptedCalls refusing = new ScriptedCalls()
                .answer("preadv2", 1, a -> true, a -> 0)
                .answer("pwritev2", 1, a -> true, a -> page)
                .fail("fadvise", Errno.EPERM);
        try (KernelFile other = new LinuxKernelFiles(refusing.calls()).open(disk.resolve("file"), Access.READ_WRITE)) {
            other.writeUncached(ByteBuffer.allocateDirect(page), 0);
            other.flushing(false).run();
            await(other::isIdle);
            assertEquals(1, other.notes().size());
            assertTrue(other.notes().get(0).contains("posix_fadvise: EPERM"), other.notes()::toString);
        }
    }

    private KernelFile open(Path path) throws StorageException {
        return new LinuxKernelFiles(script.calls()).open(path, Access.READ_WRITE);
    }

    private void write(int at) throws StorageException {
        assertEquals(page, file.writeUncached(ByteBuffer.allocateDirect(page), (long) at * page));
    }

    private long closed() {
        return script.made().stream().filter("close"::equals).count();
    }

    private ChannelQueue queue() {
        try {
            return file.openQueue(4, new AsideChannel(aside), flags -> true, () -> false);
        } catch (StorageException e) {
            return abort("needs io_uring: " + e.getMessage());
        }
    }

    private void complete(ChannelQueue queue) throws StorageException {
        long start = System.nanoTime();
        while (queue.pending() > 0) {
            assertTrue(System.nanoTime() - start < LONG, "operations never complete");
            queue.submit(queue.pending(), LONG);
            queue.poll(new CompletionSink() {
                @Override
                public void completed(long token, int transferred) {}

                @Override
                public void failed(long token, StorageException error) {
                    throw new AssertionError(error);
                }
            });
        }
        assumeTrue(aside.isEmpty(), "needs RWF_DONTCACHE: Linux 6.14, and a build on ext4 or xfs");
    }

    private static void await(BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() - start < LONG, "it never came");
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }
}

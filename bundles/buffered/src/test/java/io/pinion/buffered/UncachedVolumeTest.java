package io.pinion.buffered;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pinion.linux.Linux;
import io.pinion.linux.SystemCalls;
import io.pinion.linux.claim.LinuxKernelFiles;
import io.pinion.linux.claim.LinuxTargetGuard;
import io.pinion.linux.libc.LibC;
import io.pinion.strategy.Capability;
import io.pinion.strategy.CompletionSink;
import io.pinion.strategy.KernelFiles;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.TransferFlags;
import io.pinion.volume.IoQueue;
import io.pinion.volume.Pinion;
import io.pinion.volume.SwapReport;
import io.pinion.volume.Volume;
import io.pinion.volume.VolumeStatistics;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A volume with {@code cache = drop}, as an operator and an application see it, where it can be had and where not. */
@Timeout(60)
class UncachedVolumeTest {
    /** All of the file, so that nothing is there to be read ahead. */
    private static final int SIZE = 1 << 20;

    private static final String NEEDED = "needs RWF_DONTCACHE: Linux 6.14, and a build on ext4 or xfs";
    private static final long LONG = TimeUnit.SECONDS.toNanos(30);

    private final SystemCalls calls = new LibC();
    private final BufferedStrategy strategy = new BufferedStrategy(Map.of("cache", "drop"));
    private StorageException failure;

    @Test
    void leavesNothingInThePageCacheWhereTheFileSystemTakesIt() throws Exception {
        KernelFiles kernel = new LinuxKernelFiles(calls);
        Path file = Files.createTempFile(Path.of("target").toAbsolutePath(), "volume", "");
        try (Pinion pinion = pinion(kernel, file)) {
            Volume volume = pinion.volume("v", Duration.ofSeconds(10));
            assumeTrue(volume.capabilities().contains(Capability.UNCACHED_TRANSFERS), NEEDED);
            for (int round = 0; round < 2; round++) {
                volume.write(ByteBuffer.allocate(SIZE), 0);
                volume.write(ByteBuffer.allocateDirect(4096), SIZE - 4096);
                volume.flush();
                awaitNoneCached(file);
                transfer(volume, true);
                awaitNoneCached(file);
                transfer(volume, false);
                assertEquals(0, cachedPages(file), "round " + round);
            }
            String why = String.join("\n", pinion.admin().why("v"));
            assertTrue(why.contains("(page cache, uncached)"), why);
            assertFalse(why.contains("built on threads"), why);
            assertFalse(why.contains("fell back"), why);
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void aSwapDoesNotWaitUntilPagesAreForgotten() throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        SystemCalls slow = forgettingAfter(held);
        Path file = Files.createTempFile(Path.of("target").toAbsolutePath(), "volume", "");
        try (Pinion pinion = pinion(new LinuxKernelFiles(slow), file)) {
            Volume volume = pinion.volume("v", Duration.ofSeconds(10));
            assumeTrue(volume.capabilities().contains(Capability.UNCACHED_TRANSFERS), NEEDED);
            volume.write(ByteBuffer.allocateDirect(SIZE), 0);
            volume.flush();
            volume.write(ByteBuffer.allocateDirect(SIZE), 0);
            pinion.add("other", new BufferedStrategy());
            SwapReport report = pinion.admin().swap("v", "other");
            assertEquals(SwapReport.Outcome.PUBLISHED, report.outcome());
            assertEquals(SIZE, volume.read(ByteBuffer.allocateDirect(SIZE), 0));
            assertEquals(1, held.getCount(), "nothing was to be forgotten yet");
        } finally {
            held.countDown();
            Files.delete(file);
        }
    }

    @Test
    void aQueueOfAServiceThatWasReplacedLeavesNothing() throws Exception {
        Path file = Files.createTempFile(Path.of("target").toAbsolutePath(), "volume", "");
        try (Pinion pinion = pinion(new LinuxKernelFiles(calls), file)) {
            Volume volume = pinion.volume("v", Duration.ofSeconds(10));
            assumeTrue(volume.capabilities().contains(Capability.UNCACHED_TRANSFERS), NEEDED);
            try (IoQueue queue = volume.openQueue(4)) {
                // What is written over is what the kernel keeps.
                transfer(queue, true);
                strategy.bindKernel(new LinuxKernelFiles(calls));
                transfer(queue, true);
                awaitNoneCached(file);
                transfer(queue, true, false);
                volume.flush();
                awaitNoneCached(file);
            }
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void saysWhyItKeepsPagesWhereTheFileSystemDoesNot() throws Exception {
        Path shared = Path.of("/dev/shm");
        assumeTrue(Files.isWritable(shared), "needs a tmpfs at " + shared);
        Path file = Files.createTempFile(shared, "pinion", "");
        try (Pinion pinion = pinion(new LinuxKernelFiles(calls), file)) {
            Volume volume = pinion.volume("v", Duration.ofSeconds(10));
            assertFalse(volume.capabilities().contains(Capability.UNCACHED_TRANSFERS));
            volume.write(ByteBuffer.allocateDirect(4096), 0);
            transfer(volume, true);
            String why = String.join("\n", pinion.admin().why("v"));
            assertTrue(why.contains("(page cache)"), why);
            assertTrue(why.contains("cache=drop is not had, pages stay in the page cache: EOPNOTSUPP"), why);
            VolumeStatistics.ByStrategy figures =
                    pinion.admin().statistics("v").byStrategy().get("buffered");
            assertTrue(why.contains("fell back: 2 operations: not uncached: EOPNOTSUPP"), why);
            assertEquals(1, figures.causes().size());
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void itsQueueIsBuiltOnThreadsWhereThereIsNoRingAndItIsSaidWhy() throws Exception {
        Path file = Files.createTempFile(Path.of("target").toAbsolutePath(), "volume", "");
        FakeKernel kernel = new FakeKernel();
        try (Pinion pinion = pinion(kernel, file)) {
            Volume volume = pinion.volume("v", Duration.ofSeconds(10));
            try (IoQueue queue = volume.openQueue(4)) {
                transfer(queue, true);
                String why = String.join("\n", pinion.admin().why("v"));
                assertTrue(why.contains("so it is built on threads: openQueue: no ring today"), why);
            }
            assertEquals(SIZE, kernel.last().moved, "on threads it is uncached as well");
        } finally {
            Files.delete(file);
        }
    }

    private Pinion pinion(KernelFiles kernel, Path file) throws StorageException {
        strategy.bindKernel(kernel);
        Pinion pinion = Pinion.start();
        pinion.guard(new LinuxTargetGuard(calls));
        pinion.add("buffered", strategy);
        pinion.configure("v", Map.of("target", file.toString(), "strategy", "buffered"));
        return pinion;
    }

    private void transfer(Volume volume, boolean writing) throws Exception {
        try (IoQueue queue = volume.openQueue(4)) {
            transfer(queue, writing);
        }
    }

    private void transfer(IoQueue queue, boolean writing) throws Exception {
        transfer(queue, writing, writing);
    }

    private void transfer(IoQueue queue, boolean writing, boolean flushing) throws Exception {
        ByteBuffer buffer = ByteBuffer.allocateDirect(SIZE);
        if (writing) {
            queue.write(buffer, 0, SIZE, 0, 1, TransferFlags.NONE);
            if (flushing) {
                queue.flush(2);
            }
        } else {
            queue.read(buffer, 0, SIZE, 0, 1, TransferFlags.NONE);
        }
        long start = System.nanoTime();
        while (queue.pending() > 0) {
            assertTrue(System.nanoTime() - start < LONG, "operations never complete");
            queue.submit(1, LONG);
            queue.poll(new CompletionSink() {
                @Override
                public void completed(long token, int transferred) {}

                @Override
                public void failed(long token, StorageException error) {
                    failure = error;
                }
            });
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** {@return the calls, of which that which has pages forgotten waits for the latch} */
    private SystemCalls forgettingAfter(CountDownLatch held) {
        return (SystemCalls) Proxy.newProxyInstance(
                SystemCalls.class.getClassLoader(), new Class<?>[] {SystemCalls.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("fadvise") && arguments[3].equals(Linux.POSIX_FADV_DONTNEED)) {
                        held.await(LONG, TimeUnit.NANOSECONDS);
                    }
                    return method.invoke(calls, arguments);
                });
    }

    private void awaitNoneCached(Path file) {
        long start = System.nanoTime();
        while (cachedPages(file) > 0) {
            assertTrue(System.nanoTime() - start < LONG, "pages=" + cachedPages(file));
            Thread.onSpinWait();
        }
    }

    private long cachedPages(Path file) {
        int descriptor = calls.open(SystemCalls.path(file), Linux.O_RDONLY | Linux.O_CLOEXEC, 0);
        ByteBuffer result = ByteBuffer.allocateDirect(56).order(ByteOrder.nativeOrder());
        int status = calls.cachestat(descriptor, 0, 0, result);
        calls.close(descriptor);
        assumeTrue(status == 0, "needs cachestat");
        return result.getLong(0);
    }
}

package io.pinion.direct;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.linux.Errno;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FlushesTest {
    private static final int THREADS = 8;

    @TempDir(factory = DiskDirectory.class)
    Path directory;

    private final ScriptedCalls script = new ScriptedCalls();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() throws InterruptedException {
        threads.shutdownNow();
        assertTrue(threads.awaitTermination(10, TimeUnit.SECONDS));
    }

    /** The kernel tells one caller alone: all who asked meanwhile, and all who ask later, must fail with him. */
    @Test
    void aFailureThatTheKernelReportsOnceFailsEveryFlushThatWasWaiting() throws Exception {
        try (DirectFile file = file()) {
            CountDownLatch flushing = new CountDownLatch(1);
            CountDownLatch goOn = new CountDownLatch(1);
            script.answer("fdatasync", 1, (a, real) -> {
                flushing.countDown();
                goOn.await();
                return Errno.EIO.result();
            });
            List<Future<?>> all = new ArrayList<>();
            all.add(flush(file));
            flushing.await();
            for (int n = 1; n < THREADS; n++) {
                all.add(flush(file));
            }
            goOn.countDown();
            for (Future<?> one : all) {
                ExecutionException e = assertThrows(ExecutionException.class, one::get);
                assertEquals(Kind.FLUSH_FAILED, ((StorageException) e.getCause()).kind());
            }
            assertThrows(StorageException.class, file.channel::flush);
        }
    }

    @Test
    void thoseWhoCameDuringOneFlushShareTheNext() throws Exception {
        try (DirectFile file = file()) {
            AtomicInteger made = new AtomicInteger();
            CountDownLatch flushing = new CountDownLatch(1);
            CountDownLatch came = new CountDownLatch(THREADS - 1);
            CountDownLatch goOn = new CountDownLatch(1);
            script.answer("fdatasync", Integer.MAX_VALUE, (a, real) -> {
                if (made.getAndIncrement() == 0) {
                    flushing.countDown();
                    goOn.await();
                }
                return real.make(a);
            });
            List<Future<?>> all = new ArrayList<>();
            all.add(flush(file));
            flushing.await();
            for (int n = 1; n < THREADS; n++) {
                all.add(threads.submit(() -> {
                    came.countDown();
                    file.channel.flush();
                    return null;
                }));
            }
            came.await();
            goOn.countDown();
            for (Future<?> one : all) {
                one.get();
            }
            assertTrue(made.get() >= 2, "one that began before they came does not cover them");
            assertTrue(made.get() <= THREADS, made::toString);
        }
    }

    private Future<?> flush(DirectFile file) {
        return threads.submit(() -> {
            file.channel.flush();
            return null;
        });
    }

    private DirectFile file() throws Exception {
        return new DirectFile(directory.resolve("file"), script.calls(), Settings.SMALL, 10_000);
    }
}

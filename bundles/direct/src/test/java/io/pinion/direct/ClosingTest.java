package io.pinion.direct;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.TransferFlags;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
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
class ClosingTest {
    @TempDir(factory = DiskDirectory.class)
    Path directory;

    private final ScriptedCalls script = new ScriptedCalls();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() throws InterruptedException {
        threads.shutdownNow();
        assertTrue(threads.awaitTermination(10, TimeUnit.SECONDS));
    }

    @Test
    void anOperationThatStillRunsKeepsDescriptorsAndMemory() throws Exception {
        AtomicInteger unmapped = new AtomicInteger();
        try (DirectFile file = file()) {
            CountDownLatch reading = new CountDownLatch(1);
            CountDownLatch goOn = new CountDownLatch(1);
            script.answer("pread", 1, (a, real) -> {
                reading.countDown();
                goOn.await();
                return real.make(a);
            });
            script.answer("munmap", Integer.MAX_VALUE, (a, real) -> {
                unmapped.incrementAndGet();
                return real.make(a);
            });
            ByteBuffer buffer = ByteBuffer.allocate(1000);
            Future<Integer> read = threads.submit(() -> file.read(buffer, 10));
            reading.await();
            file.channel.close();
            file.channel.close();
            assertEquals(4, Descriptors.flags(file.path).size());
            assertEquals(0, unmapped.get());
            assertClosed(() -> file.read(ByteBuffer.allocate(1), 0));
            assertClosed(() -> file.write(new byte[1], 0));
            assertClosed(file.channel::size);
            assertClosed(() -> {
                file.channel.setSize(0);
                return 0;
            });
            assertClosed(() -> {
                file.channel.flush();
                return 0;
            });
            assertFalse(read.isDone());
            goOn.countDown();
            assertEquals(1000, read.get());
            assertEquals(List.of(), Descriptors.flags(file.path));
            assertEquals(1, unmapped.get());
        }
    }

    @Test
    void closingUnderLoadEndsInSuccessOrClosed() throws Exception {
        for (int round = 0; round < 20; round++) {
            DirectFile file = file();
            List<Future<?>> all = new ArrayList<>();
            CountDownLatch running = new CountDownLatch(4);
            for (int n = 0; n < 4; n++) {
                int at = n * 1000;
                all.add(threads.submit(() -> {
                    try {
                        for (int i = 0; ; i++) {
                            file.write(new byte[1000], at);
                            file.read(DirectFile.aligned(4096, 0), 0);
                            if (i == 3) {
                                running.countDown();
                            }
                        }
                    } catch (StorageException e) {
                        assertEquals(Kind.CLOSED, e.kind());
                    }
                    return null;
                }));
            }
            running.await();
            file.close();
            for (Future<?> one : all) {
                one.get();
            }
            assertEquals(List.of(), Descriptors.flags(file.path));
            assertEquals(0, file.meter.pinnedBytes());
        }
    }

    @Test
    void anInterruptHarmsNothingAndStays() throws Exception {
        try (DirectFile file = file()) {
            Thread.currentThread().interrupt();
            file.write(new byte[] {1, 2, 3}, 7);
            file.channel.write(DirectFile.aligned(512, 0), 0, TransferFlags.NONE);
            assertEquals(3, file.read(ByteBuffer.allocate(3), 7));
            file.channel.flush();
            assertTrue(Thread.interrupted());
        }
    }

    @Test
    void operationsWaitForBounceBuffersAlsoWhenInterrupted() throws Exception {
        try (DirectFile file = file()) {
            CountDownLatch goOn = new CountDownLatch(1);
            CountDownLatch reading = new CountDownLatch(2);
            script.answer("pread", 2, (a, real) -> {
                reading.countDown();
                goOn.await();
                return real.make(a);
            });
            List<Future<Integer>> all = new ArrayList<>();
            for (int n = 0; n < 2; n++) {
                all.add(threads.submit(() -> file.read(ByteBuffer.allocate(10), 0)));
            }
            reading.await();
            for (int n = 0; n < 5; n++) {
                all.add(threads.submit(() -> {
                    Thread.currentThread().interrupt();
                    int got = file.read(ByteBuffer.allocate(10), 0);
                    assertTrue(Thread.interrupted());
                    return got;
                }));
            }
            assertEquals(4096, file.read(DirectFile.aligned(4096, 0), 0), "aligned ones need none");
            goOn.countDown();
            for (Future<Integer> one : all) {
                assertEquals(10, one.get());
            }
        }
    }

    private DirectFile file() throws IOException {
        return new DirectFile(directory.resolve("file"), script.calls(), Settings.SMALL, 100_000);
    }

    @FunctionalInterface
    private interface Use {
        Object run() throws StorageException;
    }

    private static void assertClosed(Use use) {
        assertEquals(Kind.CLOSED, assertThrows(StorageException.class, use::run).kind());
    }
}

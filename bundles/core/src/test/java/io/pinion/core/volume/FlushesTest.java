package io.pinion.core.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.pinion.strategy.Geometry;
import io.pinion.strategy.Handover;
import io.pinion.strategy.IoChannel;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Flushes of one channel that come together. */
@Timeout(60)
class FlushesTest {
    private final Semaphore begun = new Semaphore(0);
    private final Semaphore mayEnd = new Semaphore(0);
    private final AtomicInteger calls = new AtomicInteger();
    private final List<Thread> threads = new ArrayList<>();
    private volatile StorageException answer;
    private final Flushes flushes = new Flushes(new Channel());

    /** Tells of a failure once, as the kernel does. */
    private final class Channel implements IoChannel {
        @Override
        public Geometry geometry() {
            return Geometry.builder().build();
        }

        @Override
        public void begin(Handover handover) {}

        @Override
        public void flush() throws StorageException {
            calls.incrementAndGet();
            StorageException told = answer;
            answer = null;
            begun.release();
            mayEnd.acquireUninterruptibly();
            if (told != null) {
                throw told;
            }
        }

        @Override
        public void close() {}
    }

    @Test
    void noneSucceedsBesideOneThatFails() throws Exception {
        answer = StorageException.of(Kind.FLUSH_FAILED, "flush", "EIO").build();
        StorageException told = answer;
        CompletableFuture<Void> first = start();
        begun.acquire();
        CompletableFuture<Void> second = start();
        mayEnd.release(2);
        for (CompletableFuture<Void> flush : List.of(first, second)) {
            ExecutionException failure = assertThrows(ExecutionException.class, () -> flush.get(30, TimeUnit.SECONDS));
            assertSame(told, failure.getCause());
        }
        assertSame(told, assertThrows(StorageException.class, flushes::flush));
        assertEquals(1, calls.get(), "the kernel would not tell it again");
    }

    @Test
    void thoseThatWaitAreServedByOneFlushThatBeginsAfterwards() throws Exception {
        CompletableFuture<Void> first = start();
        begun.acquire();
        CompletableFuture<Void> second = start();
        CompletableFuture<Void> third = start();
        while (!threads.stream().allMatch(thread -> thread.getState() == Thread.State.WAITING)) {
            Thread.onSpinWait();
        }
        mayEnd.release(2);
        CompletableFuture.allOf(first, second, third).get(30, TimeUnit.SECONDS);
        assertEquals(2, calls.get());
    }

    private CompletableFuture<Void> start() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                flushes.flush();
                done.complete(null);
            } catch (StorageException e) {
                done.completeExceptionally(e);
            }
        });
        threads.add(thread);
        thread.start();
        return done;
    }
}

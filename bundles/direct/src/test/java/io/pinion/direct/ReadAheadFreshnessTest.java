package io.pinion.direct;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pinion.linux.claim.LinuxTargetGuard;
import io.pinion.strategy.Access;
import io.pinion.strategy.ChannelQueue;
import io.pinion.strategy.Claim;
import io.pinion.strategy.ClaimRequest;
import io.pinion.strategy.CompletionSink;
import io.pinion.strategy.Discard;
import io.pinion.strategy.Handover;
import io.pinion.strategy.OpenOptions;
import io.pinion.strategy.PositionalChannel;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.Target;
import io.pinion.strategy.TransferFlags;
import io.pinion.strategy.WriteZeroes;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLongArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A read that begins after a write has ended sees it, whatever was read ahead, and whichever way the write took. */
@Timeout(60)
class ReadAheadFreshnessTest {
    /** What is read ahead lives no longer. */
    private static final long LIFE_MILLIS = 1000;

    private static final int BLOCK = DirectFile.BLOCK;
    private static final int SIZE = 64 * BLOCK;
    private static final TransferFlags NONE = TransferFlags.NONE;

    @TempDir(factory = DiskDirectory.class)
    Path directory;

    private final ScriptedCalls script = new ScriptedCalls();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    /** What changes the file, from a position on that has been read ahead. */
    @FunctionalInterface
    private interface Change {
        void make(DirectFile file, long position) throws Exception;
    }

    @AfterEach
    void stop() throws InterruptedException {
        threads.shutdownNow();
        assertTrue(threads.awaitTermination(10, TimeUnit.SECONDS));
    }

    private DirectFile file() throws IOException {
        return new DirectFile(directory.resolve("file"), script.calls(), Settings.SMALL, SIZE);
    }

    private void assertSeen(Change change) throws Exception {
        try (DirectFile file = file()) {
            SequentialReader reader = new SequentialReader(file, BLOCK, 0);
            reader.next(8);
            for (int round = 0; round < 3; round++) {
                long ahead = file.meter.bouncedBytes();
                reader.next(4);
                assertTrue(file.meter.bouncedBytes() > ahead, "it is read ahead");
                change.make(file, reader.position());
                reader.next(2);
            }
        }
    }

    @Test
    void everyWriteIsSeen() throws Exception {
        assertSeen((file, at) -> file.channel.write(DirectFile.aligned(DirectFile.content(BLOCK, at)), at, NONE));
        assertSeen((file, at) -> file.write(DirectFile.content(100, at), at + 1000));
        assertSeen((file, at) ->
                file.channel.write(DirectFile.aligned(DirectFile.content(BLOCK, at)), at, TransferFlags.DURABLE));
        assertSeen((file, at) -> file.channel.write(
                new ByteBuffer[] {
                    DirectFile.aligned(DirectFile.content(BLOCK, at)), DirectFile.aligned(DirectFile.content(BLOCK, 7))
                },
                at,
                NONE));
        assertSeen((file, at) -> file.write(DirectFile.content(SIZE, at), at));
    }

    @Test
    void whatCutsAndExtendsIsSeen() throws Exception {
        assertSeen((file, at) -> {
            file.channel.setSize(at + 10);
            file.channel.setSize(SIZE);
        });
    }

    @Test
    void aWriteByAQueueIsSeen() throws Exception {
        assertSeen((file, at) -> {
            try (ChannelQueue queue = queue(file)) {
                queue.write(DirectFile.aligned(DirectFile.content(BLOCK, at)), 0, BLOCK, at, 1, NONE);
                List<Long> done = new ArrayList<>();
                long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
                while (queue.pending() > 0 && System.nanoTime() < end) {
                    queue.submit(1, TimeUnit.SECONDS.toNanos(1));
                    queue.poll(noting(done));
                }
                assertEquals(List.of(1L), done);
            }
        });
    }

    @Test
    void extrasAreSeen() throws Exception {
        try (DirectFile file = file();
                Claim claim = new LinuxTargetGuard(script.real())
                        .claim(Target.of(file.path), ClaimRequest.of(Access.READ_WRITE));
                PositionalChannel channel = (PositionalChannel)
                        file.strategy.open(Target.of(file.path).claimedBy(claim), OpenOptions.of(Access.READ_WRITE))) {
            channel.begin(Handover.first());
            SequentialReader reader = new SequentialReader(channel, file.path, BLOCK, 0);
            reader.next(10);
            Optional<WriteZeroes> zeroes = channel.adapt(WriteZeroes.class);
            assumeTrue(zeroes.isPresent(), "needs a file system with holes");
            zeroes.get().writeZeroes(reader.position(), BLOCK);
            reader.next(10);
            channel.adapt(Discard.class).orElseThrow().discard(reader.position(), BLOCK);
            reader.next(10);
        }
    }

    @Test
    void nothingIsReadAheadOfAWriteInFlight() throws Exception {
        try (DirectFile file = file()) {
            CountDownLatch writing = new CountDownLatch(1);
            CountDownLatch goOn = new CountDownLatch(1);
            script.answerFirst("pwrite", (a, real) -> {
                writing.countDown();
                assertTrue(goOn.await(30, TimeUnit.SECONDS));
                return real.make(a);
            });
            ByteBuffer block = DirectFile.aligned(DirectFile.content(BLOCK, 9));
            Future<Integer> write = threads.submit(() -> file.channel.write(block, 10 * BLOCK, NONE));
            assertTrue(writing.await(30, TimeUnit.SECONDS));
            SequentialReader reader = new SequentialReader(file, BLOCK, 0);
            reader.next(8);
            goOn.countDown();
            write.get(30, TimeUnit.SECONDS);
            reader.next(8);
        }
    }

    @Test
    void whatIsWrittenWhileItIsReadAheadIsSeen() throws Exception {
        try (DirectFile file = file()) {
            SequentialReader reader = new SequentialReader(file, BLOCK, 0);
            reader.next(2);
            script.answerFirst("pread", (a, real) -> {
                Object read = real.make(a);
                ByteBuffer block = DirectFile.aligned(DirectFile.content(BLOCK, 9));
                file.channel.write(block, 5 * BLOCK, NONE);
                return read;
            });
            reader.next(10);
        }
    }

    @Test
    void aChannelThatServesOnAfterAFailedSuccessorHasNothingOfBefore() throws Exception {
        assertSeen((file, at) -> {
            file.channel.end(Handover.first());
            overwrite(file, at);
        });
    }

    @Test
    void whatOthersWriteIsSeenAfterAWhile() throws Exception {
        assertSeen((file, at) -> {
            overwrite(file, at);
            Thread.sleep(LIFE_MILLIS + 100);
        });
    }

    /** As another process does. */
    private static void overwrite(DirectFile file, long position) throws IOException {
        try (RandomAccessFile other = new RandomAccessFile(file.path.toFile(), "rw")) {
            other.seek(position);
            other.write(DirectFile.content(BLOCK, position));
            other.getFD().sync();
        }
    }

    @Test
    void readersBesideWritersNeverGoBack() throws Exception {
        AtomicLongArray written = new AtomicLongArray(SIZE / BLOCK);
        AtomicBoolean stop = new AtomicBoolean();
        try (DirectFile file = file()) {
            file.write(new byte[SIZE], 0);
            List<Future<?>> parts = new ArrayList<>();
            parts.add(threads.submit(() -> write(file, written, 0, stop)));
            parts.add(threads.submit(() -> write(file, written, 1, stop)));
            parts.add(threads.submit(() -> read(file, written, stop)));
            parts.add(threads.submit(() -> read(file, written, stop)));
            Thread.sleep(2000);
            stop.set(true);
            for (Future<?> part : parts) {
                part.get(30, TimeUnit.SECONDS);
            }
            assertTrue(file.meter.bouncedBytes() > SIZE, "much was read ahead");
        }
    }

    private static Void write(DirectFile file, AtomicLongArray written, int odd, AtomicBoolean stop)
            throws StorageException {
        ByteBuffer block = DirectFile.aligned(BLOCK, 0);
        for (long round = 1; !stop.get(); round++) {
            int index = (int) (round * 2 * 7 + odd) % written.length();
            block.clear().putLong(0, round).putLong(BLOCK - Long.BYTES, round);
            file.channel.write(block, index * (long) BLOCK, NONE);
            written.set(index, round);
        }
        return null;
    }

    private static Void read(DirectFile file, AtomicLongArray written, AtomicBoolean stop) throws StorageException {
        ByteBuffer block = DirectFile.aligned(BLOCK, 0);
        while (!stop.get()) {
            for (int index = 0; index < written.length(); index++) {
                long least = written.get(index);
                file.channel.read(block.clear(), index * (long) BLOCK, NONE);
                long first = block.getLong(0);
                assertTrue(first >= least, () -> "block is of round " + block.getLong(0) + ", written was " + least);
            }
        }
        return null;
    }

    private static CompletionSink noting(List<Long> done) {
        return new CompletionSink() {
            @Override
            public void completed(long token, int transferred) {
                done.add(token);
            }

            @Override
            public void failed(long token, StorageException error) {
                throw new IllegalStateException(error);
            }
        };
    }

    private static ChannelQueue queue(DirectFile file) {
        try {
            return file.channel.openQueue(4).orElseThrow();
        } catch (StorageException e) {
            return abort("needs io_uring: " + e.getMessage());
        }
    }
}

package io.pinion.direct;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pinion.linux.SystemCalls;
import io.pinion.linux.claim.LinuxTargetGuard;
import io.pinion.linux.libc.LibC;
import io.pinion.strategy.Access;
import io.pinion.strategy.Claim;
import io.pinion.strategy.ClaimRequest;
import io.pinion.strategy.Discard;
import io.pinion.strategy.Handover;
import io.pinion.strategy.OpenOptions;
import io.pinion.strategy.PositionalChannel;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.Target;
import io.pinion.strategy.TransferFlags;
import io.pinion.strategy.WriteZeroes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Many threads in the same blocks, at the same end. Each byte has one owner, so that the outcome is known. */
@Timeout(120)
class EdgesTest {
    private static final int THREADS = 6;
    private static final int STRIPE = 337;

    @TempDir(factory = DiskDirectory.class)
    Path directory;

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS + 1);

    @AfterEach
    void stop() throws InterruptedException {
        threads.shutdownNow();
        assertTrue(threads.awaitTermination(10, TimeUnit.SECONDS));
    }

    /** Thread n owns every n-th stripe of 337 bytes, so that no block has one owner alone. */
    @Test
    void neighboursLoseNothing() throws Exception {
        int size = 40 * THREADS * STRIPE + 100;
        try (DirectFile file = new DirectFile(directory, Settings.SMALL, size)) {
            byte[] model = file.seen();
            run(n -> {
                Random random = new Random(n);
                for (int round = 0; round < 300; round++) {
                    int at = (random.nextInt(40) * THREADS + n) * STRIPE;
                    byte[] bytes = DirectFile.content(STRIPE, random.nextLong());
                    System.arraycopy(bytes, 0, model, at, STRIPE);
                    ByteBuffer buffer = round % 2 == 0 ? ByteBuffer.wrap(bytes) : DirectFile.aligned(bytes);
                    file.channel.write(buffer, at, TransferFlags.NONE);
                    ByteBuffer back = ByteBuffer.allocate(STRIPE);
                    assertEquals(STRIPE, file.read(back, at));
                    assertArrayEquals(bytes, back.array());
                }
            });
            file.channel.flush();
            assertEquals(size, file.channel.size());
            assertArrayEquals(model, file.seen());
        }
    }

    /** What a whole-block write has completed is not put back by a neighbour who rewrites a few bytes of the block. */
    @Test
    void wholeWritesAreNotUndoneByOnesInPart() throws Exception {
        int block = DirectFile.BLOCK;
        try (DirectFile file = new DirectFile(directory, Settings.SMALL, 4 * block)) {
            AtomicBoolean over = new AtomicBoolean();
            Future<?> part = threads.submit(() -> {
                for (byte value = 0; !over.get(); value++) {
                    file.write(new byte[] {value, value, value}, block + 100);
                }
                return null;
            });
            ByteBuffer back = DirectFile.aligned(block, 0);
            for (int round = 0; round < 400; round++) {
                byte[] whole = DirectFile.content(block, round);
                file.channel.write(DirectFile.aligned(whole), block, TransferFlags.NONE);
                assertEquals(block, file.read(back.clear(), block));
                for (int index = 0; index < block; index++) {
                    boolean shared = index >= 100 && index < 103;
                    assertTrue(shared || whole[index] == back.get(index), "round=" + round + " index=" + index);
                }
            }
            over.set(true);
            part.get();
        }
    }

    /** Appends of odd lengths, whole-block writes right before them, and reads, while the file is also read from outside. */
    @Test
    void appendsAndWholeBlocksAtTheSameEnd() throws Exception {
        int size = 700_000;
        try (DirectFile file = new DirectFile(directory, Settings.SMALL, 3)) {
            byte[] model = new byte[size];
            System.arraycopy(file.seen(), 0, model, 0, 3);
            AtomicLong next = new AtomicLong(3);
            AtomicBoolean over = new AtomicBoolean();
            Future<?> reader = threads.submit(() -> {
                while (!over.get()) {
                    file.seen();
                }
                return null;
            });
            run(n -> {
                Random random = new Random(n);
                while (true) {
                    int length = n % 2 == 0 ? 1 + random.nextInt(900) : 512 * (1 + random.nextInt(9));
                    int at = n % 2 == 0
                            ? (int) next.getAndAdd(length)
                            : (int) next.getAndUpdate(v -> (v + 511 & -512) + length) + 511 & -512;
                    if (at + length > size) {
                        return;
                    }
                    byte[] bytes = DirectFile.content(length, random.nextLong());
                    System.arraycopy(bytes, 0, model, at, length);
                    assertEquals(length, file.channel.write(DirectFile.aligned(bytes), at, TransferFlags.NONE));
                    ByteBuffer back = ByteBuffer.allocate(length);
                    assertEquals(length, file.read(back, at));
                    assertArrayEquals(bytes, back.array());
                }
            });
            over.set(true);
            reader.get();
            file.channel.flush();
            byte[] seen = file.seen();
            assertEquals(seen.length, file.channel.size());
            assertArrayEquals(Arrays.copyOf(model, seen.length), seen);
        }
    }

    /** Rounds of: cut or extend to an odd length, then all write beside each other around and past that end. */
    @Test
    void theLengthStaysExact() throws Exception {
        Random random = new Random(7);
        try (DirectFile file = new DirectFile(directory, Settings.SMALL, 9000)) {
            byte[] model = file.seen();
            for (int round = 0; round < 60; round++) {
                int size = 5000 + random.nextInt(9000);
                file.channel.setSize(size);
                model = Arrays.copyOf(model, size);
                assertArrayEquals(model, file.seen(), "round=" + round);

                int base = size - random.nextInt(3000);
                byte[] next = Arrays.copyOf(model, Math.max(size, base + THREADS * STRIPE));
                byte[] bytes = DirectFile.content(THREADS * STRIPE, round);
                System.arraycopy(bytes, 0, next, base, bytes.length);
                run(n -> file.channel.write(
                        ByteBuffer.wrap(bytes, n * STRIPE, STRIPE), base + n * STRIPE, TransferFlags.NONE));
                assertEquals(next.length, file.channel.size());
                assertArrayEquals(next, file.seen(), "round=" + round);
                model = next;
            }
            file.channel.flush();
        }
    }

    /** Cutting beside writes of every sort: no order is promised, but nothing fails, and no flush says that data is lost. */
    @Test
    void cuttingBesideWritesHarmsNobody() throws Exception {
        int size = 64 * DirectFile.BLOCK;
        try (DirectFile file = new DirectFile(directory, Settings.SMALL, size)) {
            byte[] before = Arrays.copyOf(file.seen(), size / 2);
            run(n -> {
                Random random = new Random(n);
                for (int round = 0; round < 200; round++) {
                    int at = size / 2 + random.nextInt(size / 2);
                    if (n == 0) {
                        file.channel.setSize(at);
                    } else if (n % 2 == 0) {
                        file.channel.write(DirectFile.aligned(8192, 0), at & -512, TransferFlags.NONE);
                    } else {
                        file.write(new byte[1 + random.nextInt(5000)], at);
                    }
                }
            });
            file.channel.flush();
            assertEquals(file.seen().length, file.channel.size());
            assertArrayEquals(before, Arrays.copyOf(file.seen(), size / 2));
        }
    }

    /** Zeroing a few bytes of a block is not undone by a neighbour who rewrites others of it. */
    @Test
    void zeroesStayBesideNeighbours() throws Exception {
        Path path = directory.resolve("claimed");
        SystemCalls calls = new LibC();
        try (DirectFile file = new DirectFile(path, calls, Settings.SMALL, 100_000);
                Claim claim = new LinuxTargetGuard(calls).claim(Target.of(path), ClaimRequest.of(Access.READ_WRITE));
                PositionalChannel channel = (PositionalChannel)
                        file.strategy.open(Target.of(path).claimedBy(claim), OpenOptions.of(Access.READ_WRITE))) {
            channel.begin(Handover.first());
            Optional<WriteZeroes> zeroes = channel.adapt(WriteZeroes.class);
            assumeTrue(zeroes.isPresent(), "needs a file system with holes");
            run(n -> {
                for (int round = 0; round < 100; round++) {
                    int at = 4096 + n * 100;
                    channel.write(ByteBuffer.wrap(DirectFile.content(100, round)), at, TransferFlags.NONE);
                    if (n % 2 == 0) {
                        zeroes.get().writeZeroes(at, 100);
                    }
                    ByteBuffer back = ByteBuffer.allocate(100);
                    channel.read(back, at, TransferFlags.NONE);
                    assertArrayEquals(n % 2 == 0 ? new byte[100] : DirectFile.content(100, round), back.array());
                }
            });
            assertTrue(channel.adapt(Discard.class).orElseThrow().granularity() > 0);
        }
    }

    @FunctionalInterface
    private interface Work {
        void run(int number) throws IOException, StorageException;
    }

    private void run(Work work) throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        List<Future<?>> all = new ArrayList<>();
        for (int n = 0; n < THREADS; n++) {
            int number = n;
            Callable<Object> call = () -> {
                start.await();
                work.run(number);
                return null;
            };
            all.add(threads.submit(call));
        }
        start.countDown();
        for (Future<?> one : all) {
            one.get();
        }
    }
}

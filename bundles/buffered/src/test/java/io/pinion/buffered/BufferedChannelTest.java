package io.pinion.buffered;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pinion.linux.claim.LinuxTargetGuard;
import io.pinion.linux.libc.LibC;
import io.pinion.strategy.Access;
import io.pinion.strategy.Claim;
import io.pinion.strategy.ClaimRequest;
import io.pinion.strategy.OpenOptions;
import io.pinion.strategy.PositionalChannel;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.Target;
import io.pinion.strategy.TransferFlags;
import io.pinion.strategy.TransferMeter;
import io.pinion.tck.FaultyDevice;
import io.pinion.tck.FaultyGuard;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the compatibility kit does not know of this strategy: its ways around the JDK's channel. */
@Timeout(30)
class BufferedChannelTest {
    private static final TransferFlags NONE = TransferFlags.NONE;

    @TempDir
    private Path directory;

    private final TransferMeter meter = new TransferMeter();
    private Path file;

    @BeforeEach
    void makeFile() throws IOException {
        file = Files.createFile(directory.resolve("file"));
    }

    @Test
    void aTransferThatIsInterruptedWithoutEndIsDoneAllTheSame() throws Exception {
        try (PositionalChannel channel = open(Target.of(file), Access.READ_WRITE)) {
            Thread victim = Thread.currentThread();
            AtomicBoolean stop = new AtomicBoolean();
            CountDownLatch running = new CountDownLatch(1);
            Thread storm = new Thread(() -> {
                while (!stop.get()) {
                    victim.interrupt();
                    running.countDown();
                }
            });
            storm.start();
            try {
                while (running.getCount() > 0) {
                    Thread.onSpinWait();
                }
                ByteBuffer page = ByteBuffer.allocateDirect(4096);
                for (int round = 0; round < 500; round++) {
                    fill(page, round);
                    assertEquals(4096, channel.write(page.rewind(), round * 4096L, NONE));
                    page.clear();
                    assertEquals(4096, channel.read(page, round * 4096L, NONE));
                    assertEquals((byte) round, page.get(4095));
                    channel.flush();
                }
            } finally {
                stop.set(true);
                assertTrue(Thread.interrupted(), "the interrupt was lost");
                while (storm.isAlive()) {
                    Thread.onSpinWait();
                }
                Thread.interrupted();
            }
            assertEquals(500 * 4096L, channel.size());
        }
    }

    @Test
    void aTransferWhoseChannelIsAlwaysClosedGoesTheWayThatNothingCloses() throws Exception {
        BufferedStrategy strategy = new BufferedStrategy();
        strategy.bindAdvice((channel, pattern) -> {
            try {
                channel.close();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        strategy.configure(BufferedStrategyTest.configuration("random"));
        OpenOptions options = OpenOptions.of(Access.READ_WRITE).withMeter(meter);
        try (PositionalChannel channel = (PositionalChannel) strategy.open(Target.of(file), options)) {
            ByteBuffer buffer = ByteBuffer.allocateDirect(200_000);
            fill(buffer, 5);
            assertEquals(200_000, channel.write(buffer.rewind(), 10, NONE));
            channel.flush();
            assertEquals(200_010, channel.size());
            buffer.clear();
            assertEquals(199_999, channel.read(buffer, 11, NONE));
            assertEquals(199_999, buffer.position());
            assertEquals(5, buffer.get(199_998));
            assertEquals(-1, channel.read(buffer, 200_010, NONE));
            TransferMeter.Count count = meter.counts().get(BufferedChannel.INTERRUPTS);
            assertEquals(399_999, count.bouncedBytes());
            assertTrue(count.fallbacks() >= count.bounces());
        }
    }

    @Test
    void heapBuffersLargerThanThePartsGoWholeAndCount() throws Exception {
        byte[] content = new byte[(5 << 20) + 17];
        for (int i = 0; i < content.length; i++) {
            content[i] = (byte) (i * 31 >> 3);
        }
        try (PositionalChannel channel = open(Target.of(file), Access.READ_WRITE)) {
            assertEquals(content.length, channel.write(ByteBuffer.wrap(content), 3, NONE));
            ByteBuffer back = ByteBuffer.allocate(content.length + 5);
            assertEquals(content.length, channel.read(back, 3, NONE));
            assertEquals(content.length, back.position());
            assertEquals(back.capacity(), back.limit());
            assertTrue(Arrays.equals(content, Arrays.copyOf(back.array(), content.length)));
            assertEquals(2L * content.length, meter.bouncedBytes());
            assertEquals(
                    2L * content.length,
                    meter.counts().get(BufferedChannel.HEAP_BUFFER).bouncedBytes());
        }
    }

    @Test
    void directBuffersAreNotCounted() throws Exception {
        try (PositionalChannel channel = open(Target.of(file), Access.READ_WRITE)) {
            channel.write(ByteBuffer.allocateDirect(4096), 0, NONE);
            channel.read(ByteBuffer.allocateDirect(8192), 0, NONE);
            assertTrue(meter.counts().isEmpty());
        }
    }

    @Test
    void aFullDeviceIsToldAsSuch() throws Exception {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full), "there is no /dev/full");
        try (PositionalChannel channel = channel(Target.of(full), Access.READ_WRITE)) {
            ByteBuffer buffer = ByteBuffer.allocateDirect(4096);
            StorageException e = assertThrows(StorageException.class, () -> channel.write(buffer, 8192, NONE));
            assertEquals(Kind.NO_SPACE, e.kind());
            assertEquals(8192, e.offset());
            assertEquals(4096, e.length());
            assertEquals(0, e.transferred());
            assertEquals(0, buffer.position());
        }
    }

    @Test
    void aWriteThatMeetsTheLargestSizeTellsWhatWasWritten() throws Exception {
        assumeTrue(Files.getFileStore(file).type().equals("ext4"), "the largest size is known of ext4 alone");
        long largest = ((1L << 32) - 1) * Files.getFileStore(file).getBlockSize();
        try (PositionalChannel channel = open(Target.of(file), Access.READ_WRITE)) {
            ByteBuffer buffer = ByteBuffer.allocateDirect(8192);
            StorageException e =
                    assertThrows(StorageException.class, () -> channel.write(buffer, largest - 4096, NONE));
            assertEquals(Kind.NO_SPACE, e.kind());
            assertEquals(4096, e.transferred());
            assertEquals(8192, e.length());
            assertEquals(4096, buffer.position());
            assertEquals(8192, buffer.limit());
        }
    }

    @Test
    void extendingLosesNothingThatIsWrittenBeside() throws Exception {
        try (PositionalChannel channel = open(Target.of(file), Access.READ_WRITE)) {
            for (int round = 0; round < 300; round++) {
                channel.setSize(0);
                long size = 10_000 + round;
                Thread extender = new Thread(() -> {
                    try {
                        channel.setSize(size);
                    } catch (StorageException e) {
                        throw new AssertionError(e);
                    }
                });
                extender.start();
                ByteBuffer buffer = ByteBuffer.allocateDirect(100);
                fill(buffer, 7);
                channel.write(buffer.rewind(), size - 100, NONE);
                extender.join();
                assertEquals(size, channel.size());
                ByteBuffer back = ByteBuffer.allocateDirect(100);
                assertEquals(100, channel.read(back, size - 100, NONE));
                assertEquals(7, back.get(99));
            }
        }
    }

    @Test
    void aSparseFileShrinks() throws Exception {
        try (PositionalChannel channel = open(Target.of(file), Access.READ_WRITE)) {
            channel.write(ByteBuffer.allocateDirect(1), 1 << 20, NONE);
            channel.setSize(1 << 19);
            assertEquals(1 << 19, channel.size());
        }
    }

    @Test
    void anotherFileUnderTheNameIsNotTakenForTheOldOne() throws Exception {
        try (PositionalChannel channel = open(Target.of(file), Access.READ_WRITE)) {
            Files.delete(file);
            Files.writeString(directory.resolve("other"), "other");
            Files.move(directory.resolve("other"), file);
            OpenFile open = new OpenFile(Target.of(file), true, Surroundings.PLAIN::advice);
            Files.move(file, directory.resolve("moved"));
            Files.writeString(file, "third");
            open.channel().close();
            StorageException e = assertThrows(StorageException.class, () -> open.next(open.channel()));
            assertEquals(Kind.TARGET_CHANGED, e.kind());
            open.close();
            assertEquals(-1, channel.read(ByteBuffer.allocateDirect(1), 0, NONE));
        }
    }

    @Test
    void aFlushAfterAnInterruptAsksTheDescriptorThatWasThereFromTheBeginning() throws Exception {
        OpenFile open = new OpenFile(Target.of(file), true, Surroundings.PLAIN::advice);
        assertFalse(open.isReopened());
        open.channel().close();
        open.next(open.channel());
        assertTrue(open.isReopened());
        open.close();
        assertThrows(IOException.class, () -> open.next(open.channel()));
    }

    @Test
    void theNumberOfADeviceThatIsGoneIsNotOpenedAgain() throws Exception {
        FaultyGuard guard = FaultyGuard.around(new LinuxTargetGuard(new LibC()));
        FaultyDevice device = guard.asDevice("naa.1", 1);
        try (Claim claim = guard.claim(Target.of(file), ClaimRequest.of(Access.READ_WRITE))) {
            OpenFile open = new OpenFile(Target.of(file).claimedBy(claim), true, Surroundings.PLAIN::advice);
            open.next(open.channel());
            device.insert();
            StorageException e = assertThrows(StorageException.class, () -> open.next(open.channel()));
            assertEquals(Kind.TARGET_CHANGED, e.kind());
            open.close();
        }
    }

    private PositionalChannel open(Target target, Access access) throws StorageException {
        return (PositionalChannel)
                new BufferedStrategy().open(target, OpenOptions.of(access).withMeter(meter));
    }

    /** As the strategy opens it, whatever it is. */
    private static PositionalChannel channel(Target target, Access access) throws StorageException {
        return new BufferedChannel(
                target,
                OpenOptions.of(access),
                io.pinion.strategy.Geometry.builder().build(),
                () -> Surroundings.PLAIN,
                closed -> {});
    }

    private static void fill(ByteBuffer buffer, int value) {
        buffer.clear();
        while (buffer.hasRemaining()) {
            buffer.put((byte) value);
        }
    }
}

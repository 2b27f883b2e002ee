package io.pinion.buffered;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.strategy.Access;
import io.pinion.strategy.Capability;
import io.pinion.strategy.OpenOptions;
import io.pinion.strategy.PositionalChannel;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.Target;
import io.pinion.strategy.TransferFlags;
import io.pinion.strategy.TransferMeter;
import io.pinion.strategy.TransferMeter.Count;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which transfers go by the kernel's own calls, and what becomes of them when it refuses, and when its service comes and goes. */
@Timeout(30)
class KernelSideTest {
    private static final TransferFlags NONE = TransferFlags.NONE;
    private static final TransferFlags UNCACHED = TransferFlags.UNCACHED;
    private static final String NO_MORE = "not uncached: no more";

    @TempDir
    private Path directory;

    private final TransferMeter meter = new TransferMeter();
    private final FakeKernel kernel = new FakeKernel();
    private final BufferedStrategy strategy = new BufferedStrategy();
    private Path file;

    @BeforeEach
    void makeFile() throws IOException {
        file = Files.createFile(directory.resolve("file"));
    }

    @Test
    void whatIsFlaggedGoesByTheKernelAloneAndTheRestByJava() throws Exception {
        strategy.bindKernel(kernel);
        assertEquals(
                Set.of(
                        Capability.ZERO_COPY,
                        Capability.SET_SIZE,
                        Capability.NATIVE_QUEUE,
                        Capability.UNCACHED_TRANSFERS),
                strategy.examine(Target.of(file)).capabilities());
        try (PositionalChannel channel = open()) {
            assertEquals(4096, channel.write(ByteBuffer.allocateDirect(4096), 0, NONE));
            assertEquals(0, kernel.last().transfers);
            assertEquals(4096, channel.write(ByteBuffer.allocateDirect(4096), 4096, UNCACHED));
            ByteBuffer back = ByteBuffer.allocateDirect(8192);
            assertEquals(8000, channel.read(back, 192, UNCACHED));
            assertEquals(8000, back.position());
            assertEquals(-1, channel.read(ByteBuffer.allocateDirect(1), 8192, UNCACHED));
            assertEquals(0, channel.read(ByteBuffer.allocateDirect(0), 8192, UNCACHED));
            assertEquals(4096 + 8000, kernel.last().moved);
            assertEquals("page cache", channel.mode().name());
            assertEquals(Map.of(), meter.counts());
        }
        assertFalse(kernel.last().isOpen());
    }

    @Test
    void cacheDropMakesAllTransfersUncachedAtOnce() throws Exception {
        strategy.bindKernel(kernel);
        try (PositionalChannel channel = open()) {
            channel.flush();
            strategy.configure(Map.of("cache", "drop"));
            channel.write(ByteBuffer.allocateDirect(100), 0, NONE);
            channel.flush();
            assertEquals(List.of(false, true), kernel.last().forgotten);
            assertEquals(100, kernel.last().moved);
            assertEquals("page cache, uncached", channel.mode().name());
            strategy.configure(Map.of("cache", "forget"));
            assertEquals(
                    List.of("cache=forget is refused; allowed: [keep, drop]; it stays advice=normal, cache=drop:"
                            + " correct it in io.pinion.buffered"),
                    channel.mode().notes());
            strategy.configure(Map.of());
            channel.write(ByteBuffer.allocateDirect(100), 0, NONE);
            assertEquals(100, kernel.last().moved);
            assertEquals("page cache", channel.mode().name());
        }
    }

    @Test
    void whatIsNotDirectIsCopiedInPartsAndCounted() throws Exception {
        byte[] content = new byte[(2 << 20) + 17];
        for (int i = 0; i < content.length; i++) {
            content[i] = (byte) (i * 31 >> 3);
        }
        strategy.bindKernel(kernel);
        try (PositionalChannel channel = open()) {
            ByteBuffer source = ByteBuffer.wrap(content).asReadOnlyBuffer();
            assertEquals(content.length, channel.write(source, 3, UNCACHED));
            assertFalse(source.hasRemaining());
            ByteBuffer back = ByteBuffer.allocate(content.length + 5);
            assertEquals(content.length, channel.read(back, 3, UNCACHED));
            assertEquals(content.length, back.position());
            assertEquals(back.capacity(), back.limit());
            assertArrayEquals(content, Arrays.copyOf(back.array(), content.length));
            assertEquals(2L * content.length, kernel.last().moved);
            assertEquals(Map.of(BufferedChannel.HEAP_BUFFER, new Count(6, 2L * content.length, 0)), meter.counts());
        }
    }

    @Test
    void whatTheKernelRefusesGoesThroughThePageCacheFromThereOnAndIsTold() throws Exception {
        strategy.bindKernel(kernel);
        strategy.configure(Map.of("cache", "drop"));
        byte[] content = new byte[10_000];
        Arrays.fill(content, (byte) 7);
        for (boolean direct : List.of(true, false)) {
            kernel.room = 6_000;
            ByteBuffer source =
                    direct ? ByteBuffer.allocateDirect(content.length) : ByteBuffer.allocate(content.length);
            source.put(content).flip();
            try (PositionalChannel channel = open()) {
                assertEquals(content.length, channel.write(source, 0, NONE));
                assertEquals(content.length, source.position());
                assertArrayEquals(content, Files.readAllBytes(file));
                assertEquals(6_000, kernel.last().moved);
                assertEquals("page cache", channel.mode().name());
                assertEquals(
                        List.of("cache=drop is not had, pages stay in the page cache: no more"),
                        channel.mode().notes());
                channel.read(source.clear(), 0, NONE);
                channel.read(source.clear(), 0, UNCACHED);
                assertEquals(1, kernel.last().transfers, "it is not asked again");
            }
        }
        assertEquals(6, meter.counts().get(NO_MORE).fallbacks());
    }

    @Test
    void whereNothingCanBeUncachedItIsNotDeclaredAndDropIsTold() throws Exception {
        kernel.refusal = "no more";
        strategy.bindKernel(kernel);
        strategy.configure(Map.of("cache", "drop"));
        assertFalse(strategy.examine(Target.of(file)).capabilities().contains(Capability.UNCACHED_TRANSFERS));
        assertEquals(
                List.of("transfers can't be uncached here: no more"),
                strategy.examine(Target.of(file)).notes());
        try (PositionalChannel channel = open()) {
            channel.write(ByteBuffer.allocateDirect(100), 0, NONE);
            assertEquals(100, channel.size());
            assertEquals(Map.of(NO_MORE, new Count(0, 0, 1)), meter.counts());
            assertEquals(
                    List.of("cache=drop is not had, pages stay in the page cache: no more"),
                    channel.mode().notes());
        }
    }

    @Test
    void withoutTheServiceDropIsToldAndAQueueRefused() throws Exception {
        strategy.configure(Map.of("cache", "drop"));
        assertEquals(
                Set.of(Capability.ZERO_COPY, Capability.SET_SIZE),
                strategy.examine(Target.of(file)).capabilities());
        try (PositionalChannel channel = open()) {
            channel.write(ByteBuffer.allocateDirect(100), 0, NONE);
            assertEquals(2, channel.mode().notes().size());
            assertTrue(channel.mode().notes().get(1).contains("start bundle io.pinion.linux"));
            assertEquals(1, meter.counts().values().iterator().next().fallbacks());
            assertEquals(
                    Kind.UNSUPPORTED,
                    assertThrows(StorageException.class, () -> channel.openQueue(4))
                            .kind());
        }
    }

    @Test
    void aFileOutlivesItsServiceUntilAnotherComes() throws Exception {
        strategy.bindKernel(kernel);
        FakeKernel second = new FakeKernel();
        try (PositionalChannel channel = open()) {
            FakeKernel.FakeFile first = kernel.last();
            strategy.unbindKernel(kernel);
            channel.write(ByteBuffer.allocateDirect(100), 0, UNCACHED);
            assertEquals(100, first.moved);
            strategy.bindKernel(second);
            assertFalse(first.isOpen());
            channel.write(ByteBuffer.allocateDirect(100), 0, UNCACHED);
            assertEquals(100, second.last().moved);
            assertEquals(List.of(), channel.mode().notes());
        }
        assertFalse(second.last().isOpen());
        assertEquals(Map.of(), meter.counts());
    }

    @Test
    void aFlushSucceedsThoughWhatIsToForgetPagesThrows() throws Exception {
        strategy.bindKernel(kernel);
        try (PositionalChannel channel = open()) {
            FakeKernel.FakeFile first = kernel.last();
            first.idle = false;
            strategy.bindKernel(new FakeKernel());
            first.left = new NoClassDefFoundError("its/Bundle");
            channel.flush();
            assertEquals(1, first.flushes);
            assertTrue(
                    meter.counts().keySet().stream().anyMatch(cause -> cause.contains("its/Bundle")),
                    () -> meter.counts().toString());
            first.left = null;
            first.idle = true;
            channel.flush();
            assertEquals(2, first.flushes);
            assertFalse(first.isOpen());
        }
    }

    @Test
    void aFileThatWasReplacedIsFlushedWithTheNewOneUntilItIsIdle() throws Exception {
        strategy.bindKernel(kernel);
        strategy.configure(Map.of("cache", "drop"));
        FakeKernel second = new FakeKernel();
        try (PositionalChannel channel = open()) {
            FakeKernel.FakeFile first = kernel.last();
            first.idle = false;
            strategy.bindKernel(second);
            assertTrue(first.isOpen());
            channel.flush();
            assertTrue(first.isOpen());
            first.idle = true;
            channel.flush();
            assertFalse(first.isOpen());
            channel.flush();
            assertEquals(List.of(true, true), first.forgotten);
            assertEquals(List.of(true, true, true), second.last().forgotten);
            second.last().idle = false;
            strategy.bindKernel(kernel);
            assertTrue(second.last().isOpen());
        }
        assertFalse(second.last().isOpen());
        assertFalse(kernel.last().isOpen());
    }

    @Test
    void aServiceThatFailsReplacesNothing() throws Exception {
        strategy.bindKernel(kernel);
        FakeKernel second = new FakeKernel();
        second.broken = true;
        try (PositionalChannel channel = open()) {
            strategy.bindKernel(second);
            channel.flush();
            assertTrue(kernel.last().isOpen());
        }
    }

    @Test
    void whatIsForgottenIsAskedForAheadOfTheFlushAndOnlyIfThatSucceeds() throws Exception {
        strategy.bindKernel(kernel);
        PositionalChannel channel = open();
        channel.close();
        assertThrows(StorageException.class, channel::flush);
        assertEquals(1, kernel.last().flushes);
        assertEquals(List.of(), kernel.last().forgotten);
    }

    @Test
    void aServiceThatComesLateServesDropAndSaysWhatWaitsForAReopening() throws Exception {
        strategy.configure(Map.of("cache", "drop"));
        try (PositionalChannel channel = open()) {
            strategy.bindKernel(kernel);
            channel.write(ByteBuffer.allocateDirect(100), 0, NONE);
            assertEquals(100, kernel.last().moved);
            assertEquals(1, channel.mode().notes().size());
            assertTrue(channel.mode().notes().get(0).contains("until it is reopened"));
        }
    }

    @Test
    void aServiceThatComesLateIsGivenNoOtherFile() throws Exception {
        strategy.configure(Map.of("cache", "drop"));
        try (PositionalChannel channel = open()) {
            Files.move(file, directory.resolve("moved"));
            Files.createFile(file);
            strategy.bindKernel(kernel);
            assertFalse(kernel.last().isOpen());
            channel.write(ByteBuffer.allocateDirect(100), 0, NONE);
            assertEquals(100, Files.size(directory.resolve("moved")));
            assertTrue(
                    channel.mode().notes().get(0).contains("something else"),
                    channel.mode().notes()::toString);
        }
    }

    @Test
    void aFailureTellsWhatWasTransferredInAll() throws Exception {
        strategy.bindKernel(kernel);
        Files.write(file, new byte[10]);
        try (PositionalChannel channel = open()) {
            kernel.last().close();
            ByteBuffer buffer = ByteBuffer.allocate(100).position(20);
            StorageException e = assertThrows(StorageException.class, () -> channel.read(buffer, 5, UNCACHED));
            assertEquals(Kind.CLOSED, e.kind());
            assertEquals(file.toString(), e.target());
            assertEquals(80, e.length());
            assertEquals(0, e.transferred());
            assertEquals(20, buffer.position());
            assertEquals(100, buffer.limit());
        }
    }

    private PositionalChannel open() throws StorageException {
        return (PositionalChannel)
                strategy.open(Target.of(file), OpenOptions.of(Access.READ_WRITE).withMeter(meter));
    }
}

package io.pinion.linux.uring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.linux.DiskDirectory;
import io.pinion.linux.Errno;
import io.pinion.linux.Linux;
import io.pinion.linux.uring.Rings.Done;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Transfers of files on disk, through the page cache and past it. */
@Timeout(120)
class RingTransferTest {
    private static final int BLOCK = 4096;
    private static final int BLOCKS = 16;
    private static final int SIZE = BLOCK * BLOCKS;
    private static final RingOptions OPTIONS = RingOptions.entries(32).files(2).buffers(2);

    @TempDir(factory = DiskDirectory.class)
    Path directory;

    private final ByteBuffer memory = Rings.aligned(2 * SIZE);
    private final long from = Rings.CALLS.address(memory);
    private final long into = from + SIZE;
    private int descriptor = -1;

    @AfterEach
    void close() {
        Rings.CALLS.close(descriptor);
    }

    @ParameterizedTest
    @EnumSource
    void readsWhatItWroteThroughThePageCache(RingKind kind) throws Exception {
        descriptor = Rings.file(directory.resolve("file"), 0);
        try (IoUring ring = Rings.open(kind, OPTIONS)) {
            fill();
            for (int i = 0; i < BLOCKS; i++) {
                ring.prepare().write(descriptor, from + i * BLOCK, BLOCK, (long) i * BLOCK, 0, 0, i);
            }
            allDone(Rings.complete(ring, BLOCKS));
            for (int i = 0; i < BLOCKS; i++) {
                ring.prepare().read(descriptor, into + i * BLOCK, BLOCK, (long) i * BLOCK, 0, 0, i);
            }
            allDone(Rings.complete(ring, BLOCKS));
            readBack();
        }
    }

    @ParameterizedTest
    @EnumSource
    void readsWhatItWrotePastItWithRegisteredFilesAndBuffers(RingKind kind) throws Exception {
        descriptor = Rings.file(directory.resolve("file"), Linux.O_DIRECT);
        try (IoUring ring = Rings.open(kind, OPTIONS)) {
            ring.files().set(1, descriptor);
            ring.buffers().set(0, from, SIZE);
            ring.buffers().set(1, into, SIZE);
            Rings.CALLS.close(descriptor);
            descriptor = -1;
            fill();
            int fixed = Linux.IOSQE_FIXED_FILE;
            for (int i = 0; i < BLOCKS; i++) {
                int flags = i == 3 ? Linux.RWF_DSYNC : 0;
                ring.prepare().writeFixed(1, 0, from + i * BLOCK, BLOCK, (long) i * BLOCK, flags, fixed, i);
            }
            allDone(Rings.complete(ring, BLOCKS));
            for (int i = 0; i < BLOCKS; i++) {
                ring.prepare().readFixed(1, 1, into + i * BLOCK, BLOCK, (long) i * BLOCK, 0, fixed, i);
            }
            allDone(Rings.complete(ring, BLOCKS));
            readBack();

            ring.prepare().readFixed(1, 0, into, BLOCK, 0, 0, fixed, 1);
            assertEquals(Errno.EFAULT.result(), Rings.result(ring), "not within that buffer");
            ring.buffers().clear(1);
            ring.prepare().readFixed(1, 1, into, BLOCK, 0, 0, fixed, 1);
            assertEquals(Errno.EFAULT.result(), Rings.result(ring), "no longer registered");
            ring.files().clear(1);
            ring.prepare().read(1, into, BLOCK, 0, 0, fixed, 1);
            assertEquals(Errno.EBADF.result(), Rings.result(ring), "no longer registered");
        }
    }

    @ParameterizedTest
    @EnumSource
    void scattersAndGathers(RingKind kind) throws Exception {
        descriptor = Rings.file(directory.resolve("file"), 0);
        ByteBuffer vectors = ByteBuffer.allocateDirect(64).order(ByteOrder.nativeOrder());
        vectors.putLong(0, from).putLong(8, 100).putLong(16, from + 100).putLong(24, SIZE - 100);
        vectors.putLong(32, into).putLong(40, 5000).putLong(48, into + 5000).putLong(56, SIZE - 5000);
        long at = Rings.CALLS.address(vectors);
        try (IoUring ring = Rings.open(kind, OPTIONS)) {
            fill();
            ring.prepare().writev(descriptor, at, 2, 0, 0, 0, 1);
            assertEquals(SIZE, Rings.result(ring));
            ring.prepare().readv(descriptor, at + 32, 2, 0, 0, 0, 1);
            assertEquals(SIZE, Rings.result(ring));
            readBack();
        }
        Reference.reachabilityFence(vectors);
    }

    @ParameterizedTest
    @EnumSource
    void readsShortAtTheEnd(RingKind kind) throws Exception {
        Path file = Files.write(directory.resolve("file"), new byte[5000]);
        descriptor = Rings.file(file, 0);
        try (IoUring ring = Rings.open(kind, OPTIONS)) {
            ring.prepare().read(descriptor, into, 2 * BLOCK, BLOCK, 0, 0, 1);
            assertEquals(904, Rings.result(ring));
            ring.prepare().read(descriptor, into, BLOCK, 5000, 0, 0, 1);
            assertEquals(0, Rings.result(ring));
        }
    }

    /** Some fail when they are done, some when they are prepared: the kernel looks at those first. */
    @ParameterizedTest
    @EnumSource
    void failsOneOperationAlone(RingKind kind) throws Exception {
        descriptor = Rings.file(directory.resolve("file"), 0);
        try (IoUring ring = Rings.open(kind, OPTIONS)) {
            for (int i = 0; i < BLOCKS; i++) {
                int file = i == 3 ? -1 : descriptor;
                int rwFlags = i == 5 ? 1 << 30 : 0;
                int entryFlags = i == 7 ? 1 << 7 : 0;
                long address = i == 9 ? 4096 : from;
                ring.prepare().write(file, address, BLOCK, (long) i * BLOCK, rwFlags, entryFlags, i);
            }
            for (Done done : Rings.complete(ring, BLOCKS)) {
                int expected = switch ((int) done.userData()) {
                    case 3 -> Errno.EBADF.result();
                    case 5 -> Errno.EOPNOTSUPP.result();
                    case 7 -> Errno.EINVAL.result();
                    case 9 -> Errno.EFAULT.result();
                    default -> BLOCK;
                };
                assertEquals(expected, done.result(), done::toString);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void flushesAfterItsWritesAndBeforeWhatFollows(RingKind kind) throws Exception {
        descriptor = Rings.file(directory.resolve("file"), Linux.O_DIRECT);
        try (IoUring ring = Rings.open(kind, OPTIONS)) {
            for (int round = 0; round < 20; round++) {
                for (int i = 0; i < BLOCKS; i++) {
                    ring.prepare().write(descriptor, from + i * BLOCK, BLOCK, (long) i * BLOCK, 0, 0, i);
                }
                ring.prepare().fdatasync(descriptor, Linux.IOSQE_IO_DRAIN, 100);
                ring.prepare().nop(0, 101);
                List<Done> done = Rings.complete(ring, BLOCKS + 2);
                allDone(done.subList(0, BLOCKS));
                assertEquals(List.of(new Done(100, 0), new Done(101, 0)), done.subList(BLOCKS, BLOCKS + 2));
            }
            ring.prepare().fsync(descriptor, 0, 1);
            assertEquals(0, Rings.result(ring));
            ring.prepare().fsync(-1, 0, 1);
            assertEquals(Errno.EBADF.result(), Rings.result(ring));
        }
    }

    /** All in one wait: of an owner-bound ring, the kernel itself would sleep for ever. */
    @ParameterizedTest
    @EnumSource
    void waitsAcrossSeveralFlushes(RingKind kind) throws Exception {
        descriptor = Rings.file(directory.resolve("file"), Linux.O_DIRECT);
        try (IoUring ring = Rings.open(kind, OPTIONS)) {
            for (int round = 0; round < 20; round++) {
                for (int i = 0; i < 30; i++) {
                    if (i % 10 == 9) {
                        ring.prepare().fdatasync(descriptor, Linux.IOSQE_IO_DRAIN, i);
                    } else {
                        ring.prepare().write(descriptor, from, BLOCK, (long) i * BLOCK, 0, 0, i);
                    }
                }
                assertEquals(30, ring.submit(30, Rings.LONG));
                List<Integer> tens = new ArrayList<>();
                ring.reap((userData, result) -> tens.add((int) userData / 10));
                assertEquals(tens.stream().sorted().collect(Collectors.toList()), tens);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void passesWishesOn(RingKind kind) throws Exception {
        descriptor = Rings.file(directory.resolve("file"), 0);
        try (IoUring ring = Rings.open(kind, OPTIONS)) {
            ring.prepare().write(descriptor, from, BLOCK, 0, Linux.RWF_DONTCACHE, 0, 1);
            int uncached = Rings.result(ring);
            assertTrue(uncached == BLOCK || Errno.EOPNOTSUPP.is(uncached), () -> "RWF_DONTCACHE gave " + uncached);
            ring.prepare().write(descriptor, from, BLOCK, 0, Linux.RWF_ATOMIC, 0, 1);
            assertTrue(Rings.result(ring) < 0, "atomic writes are not for the page cache");
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesWhatCannotBeRegistered(RingKind kind) throws Exception {
        try (IoUring ring = Rings.open(kind, OPTIONS)) {
            assertEquals(2, ring.files().slots());
            assertEquals(2, ring.buffers().slots());
            assertThrows(IndexOutOfBoundsException.class, () -> ring.files().set(2, 0));
            assertThrows(IndexOutOfBoundsException.class, () -> ring.buffers().set(2, from, BLOCK));
            StorageException file =
                    assertThrows(StorageException.class, () -> ring.files().set(0, 1 << 20));
            assertEquals(Errno.EBADF.number(), file.errno().orElse(0));
            StorageException buffer =
                    assertThrows(StorageException.class, () -> ring.buffers().set(0, 4096, BLOCK));
            assertEquals(Errno.EFAULT.number(), buffer.errno().orElse(0));
            ring.close();
            closed(() -> ring.files().set(0, 0));
            closed(() -> ring.buffers().clear(0));
            closed(() -> ring.submit(0, 0));
        }
    }

    private static void closed(Executable late) {
        assertEquals(Kind.CLOSED, assertThrows(StorageException.class, late).kind());
    }

    private void fill() {
        for (int i = 0; i < SIZE; i++) {
            memory.put(i, (byte) (i * 31 + i / BLOCK));
        }
    }

    private void readBack() {
        assertEquals(-1, memory.slice(0, SIZE).mismatch(memory.slice(SIZE, SIZE)));
    }

    private static void allDone(List<Done> done) {
        assertEquals(
                done.size(),
                done.stream().map(Done::userData).collect(Collectors.toSet()).size());
        done.forEach(d -> assertEquals(BLOCK, d.result(), d::toString));
    }
}

package io.pinion.linux.uring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pinion.linux.DiskDirectory;
import io.pinion.linux.Linux;
import io.pinion.linux.uring.Rings.Pipe;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a ring leaves behind, and until when. */
@Timeout(120)
class RingCloseTest {
    private static final RingOptions OPTIONS = RingOptions.entries(8).buffers(1);

    @TempDir(factory = DiskDirectory.class)
    Path directory;

    @ParameterizedTest
    @EnumSource
    void isQuietAtOnceWhenIdle(RingKind kind) throws Exception {
        int before = Rings.openDescriptors();
        IoUring ring = Rings.open(kind, OPTIONS);
        ring.prepare().nop(0, 1);
        assertEquals(0, Rings.result(ring));
        ring.prepare().nop(0, 2);
        assertEquals(1, ring.pending());
        ring.close();
        ring.close();
        assertTrue(ring.isQuiet(), "what is prepared alone never happens");
        assertEquals(before, Rings.openDescriptors());
        assertEquals(0, ring.prepare().room());
        assertThrows(IllegalStateException.class, () -> ring.prepare().nop(0, 3));
        StorageException late = assertThrows(StorageException.class, () -> ring.reap((u, r) -> {}));
        assertEquals(Kind.CLOSED, late.kind());
    }

    @ParameterizedTest
    @EnumSource
    void hasTheKernelCancelWhatCanBeCancelled(RingKind kind) throws Exception {
        int before = Rings.openDescriptors();
        try (Pipe pipe = new Pipe()) {
            IoUring ring = Rings.open(kind, OPTIONS);
            pipe.read(ring, 1);
            ring.submit(0, 0);
            assertFalse(ring.isQuiet());
            ring.close();
            quiet(ring);
        }
        assertEquals(before, Rings.openDescriptors());
    }

    @ParameterizedTest
    @EnumSource
    void isClosedWhenItsOwnerHasEnded(RingKind kind) throws Exception {
        try (Pipe pipe = new Pipe()) {
            CompletableFuture<IoUring> made = new CompletableFuture<>();
            Thread owner = new Thread(() -> {
                try {
                    IoUring ring = Rings.open(kind, OPTIONS);
                    pipe.read(ring, 1);
                    ring.submit(0, 0);
                    made.complete(ring);
                } catch (Throwable e) {
                    made.completeExceptionally(e);
                }
            });
            owner.start();
            owner.join();
            IoUring ring = made.get(0, TimeUnit.SECONDS);
            assertFalse(ring.isQuiet());
            ring.close();
            quiet(ring);
        }
    }

    @Test
    void isClosedByAnotherWhileItsOwnerIsElsewhere() throws Exception {
        IoUring ring = Rings.open(RingKind.OWNER_BOUND, OPTIONS);
        try (Pipe pipe = new Pipe()) {
            pipe.read(ring, 1);
            ring.submit(0, 0);
            CompletableFuture.runAsync(ring::close).get(60, TimeUnit.SECONDS);
            quiet(ring);
        }
    }

    /** A flush that is under way can't be cancelled: once the ring is quiet there is nothing left to write. */
    @ParameterizedTest
    @EnumSource
    void isNotQuietTooEarly(RingKind kind) throws Exception {
        int length = 64 << 20;
        ByteBuffer data = ByteBuffer.allocateDirect(length);
        int descriptor = Rings.file(directory.resolve("file"), 0);
        try {
            ByteBuffer cached = ByteBuffer.allocateDirect(56).order(ByteOrder.nativeOrder());
            assumeTrue(Rings.CALLS.cachestat(descriptor, 0, 0, cached) == 0, "needs cachestat, Linux 6.5");
            assertEquals(length, Rings.CALLS.pwrite(descriptor, data, 0, length, 0));
            IoUring ring = Rings.open(kind, OPTIONS);
            ring.prepare().fdatasync(descriptor, 0, 1);
            ring.submit(0, 0);
            do {
                Rings.CALLS.cachestat(descriptor, 0, 0, cached);
            } while (cached.getLong(8) > 0 && cached.getLong(16) == 0);
            ring.close();
            boolean wasQuiet = ring.isQuiet();
            quiet(ring);
            Rings.CALLS.cachestat(descriptor, 0, 0, cached);
            assertEquals(0, cached.getLong(8) + cached.getLong(16), "dirty or being written, quiet=" + wasQuiet);
        } finally {
            Rings.CALLS.close(descriptor);
        }
    }

    @ParameterizedTest
    @EnumSource
    void letsGoOfTransfersUnderWay(RingKind kind) throws Exception {
        int block = 128 << 10;
        ByteBuffer data = Rings.aligned(8 * block);
        int descriptor = Rings.file(directory.resolve("file"), Linux.O_DIRECT);
        int before = Rings.openDescriptors();
        for (int round = 0; round < 5; round++) {
            IoUring ring = Rings.open(kind, OPTIONS);
            ring.buffers().set(0, Rings.CALLS.address(data), data.capacity());
            ring.files().set(0, descriptor);
            for (int i = 0; i < 8; i++) {
                long at = Rings.CALLS.address(data) + (long) i * block;
                ring.prepare().writeFixed(0, 0, at, block, (long) i * block, 0, Linux.IOSQE_FIXED_FILE, i);
            }
            ring.submit(0, 0);
            ring.close();
            quiet(ring);
        }
        Reference.reachabilityFence(data);
        assertEquals(before, Rings.openDescriptors());
        Rings.CALLS.close(descriptor);
    }

    private static void quiet(IoUring ring) throws InterruptedException {
        long end = System.nanoTime() + Rings.LONG;
        while (!ring.isQuiet()) {
            assertTrue(System.nanoTime() < end, "the kernel holds the ring");
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }
}

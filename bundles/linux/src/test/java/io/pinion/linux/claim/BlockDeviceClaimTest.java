package io.pinion.linux.claim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.linux.DiskDirectory;
import io.pinion.linux.Errno;
import io.pinion.linux.Linux;
import io.pinion.linux.ScriptedCalls;
import io.pinion.linux.SystemCalls;
import io.pinion.strategy.Access;
import io.pinion.strategy.Claim;
import io.pinion.strategy.ClaimRequest;
import io.pinion.strategy.Discard;
import io.pinion.strategy.Resize;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.Target;
import io.pinion.strategy.TargetInspection;
import io.pinion.strategy.WriteZeroes;
import io.pinion.strategy.Zones;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On a loop device, as root. */
class BlockDeviceClaimTest {
    private static final int SIZE = 4 << 20;

    private final ScriptedCalls script = new ScriptedCalls();
    private final LinuxTargetGuard guard = new LinuxTargetGuard(script.calls());

    @TempDir(factory = DiskDirectory.class)
    Path directory;

    private Path image;
    private LoopDevice loop;
    private Target target;

    @BeforeEach
    void attach() throws Exception {
        image = Files.write(directory.resolve("image"), filled());
        loop = new LoopDevice(image);
        target = Target.of(loop.path());
    }

    @AfterEach
    void detach() throws Exception {
        if (loop != null) {
            loop.close();
        }
    }

    @Test
    void readersThatClaimAtOnceDoNotKeepEachOtherOut() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Callable<Void>> readers = Collections.nCopies(2, () -> {
                for (int round = 0; round < 2000; round++) {
                    guard.claim(target, ClaimRequest.of(Access.READ_ONLY)).close();
                }
                return null;
            });
            for (Future<Void> reader : threads.invokeAll(readers)) {
                reader.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void whatHasNothingBehindItIsNotReady() throws Exception {
        loop.close();
        StorageException e =
                assertThrows(StorageException.class, () -> guard.claim(target, ClaimRequest.of(Access.READ_WRITE)));
        assertEquals(Kind.NOT_READY, e.kind(), e::getMessage);
        loop = new LoopDevice(image);
    }

    @Test
    void isSeen() throws Exception {
        TargetInspection seen = guard.inspect(target);
        assertEquals(TargetInspection.Kind.BLOCK_DEVICE, seen.kind());
        assertEquals(SIZE, seen.size());
        assertEquals(Access.READ_WRITE, seen.access());
        assertTrue(seen.identity().matches("blk:7:\\d+"), seen.identity());
        assertTrue(seen.detail().contains("backed by " + image), seen.detail());
    }

    @Test
    void excludesOthersWhoAsk() throws Exception {
        try (Claim claim = guard.claim(target, ClaimRequest.of(Access.READ_WRITE))) {
            int flags = Linux.O_RDONLY | Linux.O_EXCL | Linux.O_CLOEXEC;
            byte[] path = SystemCalls.path(loop.path());
            assertEquals(Errno.EBUSY.result(), script.real().open(path, flags, 0));
            inUse(Access.READ_WRITE);
            inUse(Access.READ_ONLY);
            assertEquals(guard.inspect(target).identity(), claim.identity());
        }
        guard.claim(target, ClaimRequest.of(Access.READ_WRITE)).close();
    }

    @Test
    void sharesReadingAlone() throws Exception {
        try (Claim first = guard.claim(target, ClaimRequest.of(Access.READ_ONLY));
                Claim second = guard.claim(target, ClaimRequest.of(Access.READ_ONLY))) {
            assertEquals(first.identity(), second.identity());
            inUse(Access.READ_WRITE);
            assertTrue(first.adapt(Discard.class).isEmpty());
            assertTrue(first.adapt(WriteZeroes.class).isEmpty());
        }
    }

    @Test
    void isNotReadBesideAStranger() throws Exception {
        int flags = Linux.O_RDWR | Linux.O_EXCL | Linux.O_CLOEXEC;
        int stranger = script.real().open(SystemCalls.path(loop.path()), flags, 0);
        assertTrue(stranger >= 0);
        try {
            inUse(Access.READ_ONLY);
        } finally {
            script.real().close(stranger);
        }
    }

    @Test
    void overlapsItsFile() throws Exception {
        String file = guard.inspect(Target.of(image)).identity();
        String device = guard.inspect(target).identity();
        try (Claim claim = guard.claim(target, ClaimRequest.of(Access.READ_WRITE));
                Claim backing = guard.claim(Target.of(image), ClaimRequest.of(Access.READ_ONLY))) {
            assertEquals(Set.of(device, file), claim.overlaps());
            assertEquals(Set.of(device, file), backing.overlaps());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {512, 4096})
    void discardsAndZeroesNothingBeside(int block) throws Exception {
        reattach("--sector-size", "" + block);
        try (Claim claim = guard.claim(target, ClaimRequest.of(Access.READ_WRITE))) {
            Discard discard = claim.adapt(Discard.class).orElseThrow();
            int unit = (int) discard.granularity();
            discard.discard(unit, unit);
            discard.discard(SIZE - unit, unit);
            claim.adapt(WriteZeroes.class).orElseThrow().writeZeroes((1 << 20) + block, block);
            claim.flush();
            byte[] expected = filled();
            Arrays.fill(expected, unit, 2 * unit, (byte) 0);
            Arrays.fill(expected, SIZE - unit, SIZE, (byte) 0);
            Arrays.fill(expected, (1 << 20) + block, (1 << 20) + 2 * block, (byte) 0);
            assertArrayEquals(expected, Files.readAllBytes(claim.path()));
            assertEquals(SIZE, claim.adapt(Resize.class).orElseThrow().rescan());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {512, 4096})
    void leavesWhatIsNotARangeToNobody(int block) throws Exception {
        reattach("--sector-size", "" + block);
        try (Claim claim = guard.claim(target, ClaimRequest.of(Access.READ_WRITE))) {
            WriteZeroes zeroes = claim.adapt(WriteZeroes.class).orElseThrow();
            Discard discard = claim.adapt(Discard.class).orElseThrow();
            long unit = discard.granularity();
            AtomicInteger discards = new AtomicInteger();
            script.answer(
                    "ioctl",
                    Integer.MAX_VALUE,
                    a -> a[1].equals(Linux.BLKDISCARD) || a[1].equals(Linux.BLKZEROOUT),
                    a -> discards.incrementAndGet());
            refused(() -> zeroes.writeZeroes(256, block), "offset=256 is not a multiple of logicalBlockSize=" + block);
            refused(() -> zeroes.writeZeroes(0, 256), "length=256 is not a multiple of logicalBlockSize=" + block);
            refused(() -> zeroes.writeZeroes(-block, block), "is no range");
            refused(() -> zeroes.writeZeroes(SIZE, block), "offset+length=" + (SIZE + block) + " is past size=" + SIZE);
            refused(() -> discard.discard(256, unit), "offset=256 is not a multiple of granularity=" + unit);
            refused(() -> discard.discard(SIZE - unit, 2 * unit), "is past size=" + SIZE);
            zeroes.writeZeroes(SIZE, 0);
            assertEquals(0, discards.get());
            assertArrayEquals(filled(), Files.readAllBytes(claim.path()));
        }
    }

    @Test
    void saysWhyItCannotDiscard() throws Exception {
        Path sys = directory.resolve("sys");
        LinuxTargetGuard other = new LinuxTargetGuard(script.calls(), sys, Path.of("/proc"));
        try (Claim claim = other.claim(target, ClaimRequest.of(Access.READ_WRITE))) {
            assertTrue(claim.adapt(Discard.class).isEmpty());
            assertTrue(claim.lacks(Discard.class).orElse("").contains("can't discard"));
            assertTrue(claim.lacks(Zones.class).orElse("").contains("has no zones"));
            assertTrue(claim.lacks(WriteZeroes.class).isEmpty());
        }
        try (Claim claim = guard.claim(target, ClaimRequest.of(Access.READ_WRITE))) {
            script.fail("ioctl", 1, a -> a[1].equals(Linux.BLKDISCARD), Errno.EOPNOTSUPP);
            Discard discard = claim.adapt(Discard.class).orElseThrow();
            StorageException failure =
                    assertThrows(StorageException.class, () -> discard.discard(0, discard.granularity()));
            assertEquals(Kind.UNSUPPORTED, failure.kind());
            assertTrue(failure.getMessage().contains(loop.name() + " can't"), failure.getMessage());
        }
        try (Claim claim = guard.claim(target, ClaimRequest.of(Access.READ_ONLY))) {
            assertTrue(claim.lacks(WriteZeroes.class).orElse("").contains("access=read-only"));
        }
    }

    @Test
    void followsALinkAfreshEachTime() throws Exception {
        Path link = Files.createSymbolicLink(directory.resolve("link"), loop.path());
        Target named = Target.of(link);
        assertTrue(guard.inspect(named).detail().contains(link + " -> " + loop.path()));
        String first;
        try (Claim claim = guard.claim(named, ClaimRequest.of(Access.READ_WRITE))) {
            assertEquals(List.of(link + " -> " + loop.path() + ", since it was claimed."), claim.notes());
            first = claim.identity();
            assertFalse(guard.inspect(named.claimedBy(claim)).detail().contains("->"));
        }
        Path image2 = Files.write(directory.resolve("image2"), filled());
        try (LoopDevice second = new LoopDevice(image2)) {
            Files.delete(link);
            Files.createSymbolicLink(link, second.path());
            try (Claim claim = guard.claim(named, ClaimRequest.of(Access.READ_WRITE))) {
                assertEquals(List.of(link + " -> " + second.path() + ", since it was claimed."), claim.notes());
                assertNotEquals(first, claim.identity());
            }
        }
        Files.delete(link);
    }

    @Test
    void makesNoFileWhereADeviceWouldBe() {
        Path missing = Path.of("/dev/pinion-test-" + ProcessHandle.current().pid());
        ClaimRequest request = ClaimRequest.of(Access.READ_WRITE).creating(4096);
        StorageException failure = assertThrows(StorageException.class, () -> guard.claim(Target.of(missing), request));
        assertEquals(Kind.NOT_FOUND, failure.kind());
        assertTrue(failure.getMessage().contains("no file is created in /dev"), failure.getMessage());
        assertFalse(Files.exists(missing));
    }

    @Test
    void learnsThatItHasGrown() throws Exception {
        try (Claim claim = guard.claim(target, ClaimRequest.of(Access.READ_WRITE))) {
            Files.write(image, Arrays.copyOf(filled(), 2 * SIZE));
            LoopDevice.losetup("--set-capacity", loop.path().toString());
            assertEquals(2 * SIZE, claim.adapt(Resize.class).orElseThrow().rescan());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void dropsAllCachedPages(boolean hasCachestat) throws Exception {
        if (!hasCachestat) {
            script.fail("cachestat", Errno.ENOSYS);
        }
        try (Claim claim = guard.claim(target, ClaimRequest.of(Access.READ_WRITE))) {
            Files.write(claim.path(), new byte[8192]);
            assertArrayEquals(new byte[8192], Arrays.copyOf(Files.readAllBytes(claim.path()), 8192));
            claim.flush();
            claim.dropCache();
        }
    }

    private void reattach(String... options) throws Exception {
        loop.close();
        loop = null;
        loop = new LoopDevice(image, options);
        target = Target.of(loop.path());
    }

    private static void refused(Executable request, String words) {
        StorageException failure = assertThrows(StorageException.class, request);
        assertEquals(Kind.INVALID_ARGUMENT, failure.kind());
        assertTrue(failure.getMessage().contains(words), failure.getMessage());
    }

    private void inUse(Access access) {
        StorageException failure =
                assertThrows(StorageException.class, () -> guard.claim(target, ClaimRequest.of(access)));
        assertEquals(Kind.IN_USE, failure.kind());
    }

    private static byte[] filled() {
        byte[] bytes = new byte[SIZE];
        Arrays.fill(bytes, (byte) 0x5a);
        return bytes;
    }
}

package io.pinion.linux.claim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
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

    @Test
    void discardsZeroesAndMeasures() throws Exception {
        try (Claim claim = guard.claim(target, ClaimRequest.of(Access.READ_WRITE))) {
            Discard discard = claim.adapt(Discard.class).orElseThrow();
            int unit = (int) discard.granularity();
            discard.discard(unit, unit);
            claim.adapt(WriteZeroes.class).orElseThrow().writeZeroes(1 << 20, 8192);
            claim.flush();
            byte[] expected = filled();
            Arrays.fill(expected, unit, 2 * unit, (byte) 0);
            Arrays.fill(expected, 1 << 20, (1 << 20) + 8192, (byte) 0);
            assertArrayEquals(expected, Files.readAllBytes(claim.path()));
            assertEquals(SIZE, claim.adapt(Resize.class).orElseThrow().rescan());
            StorageException failure = assertThrows(
                    StorageException.class,
                    () -> claim.adapt(WriteZeroes.class).orElseThrow().writeZeroes(100, 8192));
            assertEquals(Kind.INVALID_ARGUMENT, failure.kind());
        }
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

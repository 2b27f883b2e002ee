package io.pinion.linux.claim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pinion.linux.DiskDirectory;
import io.pinion.linux.Errno;
import io.pinion.linux.Linux;
import io.pinion.linux.ScriptedCalls;
import io.pinion.strategy.Access;
import io.pinion.strategy.Claim;
import io.pinion.strategy.ClaimRequest;
import io.pinion.strategy.Discard;
import io.pinion.strategy.Resize;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.Target;
import io.pinion.strategy.WriteZeroes;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClaimTest {
    private final ScriptedCalls script = new ScriptedCalls();
    private final LinuxTargetGuard guard = new LinuxTargetGuard(script.calls());

    @TempDir(factory = DiskDirectory.class)
    Path directory;

    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = Files.write(directory.resolve("data"), filled(1 << 20));
    }

    @Test
    void excludesASecondClaimAndNamesTheHolder() throws Exception {
        try (Claim claim = claim(Access.READ_WRITE)) {
            assertEquals(Access.READ_WRITE, claim.access());
            StorageException failure = assertThrows(StorageException.class, () -> claim(Access.READ_WRITE));
            assertEquals(Kind.IN_USE, failure.kind());
            String self = "process " + ProcessHandle.current().pid();
            assertTrue(failure.getMessage().contains(self), failure.getMessage());
            assertTrue(failure.getMessage().contains("this one"), failure.getMessage());
            assertThrows(StorageException.class, () -> claim(Access.READ_ONLY));
        }
        assertDoesNotThrow(() -> claim(Access.READ_WRITE).close());
    }

    @Test
    void sharesReadingAlone() throws Exception {
        try (Claim first = claim(Access.READ_ONLY);
                Claim second = claim(Access.READ_ONLY)) {
            assertEquals(first.identity(), second.identity());
            assertEquals(
                    Kind.IN_USE,
                    assertThrows(StorageException.class, () -> claim(Access.READ_WRITE))
                            .kind());
        }
    }

    @Test
    void keepsNobodyOutAndIsKeptOutByNobodyBeside() throws Exception {
        ClaimRequest beside = ClaimRequest.of(Access.READ_ONLY).beside();
        try (Claim held = claim(Access.READ_WRITE);
                Claim looking = guard.claim(Target.of(file), beside)) {
            assertEquals(held.identity(), looking.identity());
            assertFalse(looking.access().canWrite());
        }
        try (Claim looking = guard.claim(Target.of(file), beside);
                Claim held = claim(Access.READ_WRITE)) {
            assertEquals(held.identity(), looking.identity());
        }
        assertThrows(
                IllegalArgumentException.class,
                () -> ClaimRequest.of(Access.READ_WRITE).beside());
    }

    @Test
    void excludesOtherProcesses() throws Exception {
        try (OtherProcess other = new OtherProcess(file, Access.READ_WRITE)) {
            assertEquals("CLAIMED", other.answer());
            StorageException failure = assertThrows(StorageException.class, () -> claim(Access.READ_ONLY));
            assertEquals(Kind.IN_USE, failure.kind());
            assertTrue(failure.getMessage().contains("process " + other.pid()), failure.getMessage());
        }
        try (Claim claim = claim(Access.READ_WRITE);
                OtherProcess other = new OtherProcess(file, Access.READ_ONLY)) {
            assertEquals("IN_USE", other.answer());
            assertFalse(claim.identity().isEmpty());
        }
    }

    @Test
    void keepsItsLockWhenAnotherChannelOfTheFileCloses() throws Exception {
        try (Claim claim = claim(Access.READ_WRITE)) {
            FileChannel.open(claim.path(), StandardOpenOption.WRITE).close();
            assertThrows(StorageException.class, () -> claim(Access.READ_WRITE));
        }
    }

    @Test
    void leadsToTheSameFileAfterRenameAndUnlink() throws Exception {
        try (Claim claim = claim(Access.READ_WRITE)) {
            Path renamed = Files.move(file, directory.resolve("renamed"));
            Files.write(file, new byte[] {1});
            assertEquals(
                    claim.identity(), guard.inspect(Target.of(claim.path())).identity());
            assertEquals(claim.identity(), guard.inspect(Target.of(renamed)).identity());
            Files.delete(renamed);
            assertArrayEquals(filled(1 << 20), Files.readAllBytes(claim.path()));
            claim.flush();
        }
    }

    @Test
    void closesItsDescriptorOnExec() throws Exception {
        try (Claim claim = claim(Access.READ_WRITE)) {
            int flags = script.real().fcntl(claim.descriptor().getAsInt(), Linux.F_GETFD, 0);
            assertEquals(Linux.FD_CLOEXEC, flags & Linux.FD_CLOEXEC);
        }
    }

    @Test
    void givesNothingAwayOnceClosed() throws Exception {
        Claim claim = claim(Access.READ_WRITE);
        claim.close();
        claim.close();
        assertEquals(2, script.made().stream().filter("close"::equals).count(), "the look and the claim");
        assertEquals(OptionalInt.empty(), claim.descriptor());
        assertThrows(IllegalStateException.class, claim::path);
        assertEquals(
                Kind.CLOSED, assertThrows(StorageException.class, claim::flush).kind());
        assertEquals(
                Kind.CLOSED,
                assertThrows(StorageException.class, claim::dropCache).kind());
    }

    @ParameterizedTest
    @EnumSource(names = {"EIO", "ENOSPC", "EDQUOT", "EREMOTEIO"})
    void reportsAFailedWriteBack(Errno errno) throws Exception {
        script.fail("fdatasync", 1, a -> true, errno);
        try (Claim claim = claim(Access.READ_WRITE)) {
            StorageException failure = assertThrows(StorageException.class, claim::flush);
            assertEquals(Kind.FLUSH_FAILED, failure.kind());
            assertEquals(OptionalInt.of(errno.number()), failure.errno());
            assertEquals(file.toString(), failure.target());
        }
    }

    @Test
    void flushesAgainWhenASignalInterrupts() throws Exception {
        script.fail("fdatasync", 3, a -> true, Errno.EINTR);
        try (Claim claim = claim(Access.READ_WRITE)) {
            claim.flush();
        }
        assertEquals(4, script.made().stream().filter("fdatasync"::equals).count());
    }

    @Test
    void worksInAnInterruptedThread() throws Exception {
        Thread.currentThread().interrupt();
        try (Claim claim = claim(Access.READ_WRITE)) {
            claim.flush();
            assertEquals(Set.of(claim.identity()), claim.overlaps());
        } finally {
            assertTrue(Thread.interrupted());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void dropsAllCachedPages(boolean hasCachestat) throws Exception {
        assumeTrue(onDisk(), "needs a file system with a device; " + directory + " is on tmpfs");
        if (!hasCachestat) {
            script.fail("cachestat", Errno.ENOSYS);
        }
        try (Claim claim = claim(Access.READ_WRITE)) {
            claim.flush();
            claim.dropCache();
        }
        assertEquals(!hasCachestat, script.made().contains("mincore"));
        assertArrayEquals(filled(1 << 20), Files.readAllBytes(file));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void saysWhenPagesAreLeft(boolean hasCachestat) throws Exception {
        assumeTrue(onDisk(), "needs a file system with a device; " + directory + " is on tmpfs");
        script.answer("fadvise", Integer.MAX_VALUE, a -> true, a -> 0);
        if (!hasCachestat) {
            script.fail("cachestat", Errno.ENOSYS);
        }
        try (Claim claim = claim(Access.READ_WRITE)) {
            StorageException failure = assertThrows(StorageException.class, claim::dropCache);
            assertEquals(Kind.IO_ERROR, failure.kind());
            long pages = (1 << 20) / script.real().pageSize();
            assertTrue(failure.getMessage().contains("pages left=" + pages), failure.getMessage());
        }
    }

    @Test
    void tellsWhatThePageCacheHas() throws Exception {
        assumeTrue(onDisk(), "needs a file system with a device; " + directory + " is on tmpfs");
        try (Claim claim = claim(Access.READ_WRITE)) {
            claim.flush();
            claim.dropCache();
            assertEquals(0, claim.pageCache().orElseThrow().cached());
            Files.readAllBytes(file);
            assertEquals(1 << 20, claim.pageCache().orElseThrow().cached());
            assertEquals(0, claim.pageCache().orElseThrow().dirty());
            script.fail("cachestat", Errno.ENOSYS);
            assertTrue(claim.pageCache().isEmpty());
        }
    }

    @Test
    void saysWhenItCannotCountPages() throws Exception {
        script.fail("cachestat", Errno.ENOSYS);
        try (Claim claim = claim(Access.READ_ONLY)) {
            assertEquals(
                    Kind.UNSUPPORTED,
                    assertThrows(StorageException.class, claim::dropCache).kind());
        }
    }

    @Test
    void saysThatAFileInMemoryHasNothingBehindIt() throws Exception {
        Path memory = Path.of("/dev/shm");
        assumeTrue(Files.isWritable(memory), "needs a tmpfs on /dev/shm that it may write");
        file = Files.write(Files.createTempFile(memory, "claim", ""), filled(4096));
        try (Claim claim = claim(Access.READ_WRITE)) {
            StorageException failure = assertThrows(StorageException.class, claim::dropCache);
            assertEquals(Kind.UNSUPPORTED, failure.kind());
            assertTrue(failure.getMessage().contains("no device behind it"), failure.getMessage());
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void discardsAndZeroesRanges() throws Exception {
        try (Claim claim = claim(Access.READ_WRITE)) {
            Discard discard = claim.adapt(Discard.class).orElseThrow();
            int block = (int) discard.granularity();
            discard.discard(block, 2L * block);
            claim.adapt(WriteZeroes.class).orElseThrow().writeZeroes(10L * block + 1, 5);
            byte[] expected = filled(1 << 20);
            Arrays.fill(expected, block, 3 * block, (byte) 0);
            Arrays.fill(expected, 10 * block + 1, 10 * block + 6, (byte) 0);
            assertArrayEquals(expected, Files.readAllBytes(file));
            StorageException failure = assertThrows(StorageException.class, () -> discard.discard(block + 1L, block));
            assertEquals(Kind.INVALID_ARGUMENT, failure.kind());
            assertTrue(
                    failure.getMessage().contains("is not a multiple of granularity=" + block), failure.getMessage());
            assertTrue(claim.adapt(Resize.class).isEmpty());
        }
    }

    @Test
    void zeroesWhereTheFileSystemOnlyHasHoles() throws Exception {
        int zero = Linux.FALLOC_FL_ZERO_RANGE | Linux.FALLOC_FL_KEEP_SIZE;
        script.fail("fallocate", 1, a -> a[1].equals(zero), Errno.EOPNOTSUPP);
        try (Claim claim = claim(Access.READ_WRITE)) {
            claim.adapt(WriteZeroes.class).orElseThrow().writeZeroes(100, 10_000);
        }
        byte[] expected = filled(1 << 20);
        Arrays.fill(expected, 100, 10_100, (byte) 0);
        assertArrayEquals(expected, Files.readAllBytes(file));
    }

    @Test
    void offersNoHolesWhereThereAreNoneAndToReadersNothing() throws Exception {
        script.fail("fallocate", 1, a -> true, Errno.EOPNOTSUPP);
        try (Claim claim = claim(Access.READ_WRITE)) {
            assertTrue(claim.adapt(Discard.class).isEmpty());
            assertTrue(claim.adapt(WriteZeroes.class).isEmpty());
        }
        try (Claim claim = claim(Access.READ_ONLY)) {
            assertTrue(claim.adapt(Discard.class).isEmpty());
        }
    }

    private boolean onDisk() throws IOException {
        return !Files.getFileStore(file).type().equals("tmpfs");
    }

    private Claim claim(Access access) throws StorageException {
        return guard.claim(Target.of(file), ClaimRequest.of(access));
    }

    private static byte[] filled(int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) 0x5a);
        return bytes;
    }
}

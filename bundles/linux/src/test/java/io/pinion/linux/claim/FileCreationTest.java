package io.pinion.linux.claim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.linux.DiskDirectory;
import io.pinion.linux.Errno;
import io.pinion.linux.Linux;
import io.pinion.linux.ScriptedCalls;
import io.pinion.linux.Statx;
import io.pinion.strategy.Access;
import io.pinion.strategy.Claim;
import io.pinion.strategy.ClaimRequest;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.Target;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileCreationTest {
    private static final long SIZE = (3 << 20) + 512;
    private static final Predicate<Object[]> UNNAMED = a -> ((int) a[2] & Linux.O_TMPFILE) == Linux.O_TMPFILE;

    private final ScriptedCalls script = new ScriptedCalls();
    private final LinuxTargetGuard guard = new LinuxTargetGuard(script.calls());

    @TempDir(factory = DiskDirectory.class)
    Path directory;

    private Path file;
    private long open;

    @BeforeEach
    void name() throws IOException {
        file = directory.resolve("new");
        open = descriptors();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void allocatesAndFlushesFileAndDirectory(boolean unnamed) throws Exception {
        named(!unnamed);
        try (Claim claim = claim()) {
            Statx stat = new Statx();
            assertEquals(0, stat.fill(script.real(), file, Linux.STATX_BASIC_STATS));
            assertEquals(SIZE, stat.size());
            assertTrue(stat.allocated() >= SIZE, "allocated " + stat.allocated());
            assertEquals(1, stat.links());
            assertEquals(stat.identity(), claim.identity());
            assertEquals(2, script.made().stream().filter("fsync"::equals).count());
            assertEquals(unnamed, script.made().contains("linkat"));
            assertTrue(claim.isCreated());
            assertThrows(StorageException.class, this::claim);
        }
        assertEquals(open, descriptors());
        try (Claim claim = claim()) {
            assertFalse(claim.isCreated());
        }
    }

    @Test
    void makesAnEmptyFile() throws Exception {
        guard.claim(Target.of(file), ClaimRequest.of(Access.READ_WRITE).creating(0))
                .close();
        assertEquals(0, Files.size(file));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void writesZeroesWhereItCannotAllocate(boolean unnamed) throws Exception {
        named(!unnamed);
        script.fail("fallocate", 1, a -> true, Errno.EOPNOTSUPP);
        script.fail("pwrite", 1, a -> true, Errno.EINTR);
        script.answer(
                "pwrite",
                1,
                a -> true,
                a -> script.real().pwrite((int) a[0], (ByteBuffer) a[1], (int) a[2], 1000, (long) a[4]));
        claim().close();
        assertEquals(SIZE, Files.size(file));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void leavesNothingBehindWhenTheDiskIsFull(boolean unnamed) throws Exception {
        named(!unnamed);
        script.fail("fallocate", Errno.ENOSPC);
        StorageException failure = assertThrows(StorageException.class, this::claim);
        assertEquals(Kind.NO_SPACE, failure.kind());
        assertTrue(failure.getMessage().contains("size=" + SIZE), failure.getMessage());
        assertGone();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void leavesNothingBehindWhenWritingZeroesFailsHalfway(boolean unnamed) throws Exception {
        named(!unnamed);
        script.fail("fallocate", Errno.EOPNOTSUPP);
        script.fail("pwrite", 1, a -> (long) a[4] > 1 << 20, Errno.ENOSPC);
        assertEquals(
                Kind.NO_SPACE, assertThrows(StorageException.class, this::claim).kind());
        assertGone();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void leavesNothingBehindWhenTheDirectoryCannotBeFlushed(boolean unnamed) throws Exception {
        named(!unnamed);
        script.answer("fsync", 1, a -> true, a -> script.real().fsync((int) a[0]));
        script.fail("fsync", 1, a -> true, Errno.EIO);
        assertEquals(
                Kind.IO_ERROR, assertThrows(StorageException.class, this::claim).kind());
        assertGone();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void claimsWhatSomebodyElseMakesMeanwhile(boolean unnamed) throws Exception {
        named(!unnamed);
        script.answer(unnamed ? "linkat" : "openat", 1, a -> unnamed || !UNNAMED.test(a), a -> {
            Files.write(file, new byte[5]);
            return Errno.EEXIST.result();
        });
        claim().close();
        assertEquals(5, Files.size(file));
        assertEquals(open, descriptors());
    }

    @Test
    void leavesAloneWhatSomebodyElseClaimedBetweenCreationAndLock() throws Exception {
        named(true);
        script.fail("fcntl", 1, a -> a[1].equals(Linux.F_OFD_SETLK), Errno.EAGAIN);
        assertEquals(
                Kind.IN_USE, assertThrows(StorageException.class, this::claim).kind());
        assertTrue(Files.exists(file));
        assertEquals(open, descriptors());
    }

    @Test
    void createsNothingWhenNotAsked() {
        Target target = Target.of(file);
        assertEquals(
                Kind.NOT_FOUND,
                assertThrows(StorageException.class, () -> guard.claim(target, ClaimRequest.of(Access.READ_WRITE)))
                        .kind());
        assertEquals(
                Kind.NOT_FOUND,
                assertThrows(
                                StorageException.class,
                                () -> guard.claim(
                                        target,
                                        ClaimRequest.of(Access.READ_ONLY).creating(SIZE)))
                        .kind());
        assertFalse(Files.exists(file));
    }

    @Test
    void givesUpOnALinkThatLeadsNowhere() throws Exception {
        Files.createSymbolicLink(file, directory.resolve("nowhere"));
        StorageException failure = assertThrows(StorageException.class, this::claim);
        assertEquals(Kind.NOT_FOUND, failure.kind());
        assertTrue(failure.getMessage().contains("symbolic link"), failure.getMessage());
    }

    @Test
    void saysThatTheDirectoryIsMissing() {
        file = directory.resolve("missing/new");
        StorageException failure = assertThrows(StorageException.class, this::claim);
        assertEquals(Kind.NOT_FOUND, failure.kind());
        assertTrue(failure.getMessage().contains("directory=" + file.getParent()), failure.getMessage());
    }

    private void named(boolean forced) {
        if (forced) {
            script.fail("openat", 1, UNNAMED, Errno.EOPNOTSUPP);
        }
    }

    private Claim claim() throws StorageException {
        return guard.claim(Target.of(file), ClaimRequest.of(Access.READ_WRITE).creating(SIZE));
    }

    private void assertGone() throws IOException {
        assertFalse(Files.exists(file));
        assertEquals(open, descriptors());
    }

    /** Of the directory under test alone: the JVM opens and closes jars as it likes. */
    private long descriptors() throws IOException {
        return KernelText.children(Path.of("/proc/self/fd")).stream()
                .filter(fd -> {
                    try {
                        return Files.readSymbolicLink(fd).startsWith(directory);
                    } catch (IOException e) {
                        return false;
                    }
                })
                .count();
    }
}

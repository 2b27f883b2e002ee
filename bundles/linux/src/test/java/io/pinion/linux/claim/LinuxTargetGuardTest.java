package io.pinion.linux.claim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.linux.DiskDirectory;
import io.pinion.linux.Errno;
import io.pinion.linux.Linux;
import io.pinion.linux.ScriptedCalls;
import io.pinion.strategy.Access;
import io.pinion.strategy.ClaimRequest;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.Target;
import io.pinion.strategy.TargetInspection;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinuxTargetGuardTest {
    private final ScriptedCalls script = new ScriptedCalls();
    private final LinuxTargetGuard guard = new LinuxTargetGuard(script.calls());

    @TempDir(factory = DiskDirectory.class)
    Path directory;

    @Test
    void seesAFile() throws Exception {
        Path file = Files.write(directory.resolve("a file"), new byte[777]);
        TargetInspection seen = guard.inspect(Target.of(file));
        assertEquals(TargetInspection.Kind.REGULAR_FILE, seen.kind());
        assertEquals(777, seen.size());
        assertEquals(Access.READ_WRITE, seen.access());
        assertTrue(seen.identity().matches("file:\\d+:\\d+:" + Files.getAttribute(file, "unix:ino")), seen.identity());
        assertEquals(Files.getFileStore(file).type(), seen.detail());
        Path link = Files.createSymbolicLink(directory.resolve("link"), file);
        assertEquals(seen.identity(), guard.inspect(Target.of(link)).identity());
    }

    @Test
    void seesWhatIsMissing() throws Exception {
        TargetInspection seen = guard.inspect(Target.of(directory.resolve("missing")));
        assertEquals(TargetInspection.Kind.MISSING, seen.kind());
        assertEquals("", seen.identity());
        assertEquals(Access.READ_WRITE, seen.access());
        TargetInspection deeper = guard.inspect(Target.of(directory.resolve("missing/deeper")));
        assertEquals(Access.READ_ONLY, deeper.access());
        assertTrue(deeper.detail().contains("ENOENT"), deeper.detail());
    }

    @Test
    void seesThatWritingIsNotAllowed() throws Exception {
        Path file = Files.write(directory.resolve("file"), new byte[1]);
        script.fail("faccessat", 1, a -> a[2].equals(Linux.W_OK), Errno.EROFS);
        assertEquals(Access.READ_ONLY, guard.inspect(Target.of(file)).access());
    }

    @Test
    void saysWhenItMayNotLook() {
        script.fail("statx", Errno.EACCES);
        StorageException failure =
                assertThrows(StorageException.class, () -> guard.inspect(Target.of(directory.resolve("file"))));
        assertEquals(Kind.ACCESS_DENIED, failure.kind());
    }

    @Test
    void refusesDirectoriesSocketsAndOtherCharacterDevices() throws IOException {
        refused(directory, Kind.WRONG_TYPE, "directory");
        refused(Path.of("/dev/null"), Kind.WRONG_TYPE, "no tape drive");
        refused(directory.resolve("missing"), Kind.NOT_FOUND, "ENOENT");
        Path name = Files.createTempDirectory("s").resolve("socket");
        try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.bind(UnixDomainSocketAddress.of(name));
            refused(name, Kind.WRONG_TYPE, "neither file nor device");
        } finally {
            Files.delete(name);
            Files.delete(name.getParent());
        }
    }

    @ParameterizedTest
    @CsvSource({"0, /dev/nst0", "1, /dev/nst1", "96, /dev/nst0a", "33, /dev/nst1l", "256, /dev/nst32"})
    void refusesATapeThatRewinds(int minor, String instead) throws Exception {
        pretendTape(minor);
        refused(Path.of("/dev/null"), Kind.WRONG_TYPE, "name " + instead);
        TargetInspection seen = guard.inspect(Target.of(Path.of("/dev/null")));
        assertEquals("chr:9:" + minor, seen.identity());
        assertTrue(seen.detail().contains("rewinds when closed"), seen.detail());
    }

    @Test
    void claimsATapeThatDoesNotRewind() throws Exception {
        pretendTape(128);
        try (var claim = guard.claim(Target.of(Path.of("/dev/null")), ClaimRequest.of(Access.READ_WRITE))) {
            assertEquals("chr:9:128", claim.identity());
            assertTrue(claim.isExclusive());
            assertEquals(8, claim.overlaps().size());
            assertTrue(claim.overlaps().contains("chr:9:0"));
            assertTrue(claim.overlaps().contains("chr:9:224"));
            assertEquals(
                    Kind.UNSUPPORTED,
                    assertThrows(StorageException.class, claim::dropCache).kind());
            assertEquals(
                    Kind.UNSUPPORTED,
                    assertThrows(StorageException.class, claim::flush).kind());
        }
    }

    /** An open that waits would wait for a tape; and a close that follows a write adds a file mark. */
    @Test
    void opensATapeWithoutWaitingAndClosesItWithoutAMark() throws Exception {
        pretendTape(128);
        List<Integer> flags = new ArrayList<>();
        script.answer("open", Integer.MAX_VALUE, a -> flags.add((Integer) a[1]) && false, a -> 0);
        List<String> operations = new ArrayList<>();
        script.answer("ioctl", Integer.MAX_VALUE, a -> a[1].equals(Linux.MTIOCTOP), a -> {
            ByteBuffer operation = (ByteBuffer) a[2];
            return operations.add(operation.getShort(0) + " " + operation.getInt(4)) ? 0 : -1;
        });
        var claim = guard.claim(Target.of(Path.of("/dev/null")), ClaimRequest.of(Access.READ_WRITE));
        assertTrue((flags.get(1) & Linux.O_NONBLOCK) != 0, flags::toString);
        assertEquals(List.of(), operations);
        claim.close();
        claim.close();
        assertEquals(List.of(Linux.MTFSR + " 0"), operations);
        assertEquals("close", script.made().get(script.made().size() - 1));
    }

    @Test
    void saysWhoseTapeItIs() throws Exception {
        pretendTape(129);
        script.fail("open", 1, a -> ((int) a[1] & Linux.O_ACCMODE) == Linux.O_RDWR, Errno.EBUSY);
        refused(Path.of("/dev/null"), Kind.IN_USE, "fuser -v /dev/nst1");
        script.fail("open", 1, a -> ((int) a[1] & Linux.O_ACCMODE) == Linux.O_RDWR, Errno.ENXIO);
        refused(Path.of("/dev/null"), Kind.REMOVED, "no tape drive is behind");
    }

    @ParameterizedTest
    @CsvSource({"EACCES, ACCESS_DENIED", "EROFS, READ_ONLY", "ETXTBSY, IN_USE", "ENXIO, REMOVED"})
    void saysWhyItCannotOpen(Errno errno, Kind kind) throws IOException {
        Path file = Files.write(directory.resolve("file"), new byte[1]);
        script.fail("open", 1, a -> ((int) a[1] & Linux.O_ACCMODE) == Linux.O_RDWR, errno);
        refused(file, kind, errno.name());
        assertEquals(closes(), opens() - 1);
    }

    @Test
    void saysThatAFileIsMarkedImmutable() throws Exception {
        Path file = Files.write(directory.resolve("file"), new byte[1]);
        script.answer("statx", Integer.MAX_VALUE, a -> true, a -> {
            long result = script.real().statx((int) a[0], (byte[]) a[1], (int) a[2], (int) a[3], (ByteBuffer) a[4]);
            ((ByteBuffer) a[4]).putLong(8, Linux.STATX_ATTR_IMMUTABLE).putLong(56, Linux.STATX_ATTR_IMMUTABLE);
            return result;
        });
        script.fail("open", 1, a -> ((int) a[1] & Linux.O_ACCMODE) == Linux.O_RDWR, Errno.EPERM);
        assertEquals(Access.READ_ONLY, guard.inspect(Target.of(file)).access());
        refused(file, Kind.ACCESS_DENIED, "chattr -i");
    }

    private long opens() {
        return script.made().stream().filter("open"::equals).count();
    }

    private long closes() {
        return script.made().stream().filter("close"::equals).count();
    }

    private void pretendTape(int minor) {
        script.answer("statx", Integer.MAX_VALUE, a -> true, a -> {
            long result = script.real().statx((int) a[0], (byte[]) a[1], (int) a[2], (int) a[3], (ByteBuffer) a[4]);
            ((ByteBuffer) a[4]).putInt(128, 9).putInt(132, minor);
            return result;
        });
    }

    private void refused(Path path, Kind kind, String words) {
        StorageException failure = assertThrows(
                StorageException.class, () -> guard.claim(Target.of(path), ClaimRequest.of(Access.READ_WRITE)));
        assertEquals(kind, failure.kind());
        assertTrue(failure.getMessage().contains(words), failure.getMessage());
        assertEquals(path.toString(), failure.target());
    }
}

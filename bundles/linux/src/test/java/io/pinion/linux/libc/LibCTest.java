package io.pinion.linux.libc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.linux.DiskDirectory;
import io.pinion.linux.Errno;
import io.pinion.linux.Linux;
import io.pinion.linux.Statx;
import io.pinion.linux.SystemCalls;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ReadOnlyBufferException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibCTest {
    private static final int CREATE = Linux.O_RDWR | Linux.O_CREAT | Linux.O_CLOEXEC;

    private final SystemCalls calls = new LibC();

    @TempDir(factory = DiskDirectory.class)
    Path directory;

    private Path file;
    private int descriptor;

    @BeforeEach
    void open() {
        file = directory.resolve("file");
        descriptor = calls.open(SystemCalls.path(file), CREATE, 0600);
        assertTrue(descriptor >= 0);
    }

    @AfterEach
    void close() {
        assertEquals(0, calls.close(descriptor));
    }

    @Test
    void answersWithTheErrorNumber() {
        byte[] missing = SystemCalls.path(directory.resolve("missing"));
        assertEquals(Errno.ENOENT.result(), calls.open(missing, Linux.O_RDONLY, 0));
        assertEquals(Errno.ENOENT.result(), calls.openat(Linux.AT_FDCWD, missing, Linux.O_RDONLY, 0));
        assertEquals(Errno.EBADF.result(), calls.fdatasync(-1));
        assertEquals(Errno.EBADF.result(), calls.fsync(-1));
        assertEquals(Errno.EBADF.result(), calls.fadvise(-1, 0, 0, Linux.POSIX_FADV_NORMAL));
        assertEquals(Errno.EBADF.result(), calls.pread(-1, 0, 0, 0));
        assertEquals(Errno.EFAULT.result(), calls.pwrite(descriptor, 1, 512, 0));
        assertEquals(Errno.EINVAL.result(), calls.mmap(0, 0, Linux.PROT_READ, Linux.MAP_SHARED, descriptor, 0));
        assertEquals(Errno.ENOTTY.result(), calls.ioctl(descriptor, Linux.BLKFLSBUF, 0));
    }

    @Test
    void transfersFromAnIndexAndLeavesThePositionAlone() throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(64);
        for (int i = 0; i < 64; i++) {
            buffer.put(i, (byte) i);
        }
        buffer.position(7).limit(50);
        assertEquals(10, calls.pwrite(descriptor, buffer, 40, 10, 3));
        assertEquals(13, Files.size(file));
        assertEquals(40, Files.readAllBytes(file)[3]);
        assertEquals(5, calls.pread(descriptor, buffer, 20, 5, 4));
        assertEquals(41, buffer.get(20));
        assertEquals(25, buffer.get(25));
        assertEquals(7, buffer.position());
        assertEquals(50, buffer.limit());
        assertEquals(0, calls.pread(descriptor, buffer, 0, 5, 13));
        assertThrows(IndexOutOfBoundsException.class, () -> calls.pread(descriptor, buffer, 46, 5, 0));
    }

    @Test
    void gathersAndScattersWithFlags() {
        ByteBuffer vectors = ByteBuffer.allocateDirect(32).order(ByteOrder.nativeOrder());
        ByteBuffer data = ByteBuffer.allocateDirect(8).put(0, (byte) 1).put(5, (byte) 2);
        long at = calls.address(data);
        vectors.putLong(0, at).putLong(8, 1).putLong(16, at + 5).putLong(24, 1);
        long beyond = 3L << 32;
        assertEquals(2, calls.pwritev2(descriptor, calls.address(vectors), 2, beyond, Linux.RWF_DSYNC));
        assertEquals(beyond + 2, calls.lseek(descriptor, 0, Linux.SEEK_END));
        data.put(0, (byte) 0).put(5, (byte) 0);
        assertEquals(2, calls.preadv2(descriptor, calls.address(vectors), 2, beyond, 0));
        assertEquals(1, data.get(0));
        assertEquals(2, data.get(5));
        assertEquals(Errno.EOPNOTSUPP.result(), calls.preadv2(descriptor, calls.address(vectors), 2, 0, 1 << 30));
        assertEquals(Errno.EBADF.result(), calls.pwritev2(-1, calls.address(vectors), 2, 0, 0));
    }

    @Test
    void countsEvents() {
        int counter = calls.eventfd(0, Linux.EFD_CLOEXEC | Linux.EFD_NONBLOCK);
        ByteBuffer data = ByteBuffer.allocateDirect(8).order(ByteOrder.nativeOrder());
        assertEquals(Errno.EAGAIN.result(), calls.read(counter, data, 0, 8));
        assertEquals(8, calls.write(counter, data.putLong(0, 2), 0, 8));
        assertEquals(8, calls.write(counter, data.putLong(0, 3), 0, 8));
        assertEquals(8, calls.read(counter, data, 0, 8));
        assertEquals(5, data.getLong(0));
        assertEquals(0, calls.close(counter));
        assertEquals(Errno.EBADF.result(), calls.write(counter, data, 0, 8));
    }

    @Test
    void transfersThroughAnAddress() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(64);
        ByteBuffer slice = buffer.put(8, (byte) 77).slice(8, 8);
        assertEquals(calls.address(buffer) + 8, calls.address(slice));
        assertEquals(calls.address(buffer), calls.address(buffer.duplicate().position(9)));
        assertEquals(4, calls.pwrite(descriptor, calls.address(slice), 4, 0));
        assertEquals(4, calls.pread(descriptor, calls.address(buffer) + 30, 4, 0));
        assertEquals(77, buffer.get(30));
    }

    @Test
    void refusesBuffersThatTheKernelCannotUse() {
        ByteBuffer heap = ByteBuffer.allocate(16);
        ByteBuffer readOnly = ByteBuffer.allocateDirect(16).asReadOnlyBuffer();
        assertThrows(IllegalArgumentException.class, () -> calls.address(heap));
        assertThrows(IllegalArgumentException.class, () -> calls.pwrite(descriptor, heap, 0, 16, 0));
        assertThrows(ReadOnlyBufferException.class, () -> calls.pread(descriptor, readOnly, 0, 16, 0));
        assertEquals(16, calls.pwrite(descriptor, readOnly, 0, 16, 0));
        ByteBuffer small = ByteBuffer.allocateDirect(8);
        assertThrows(IndexOutOfBoundsException.class, () -> calls.fstatfs(descriptor, small));
    }

    @Test
    void allocatesTruncatesAndCountsCachedPages() throws IOException {
        int page = calls.pageSize();
        assertEquals(0, calls.fallocate(descriptor, 0, 0, 3L * page));
        assertEquals(3L * page, Files.size(file));
        ByteBuffer data = ByteBuffer.allocateDirect(page);
        assertEquals(page, calls.pwrite(descriptor, data, 0, page, page));
        ByteBuffer statistics = ByteBuffer.allocateDirect(56).order(ByteOrder.nativeOrder());
        int result = calls.cachestat(descriptor, 0, 0, statistics);
        assertTrue(result == 0 && statistics.getLong(0) >= 1 || Errno.ENOSYS.is(result) || Errno.EPERM.is(result));
        assertEquals(0, calls.ftruncate(descriptor, 5));
        assertEquals(5, Files.size(file));
        assertEquals(0, calls.fsync(descriptor));
        assertEquals(0, calls.fdatasync(descriptor));
    }

    @Test
    void mapsAndLocksMemory() {
        int page = calls.pageSize();
        int flags = Linux.MAP_PRIVATE | Linux.MAP_ANONYMOUS;
        long address = calls.mmap(0, 2L * page, Linux.PROT_READ | Linux.PROT_WRITE, flags, -1, 0);
        assertTrue(address > 0);
        assertEquals(0, calls.madvise(address, 2L * page, Linux.MADV_NOHUGEPAGE));
        assertEquals(0, calls.mlock(address, page));
        ByteBuffer resident = ByteBuffer.allocateDirect(2);
        assertEquals(0, calls.mincore(address, 2L * page, resident));
        assertEquals(1, resident.get(0) & 1);
        assertEquals(0, resident.get(1) & 1);
        assertEquals(0, calls.munlock(address, page));
        assertEquals(0, calls.munmap(address, 2L * page));
        assertEquals(Errno.ENOMEM.result(), calls.mlock(address, page));
    }

    @Test
    void readsAPipeToItsEnd() {
        ByteBuffer data = ByteBuffer.allocateDirect(8).order(ByteOrder.nativeOrder());
        assertEquals(0, calls.pipe2(data, Linux.O_CLOEXEC | Linux.O_NONBLOCK));
        int reader = data.getInt(0);
        int writer = data.getInt(4);
        assertEquals(Errno.EAGAIN.result(), calls.read(reader, data, 0, 8));
        assertEquals(0, calls.close(writer));
        assertEquals(0, calls.read(reader, data, 0, 8));
        assertEquals(0, calls.close(reader));
        assertEquals(Errno.EBADF.result(), calls.read(reader, data, 0, 8));
    }

    @Test
    void tellsTheLength() {
        assertEquals(0, calls.ftruncate(descriptor, 12345));
        assertEquals(12345, calls.lseek(descriptor, 0, Linux.SEEK_END));
        assertEquals(Errno.EINVAL.result(), calls.lseek(descriptor, -1, Linux.SEEK_SET));
    }

    @Test
    void showsMappedMemoryAsABuffer() {
        int flags = Linux.MAP_PRIVATE | Linux.MAP_ANONYMOUS;
        long address = calls.mmap(0, calls.pageSize(), Linux.PROT_READ | Linux.PROT_WRITE, flags, -1, 0);
        ByteBuffer buffer = calls.buffer(address, calls.pageSize());
        assertEquals(address, calls.address(buffer));
        assertEquals(calls.pageSize(), buffer.capacity());
        buffer.put(7, (byte) 7);
        assertEquals(1, calls.pwrite(descriptor, address + 7, 1, 0));
        assertEquals(0, calls.munmap(address, calls.pageSize()));
    }

    @Test
    void tellsTheLimitThatProcShows() throws IOException {
        ByteBuffer limit = ByteBuffer.allocateDirect(16).order(ByteOrder.nativeOrder());
        assertEquals(0, calls.getrlimit(Linux.RLIMIT_MEMLOCK, limit));
        String shown = Files.readAllLines(Path.of("/proc/self/limits")).stream()
                .filter(l -> l.startsWith("Max locked memory"))
                .findFirst()
                .orElseThrow()
                .split("\\s+")[3];
        assertEquals(shown, limit.getLong(0) == -1 ? "unlimited" : Long.toUnsignedString(limit.getLong(0)));
    }

    @Test
    void seesTheFileAsJavaDoes() throws IOException {
        Files.write(file, new byte[12345]);
        Statx byPath = new Statx();
        Statx byDescriptor = new Statx();
        assertEquals(0, byPath.fill(calls, file, Linux.STATX_BASIC_STATS | Linux.STATX_DIOALIGN));
        assertEquals(0, byDescriptor.fill(calls, descriptor, Linux.STATX_BASIC_STATS));
        assertEquals(Files.getAttribute(file, "unix:ino"), byPath.inode());
        assertEquals(Files.getAttribute(file, "unix:nlink"), byPath.links());
        assertEquals(12345, byPath.size());
        assertEquals(Linux.S_IFREG, byPath.type());
        assertEquals(byPath.identity(), byDescriptor.identity());
        assertTrue(byPath.has(Linux.STATX_BASIC_STATS));
        assertFalse(byPath.isMarked(Linux.STATX_ATTR_IMMUTABLE));
        assertEquals(Errno.ENOENT.result(), byPath.fill(calls, directory.resolve("missing"), 0));
    }

    @Test
    void hasTheArchitecturesFlags() {
        int withFlags = Linux.O_RDONLY | Linux.O_DIRECTORY | Linux.O_NOFOLLOW | Linux.O_CLOEXEC;
        int opened = calls.open(SystemCalls.path(directory), withFlags, 0);
        assertTrue(opened >= 0);
        int flags = calls.fcntl(opened, Linux.F_GETFL, 0);
        assertEquals(Linux.O_DIRECTORY | Linux.O_NOFOLLOW, flags & (Linux.O_DIRECTORY | Linux.O_NOFOLLOW));
        assertEquals(0, flags & Linux.O_DIRECT);
        assertEquals(Linux.FD_CLOEXEC, calls.fcntl(opened, Linux.F_GETFD, 0));
        assertEquals(0, calls.close(opened));
        assertEquals(Errno.ENOTDIR.result(), calls.open(SystemCalls.path(file), withFlags, 0));
    }
}

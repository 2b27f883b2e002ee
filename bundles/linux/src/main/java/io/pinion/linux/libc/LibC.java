package io.pinion.linux.libc;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import io.pinion.linux.Linux;
import io.pinion.linux.SystemCalls;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.util.Objects;

/**
 * The system calls through the C library, which JNA maps directly, with primitives alone: an argument of type Buffer
 * would cost 160–300 ns where asking JNI for the address costs 25 ns, and allocates nothing once compiled. Those that are made
 * for each transfer, and what goes by syscall(2) anyway, go by {@link ForeignSyscall} where there is one.
 *
 * <p>The calls are mapped as long as an instance can be reached. Each method keeps its own reachable until the call is
 * back, through {@link #result}, so that none is ever unmapped while somebody is inside: see {@link Mapping}.
 */
public final class LibC implements SystemCalls {
    private static final Mapping MAPPING = new Mapping(C.class);

    private final int pageSize;

    /**
     * Maps the calls.
     *
     * @throws LinkageError when JNA can't load its library, or the C library lacks a function
     */
    public LibC() {
        MAPPING.use(this);
        pageSize = C.getpagesize();
    }

    @Override
    public int open(byte[] path, int flags, int mode) {
        return result(C.open(path, flags, mode));
    }

    @Override
    public int openat(int directory, byte[] path, int flags, int mode) {
        return result(C.openat(directory, path, flags, mode));
    }

    @Override
    public int close(int descriptor) {
        return result(C.close(descriptor));
    }

    @Override
    public int linkat(int oldDirectory, byte[] oldPath, int newDirectory, byte[] newPath, int flags) {
        return result(C.linkat(oldDirectory, oldPath, newDirectory, newPath, flags));
    }

    @Override
    public int unlinkat(int directory, byte[] path, int flags) {
        return result(C.unlinkat(directory, path, flags));
    }

    @Override
    public int faccessat(int directory, byte[] path, int mode, int flags) {
        return result(C.faccessat(directory, path, mode, flags));
    }

    @Override
    public int statx(int directory, byte[] path, int flags, int mask, ByteBuffer result) {
        int status = result(C.statx(directory, path, flags, mask, writable(result, 256)));
        Reference.reachabilityFence(result);
        return status;
    }

    @Override
    public int fstatfs(int descriptor, ByteBuffer result) {
        int status = result(C.fstatfs(descriptor, writable(result, 120)));
        Reference.reachabilityFence(result);
        return status;
    }

    @Override
    public int pipe2(ByteBuffer result, int flags) {
        int status = result(C.pipe2(writable(result, 8), flags));
        Reference.reachabilityFence(result);
        return status;
    }

    @Override
    public long read(int descriptor, ByteBuffer buffer, int index, int length) {
        Objects.checkFromIndexSize(index, length, buffer.limit());
        long done = result(C.read(descriptor, writable(buffer, 0) + index, length));
        Reference.reachabilityFence(buffer);
        return done;
    }

    @Override
    public long write(int descriptor, ByteBuffer buffer, int index, int length) {
        Objects.checkFromIndexSize(index, length, buffer.limit());
        long done = result(C.write(descriptor, address(buffer) + index, length));
        Reference.reachabilityFence(buffer);
        return done;
    }

    @Override
    public int eventfd(int initial, int flags) {
        return result(C.eventfd(initial, flags));
    }

    @Override
    public long pread(int descriptor, long address, long length, long offset) {
        return ForeignSyscall.IS_HAD
                ? ForeignSyscall.call(Linux.SYS_PREAD64, descriptor, address, length, offset, 0, 0)
                : result(C.pread(descriptor, address, length, offset));
    }

    @Override
    public long pread(int descriptor, ByteBuffer buffer, int index, int length, long offset) {
        Objects.checkFromIndexSize(index, length, buffer.limit());
        if (isForeign(buffer) && !buffer.isReadOnly()) {
            return ForeignSyscall.transfer(Linux.SYS_PREAD64, descriptor, buffer, index, length, offset);
        }
        long done = pread(descriptor, writable(buffer, 0) + index, length, offset);
        Reference.reachabilityFence(buffer);
        return done;
    }

    @Override
    public long pwrite(int descriptor, long address, long length, long offset) {
        return ForeignSyscall.IS_HAD
                ? ForeignSyscall.call(Linux.SYS_PWRITE64, descriptor, address, length, offset, 0, 0)
                : result(C.pwrite(descriptor, address, length, offset));
    }

    @Override
    public long pwrite(int descriptor, ByteBuffer buffer, int index, int length, long offset) {
        Objects.checkFromIndexSize(index, length, buffer.limit());
        if (isForeign(buffer)) {
            return ForeignSyscall.transfer(Linux.SYS_PWRITE64, descriptor, buffer, index, length, offset);
        }
        long done = pwrite(descriptor, address(buffer) + index, length, offset);
        Reference.reachabilityFence(buffer);
        return done;
    }

    /** The fifth argument is the upper half of the offset where a register is too small for it. */
    @Override
    public long preadv2(int descriptor, long vectors, int count, long offset, int flags) {
        return syscall(Linux.SYS_PREADV2, descriptor, vectors, count, offset, 0, flags);
    }

    @Override
    public long pwritev2(int descriptor, long vectors, int count, long offset, int flags) {
        return syscall(Linux.SYS_PWRITEV2, descriptor, vectors, count, offset, 0, flags);
    }

    @Override
    public int fdatasync(int descriptor) {
        return result(C.fdatasync(descriptor));
    }

    @Override
    public int fsync(int descriptor) {
        return result(C.fsync(descriptor));
    }

    @Override
    public long lseek(int descriptor, long offset, int whence) {
        return result(C.lseek(descriptor, offset, whence));
    }

    @Override
    public int ftruncate(int descriptor, long length) {
        return result(C.ftruncate(descriptor, length));
    }

    @Override
    public int fallocate(int descriptor, int mode, long offset, long length) {
        return result(C.fallocate(descriptor, mode, offset, length));
    }

    @Override
    public int syncFileRange(int descriptor, long offset, long length, int flags) {
        return result(C.sync_file_range(descriptor, offset, length, flags));
    }

    /** posix_fadvise(2) returns the error number instead of setting errno. */
    @Override
    public int fadvise(int descriptor, long offset, long length, int advice) {
        return -result(C.posix_fadvise(descriptor, offset, length, advice));
    }

    @Override
    public int fcntl(int descriptor, int command, long argument) {
        return result(C.fcntl(descriptor, command, argument));
    }

    @Override
    public int fcntl(int descriptor, int command, ByteBuffer argument) {
        int status = result(C.fcntl(descriptor, command, writable(argument, 0)));
        Reference.reachabilityFence(argument);
        return status;
    }

    @Override
    public int ioctl(int descriptor, long request, long argument) {
        return result(C.ioctl(descriptor, request, argument));
    }

    @Override
    public int ioctl(int descriptor, long request, ByteBuffer argument) {
        int status = result(C.ioctl(descriptor, request, writable(argument, 0)));
        Reference.reachabilityFence(argument);
        return status;
    }

    @Override
    public long mmap(long address, long length, int protection, int flags, int descriptor, long offset) {
        return result(C.mmap(address, length, protection, flags, descriptor, offset));
    }

    @Override
    public int munmap(long address, long length) {
        return result(C.munmap(address, length));
    }

    @Override
    public int madvise(long address, long length, int advice) {
        return result(C.madvise(address, length, advice));
    }

    @Override
    public int mlock(long address, long length) {
        return result(C.mlock(address, length));
    }

    @Override
    public int munlock(long address, long length) {
        return result(C.munlock(address, length));
    }

    @Override
    public int mincore(long address, long length, ByteBuffer result) {
        int pages = Math.toIntExact((length + pageSize - 1) / pageSize);
        int status = result(C.mincore(address, length, writable(result, pages)));
        Reference.reachabilityFence(result);
        return status;
    }

    @Override
    public int getrlimit(int resource, ByteBuffer result) {
        int status = result(C.getrlimit(resource, writable(result, 16)));
        Reference.reachabilityFence(result);
        return status;
    }

    @Override
    public int cachestat(int descriptor, long offset, long length, ByteBuffer result) {
        long statistics = writable(result, 56);
        long range = statistics + 40;
        result.putLong(40, offset).putLong(48, length);
        long status = syscall(Linux.SYS_CACHESTAT, descriptor, range, statistics, 0, 0);
        Reference.reachabilityFence(result);
        return (int) status;
    }

    @Override
    public int ioUringSetup(int entries, ByteBuffer parameters) {
        long address = writable(parameters, 120);
        long descriptor = syscall(Linux.SYS_IO_URING_SETUP, entries, address, 0, 0, 0);
        Reference.reachabilityFence(parameters);
        return (int) descriptor;
    }

    @Override
    public int ioUringEnter(int descriptor, int submit, int minimum, int flags, long argument, long size) {
        long number = Linux.SYS_IO_URING_ENTER;
        long consumed = (argument | size) == 0
                ? syscall(number, descriptor, submit, minimum, flags, 0)
                : syscall(number, descriptor, submit, minimum, flags, argument, size);
        return (int) consumed;
    }

    @Override
    public int ioUringRegister(int descriptor, int operation, long argument, int count) {
        return (int) syscall(Linux.SYS_IO_URING_REGISTER, descriptor, operation, argument, count, 0);
    }

    @Override
    public int pageSize() {
        return pageSize;
    }

    @Override
    public String way() {
        return ForeignSyscall.IS_HAD
                ? "system calls by java.lang.foreign"
                : "system calls by JNA: " + ForeignSyscall.REFUSAL;
    }

    @Override
    public long address(ByteBuffer buffer) {
        if (!buffer.isDirect()) {
            throw new IllegalArgumentException(buffer + " is not direct; allowed: ByteBuffer.allocateDirect, a lease");
        }
        if (isForeign(buffer)) {
            return ForeignSyscall.address(buffer);
        }
        return Pointer.nativeValue(Native.getDirectBufferPointer(buffer));
    }

    @Override
    public ByteBuffer buffer(long address, int length) {
        return new Pointer(address).getByteBuffer(0, length);
    }

    /** {@return whether java.lang.foreign can tell where it is} */
    private static boolean isForeign(ByteBuffer buffer) {
        return ForeignSyscall.IS_HAD && buffer.isDirect() && buffer.capacity() < ForeignSyscall.ADDRESSABLE;
    }

    private long writable(ByteBuffer buffer, int least) {
        if (buffer.isReadOnly()) {
            throw new ReadOnlyBufferException();
        }
        Objects.checkFromIndexSize(0, least, buffer.capacity());
        return address(buffer);
    }

    private long syscall(long number, long first, long second, long third, long fourth, long fifth) {
        return ForeignSyscall.IS_HAD
                ? ForeignSyscall.call(number, first, second, third, fourth, fifth, 0)
                : result(C.syscall(number, first, second, third, fourth, fifth));
    }

    private long syscall(long number, long first, long second, long third, long fourth, long fifth, long sixth) {
        return ForeignSyscall.IS_HAD
                ? ForeignSyscall.call(number, first, second, third, fourth, fifth, sixth)
                : result(C.syscall(number, first, second, third, fourth, fifth, sixth));
    }

    private int result(int returned) {
        Reference.reachabilityFence(this);
        return returned == -1 ? -Native.getLastError() : returned;
    }

    private long result(long returned) {
        Reference.reachabilityFence(this);
        return returned == -1 ? -Native.getLastError() : returned;
    }
}

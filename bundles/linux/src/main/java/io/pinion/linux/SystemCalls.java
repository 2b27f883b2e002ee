package io.pinion.linux;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.LongSupplier;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The service that makes system calls; one method is one call, named as section 2 of the manual names it, which says
 * what it does. It exists where the bundle runs on Linux on x86-64 or aarch64, and nowhere else. Constants are in
 * {@link Linux}.
 *
 * <p><b>Results.</b> A negative result is {@code -errno}: nothing is thrown, and no thread-local errno is left behind.
 * {@link Errno} tells which it is and makes the exception. EINTR is handed to the caller, who repeats the call
 * ({@link #uninterrupted} where a lambda is no burden); so are short transfers.
 *
 * <p><b>Memory.</b> An address is that of memory which the caller keeps mapped until the call returns; the kernel answers
 * EFAULT for one that is not mapped, but does not know whose it is. Byte buffers must be direct; index and length are
 * absolute, position, limit and byte order are neither used nor changed, and the buffer is kept reachable during the
 * call. Nothing is allocated per call. Paths are bytes that end in NUL: {@link #path}.
 *
 * <p><b>Cost</b> of a call in itself: 250–300 ns; that of a byte buffer: 25 ns for its address. Where {@link #way} names
 * java.lang.foreign pread, pwrite, preadv2, pwritev2 and io_uring_enter take 150 ns less, and the address nothing; a thread keeps
 * four bytes of native memory after its first of them. On a virtual thread a call pins the carrier.
 *
 * <p>Safe for any thread. A thread's interrupt has no effect.
 */
@ProviderType
public interface SystemCalls {
    /** More often than this "try again" is an error. */
    int MOST_TRIES = 1000;

    /** open(2). {@return a descriptor} Always give {@link Linux#O_CLOEXEC}. */
    int open(byte[] path, int flags, int mode);

    /** openat(2). {@return a descriptor} */
    int openat(int directory, byte[] path, int flags, int mode);

    /** close(2). The descriptor is gone whatever the result; never repeat it. */
    int close(int descriptor);

    /** linkat(2). */
    int linkat(int oldDirectory, byte[] oldPath, int newDirectory, byte[] newPath, int flags);

    /** unlinkat(2). */
    int unlinkat(int directory, byte[] path, int flags);

    /** faccessat(2). */
    int faccessat(int directory, byte[] path, int mode, int flags);

    /**
     * statx(2). For a descriptor give it as the directory, an empty path and {@link Linux#AT_EMPTY_PATH}.
     *
     * @param result at least 256 bytes; see {@link Statx}, which is the easier way
     */
    int statx(int directory, byte[] path, int flags, int mask, ByteBuffer result);

    /** fstatfs(2). The result needs 120 bytes; f_type is the long at 0, f_bsize the long at 8. */
    int fstatfs(int descriptor, ByteBuffer result);

    /** pipe2(2). The result is two ints: the descriptor to read from, and the one to write to. */
    int pipe2(ByteBuffer result, int flags);

    /** read(2) into a buffer from {@code index} on. {@return the bytes read; 0 at the end} */
    long read(int descriptor, ByteBuffer buffer, int index, int length);

    /** write(2) of a buffer from {@code index} on. {@return the bytes written} */
    long write(int descriptor, ByteBuffer buffer, int index, int length);

    /** eventfd(2). {@return a descriptor} */
    int eventfd(int initial, int flags);

    /** pread(2). {@return the bytes read; 0 at the end of the file} */
    long pread(int descriptor, long address, long length, long offset);

    /** pread(2) into a buffer from {@code index} on. {@return the bytes read; 0 at the end of the file} */
    long pread(int descriptor, ByteBuffer buffer, int index, int length, long offset);

    /** pwrite(2). {@return the bytes written} */
    long pwrite(int descriptor, long address, long length, long offset);

    /** pwrite(2) of a buffer from {@code index} on. {@return the bytes written} */
    long pwrite(int descriptor, ByteBuffer buffer, int index, int length, long offset);

    /**
     * preadv2(2).
     *
     * @param vectors where an array of struct iovec is: address and length, a long each
     * @param flags RWF_…; EOPNOTSUPP for those that kernel or file don't support
     * @return the bytes read; 0 at the end of the file
     */
    long preadv2(int descriptor, long vectors, int count, long offset, int flags);

    /** pwritev2(2), otherwise as {@link #preadv2}. {@return the bytes written} */
    long pwritev2(int descriptor, long vectors, int count, long offset, int flags);

    /** fdatasync(2). A write-back that failed is reported once per open file description. */
    int fdatasync(int descriptor);

    /** fsync(2). A write-back that failed is reported once per open file description. */
    int fsync(int descriptor);

    /** lseek(2). {@return the new offset, from the start} With {@link Linux#SEEK_END}: the length. */
    long lseek(int descriptor, long offset, int whence);

    /** ftruncate(2). */
    int ftruncate(int descriptor, long length);

    /** fallocate(2). */
    int fallocate(int descriptor, int mode, long offset, long length);

    /** sync_file_range(2). */
    int syncFileRange(int descriptor, long offset, long length, int flags);

    /** posix_fadvise(2). */
    int fadvise(int descriptor, long offset, long length, int advice);

    /** fcntl(2) with a number or none. */
    int fcntl(int descriptor, int command, long argument);

    /** fcntl(2) with a structure, such as the 32 bytes of a struct flock: see {@link Linux#F_OFD_SETLK}. */
    int fcntl(int descriptor, int command, ByteBuffer argument);

    /** ioctl(2) with a number or none. */
    int ioctl(int descriptor, long request, long argument);

    /** ioctl(2) with a structure. */
    int ioctl(int descriptor, long request, ByteBuffer argument);

    /** mmap(2). {@return the address} */
    long mmap(long address, long length, int protection, int flags, int descriptor, long offset);

    /** munmap(2). */
    int munmap(long address, long length);

    /** madvise(2). */
    int madvise(long address, long length, int advice);

    /** mlock(2). Process-wide, and it does not nest. */
    int mlock(long address, long length);

    /** munlock(2). */
    int munlock(long address, long length);

    /** mincore(2). The result needs a byte per page; bit 0 says resident. */
    int mincore(long address, long length, ByteBuffer result);

    /** getrlimit(2). The result is two longs, soft and hard; -1 is unlimited. */
    int getrlimit(int resource, ByteBuffer result);

    /**
     * cachestat(2), Linux 6.5; ENOSYS before. A length of 0 means to the end.
     *
     * @param result 56 bytes in native order; it becomes five longs: cached, dirty, under write-back, evicted, recently
     *     evicted, all in pages. The last two longs take the range
     */
    int cachestat(int descriptor, long offset, long length, ByteBuffer result);

    /**
     * io_uring_setup(2), Linux 5.1. {@link io.pinion.linux.uring.IoUring} is the easier way, to this and to what follows.
     *
     * @param parameters a struct io_uring_params, 120 bytes in native order; the kernel fills it in
     * @return a descriptor, close-on-exec
     */
    int ioUringSetup(int entries, ByteBuffer parameters);

    /**
     * io_uring_enter(2). 25 ns cheaper when there is no argument and no size, 0 and 0.
     *
     * @param argument where a struct io_uring_getevents_arg is, with IORING_ENTER_EXT_ARG; else 0
     * @param size of that in bytes; else 0
     * @return how many entries were consumed
     */
    int ioUringEnter(int descriptor, int submit, int minimum, int flags, long argument, long size);

    /** io_uring_register(2). {@return what the operation returns; not negative} */
    int ioUringRegister(int descriptor, int operation, long argument, int count);

    /** {@return a sentence for the operator: by what the calls are made that transfers need, and if by the slower, why} */
    default String way() {
        return "system calls by " + getClass().getName();
    }

    /** {@return the size of a page in bytes (sysconf(3), _SC_PAGESIZE)} */
    int pageSize();

    /**
     * {@return where a direct buffer's index 0 is in memory} Valid as long as the buffer, or one that it is a view of, is
     * reachable: the caller sees to that (Reference.reachabilityFence).
     *
     * @throws IllegalArgumentException when the buffer is not direct
     */
    long address(ByteBuffer buffer);

    /**
     * {@return a direct buffer over memory that the caller has mapped} Whoever uses the buffer after the caller has
     * unmapped the memory crashes the process: it must not leave the caller's hands.
     */
    ByteBuffer buffer(long address, int length);

    /** {@return the path as the kernel wants it: in the platform's encoding, with a NUL at its end} */
    static byte[] path(Path path) {
        byte[] bytes = path.toString().getBytes(Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8")));
        return Arrays.copyOf(bytes, bytes.length + 1);
    }

    /**
     * {@return whether a transfer that returned this is nothing but postponed, and to be made again} A signal came in between
     * (EINTR), or it is to be tried again (EAGAIN), before which other threads have their turn. For what is called often.
     *
     * @param again how often it was made again already, for either; after {@link #MOST_TRIES} times EAGAIN is an error
     */
    static boolean isPostponed(long result, int again) {
        if (Errno.EAGAIN.is(result) && again < MOST_TRIES) {
            Thread.yield();
            return true;
        }
        return Errno.EINTR.is(result);
    }

    /** {@return the result of the call, repeated as long as it is EINTR} For what is not called often. */
    static long uninterrupted(LongSupplier call) {
        long result = call.getAsLong();
        while (Errno.EINTR.is(result)) {
            result = call.getAsLong();
        }
        return result;
    }
}

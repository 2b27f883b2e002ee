package io.pinion.linux.uring;

import io.pinion.linux.Linux;

/**
 * Where the operations of a ring are prepared; the kernel learns of them by {@link IoUring#submit}. Threads are those of
 * the ring. To prepare never blocks, calls the kernel or allocates; it throws IllegalStateException when there is no
 * {@link #room()}, or the ring is closed.
 *
 * <ul>
 *   <li>{@code file}: a descriptor, or with IOSQE_FIXED_FILE among the entry flags a slot of {@link IoUring#files()}
 *   <li>{@code address}, {@code length}: the memory, in bytes; the length is an unsigned int, at most 2 GiB − 4 KiB are
 *       transferred
 *   <li>{@code offset}: in the file, in bytes; −1 for the file's own position, and for what has none, such as a pipe
 *   <li>{@code rwFlags}: RWF_… of preadv2(2); what the file doesn't support completes with EOPNOTSUPP
 *   <li>{@code entryFlags}: IOSQE_… of io_uring_enter(2). With IOSQE_IO_DRAIN it begins when all that was prepared before
 *       it has completed, and whatever is prepared after it waits for it
 *   <li>{@code userData}: comes back with the completion
 * </ul>
 */
public final class RingEntries {
    private final SubmissionQueue queue;

    RingEntries(SubmissionQueue queue) {
        this.queue = queue;
    }

    /** {@return how many operations can be prepared between two submits} */
    public int size() {
        return queue.size();
    }

    /** {@return how many operations can be prepared before the next submit; 0 when the ring is closed} */
    public int room() {
        return queue.room();
    }

    /** Prepares a read, as preadv2(2) does it. */
    public void read(int file, long address, int length, long offset, int rwFlags, int entryFlags, long userData) {
        queue.prepare(Linux.IORING_OP_READ, entryFlags, file, offset, address, length, rwFlags, userData, 0);
    }

    /** Prepares a write, as pwritev2(2) does it. */
    public void write(int file, long address, int length, long offset, int rwFlags, int entryFlags, long userData) {
        queue.prepare(Linux.IORING_OP_WRITE, entryFlags, file, offset, address, length, rwFlags, userData, 0);
    }

    /**
     * Prepares a read into registered memory.
     *
     * @param buffer the slot in {@link IoUring#buffers()} that the address and the length are within; else it completes with
     *     EFAULT
     */
    public void readFixed(
            int file, int buffer, long address, int length, long offset, int rwFlags, int entryFlags, long userData) {
        queue.prepare(Linux.IORING_OP_READ_FIXED, entryFlags, file, offset, address, length, rwFlags, userData, buffer);
    }

    /**
     * Prepares a write of registered memory.
     *
     * @param buffer the slot in {@link IoUring#buffers()} that the address and the length are within; else it completes with
     *     EFAULT
     */
    public void writeFixed(
            int file, int buffer, long address, int length, long offset, int rwFlags, int entryFlags, long userData) {
        queue.prepare(
                Linux.IORING_OP_WRITE_FIXED, entryFlags, file, offset, address, length, rwFlags, userData, buffer);
    }

    /**
     * Prepares a read into several places, as preadv2(2) does it.
     *
     * @param vectors where an array of struct iovec is, mapped until the operation is submitted
     * @param count how many those are, at most 1024
     */
    public void readv(int file, long vectors, int count, long offset, int rwFlags, int entryFlags, long userData) {
        queue.prepare(Linux.IORING_OP_READV, entryFlags, file, offset, vectors, count, rwFlags, userData, 0);
    }

    /**
     * Prepares a write from several places, as pwritev2(2) does it.
     *
     * @param vectors where an array of struct iovec is, mapped until the operation is submitted
     * @param count how many those are, at most 1024
     */
    public void writev(int file, long vectors, int count, long offset, int rwFlags, int entryFlags, long userData) {
        queue.prepare(Linux.IORING_OP_WRITEV, entryFlags, file, offset, vectors, count, rwFlags, userData, 0);
    }

    /**
     * Prepares a flush, as fdatasync(2) does it. It covers the writes whose completion was delivered before; with
     * IOSQE_IO_DRAIN all that were prepared before it, too.
     */
    public void fdatasync(int file, int entryFlags, long userData) {
        queue.prepare(Linux.IORING_OP_FSYNC, entryFlags, file, 0, 0, 0, Linux.IORING_FSYNC_DATASYNC, userData, 0);
    }

    /** Prepares a flush, as fsync(2) does it; otherwise as {@link #fdatasync}. */
    public void fsync(int file, int entryFlags, long userData) {
        queue.prepare(Linux.IORING_OP_FSYNC, entryFlags, file, 0, 0, 0, 0, userData, 0);
    }

    /** Prepares nothing; it completes with 0. */
    public void nop(int entryFlags, long userData) {
        queue.prepare(Linux.IORING_OP_NOP, entryFlags, 0, 0, 0, 0, 0, userData, 0);
    }

    /**
     * Prepares to cancel one operation. It completes with 0, and the other with ECANCELED; or with ENOENT when there is no
     * such operation (any more), or with EALREADY when it is under way and may complete either way. What a disk is busy
     * with can't be cancelled.
     *
     * @param target what the operation was prepared with as its user data
     * @param userData comes back with the completion of this
     */
    public void cancel(long target, long userData) {
        queue.prepare(Linux.IORING_OP_ASYNC_CANCEL, 0, -1, 0, target, 0, 0, userData, 0);
    }
}

package io.pinion.tape.image;

import io.pinion.linux.Errno;
import io.pinion.linux.IoVectorPool;
import io.pinion.linux.IoVectors;
import io.pinion.linux.Linux;
import io.pinion.linux.SystemCalls;
import io.pinion.strategy.Access;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.Target;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The file of an image, through the page cache. A transfer between it and several buffers is one preadv2(2) or pwritev2(2), which
 * no interrupt disturbs, and which allocates nothing: {@link java.nio.channels.FileChannel} makes objects for each call
 * that gathers. Buffers are direct.
 *
 * <p>One thread transfers at a time; {@link #close} may come from any. The last one out gives the descriptor back, because the
 * kernel gives its number to the next file that is opened.
 */
final class ImageFile implements AutoCloseable {
    /** A buffer with nothing in it, for where there is no other. */
    static final ByteBuffer NOTHING = ByteBuffer.allocateDirect(0);

    private static final int MOST_BUFFERS = 3;
    private static final int CLOSED = 1 << 31;

    private final SystemCalls calls;
    private final Target target;
    private final int descriptor;
    private final IoVectors vectors;
    private final WriteBehind behind;

    /** How many calls are under way, and the sign bit once it is closed. */
    private final AtomicInteger users = new AtomicInteger();

    private ImageFile(SystemCalls calls, Target target, int descriptor) {
        this.calls = calls;
        this.target = target;
        this.descriptor = descriptor;
        vectors = new IoVectorPool(calls, MOST_BUFFERS).take();
        behind = new WriteBehind(calls, descriptor);
    }

    /**
     * Opens a file that is there.
     *
     * @param target what failures name
     */
    static ImageFile open(SystemCalls calls, Target target, Path path, Access access) throws StorageException {
        byte[] name = SystemCalls.path(path);
        // Without O_NONBLOCK a pipe would wait for its other end; for files it means nothing.
        int flags = Linux.O_CLOEXEC | Linux.O_NONBLOCK | (access.canWrite() ? Linux.O_RDWR : Linux.O_RDONLY);
        int descriptor = (int) SystemCalls.uninterrupted(() -> calls.open(name, flags, 0));
        if (descriptor < 0) {
            throw Errno.failure("open", descriptor)
                    .target(target)
                    .strategy(TapeImageStrategy.NAME)
                    .build();
        }
        return new ImageFile(calls, target, descriptor);
    }

    /** {@return how long the file is in bytes} */
    long size() throws StorageException {
        enter("size");
        try {
            return length("size");
        } finally {
            leave();
        }
    }

    private long length(String operation) throws StorageException {
        return check(operation, calls.lseek(descriptor, 0, Linux.SEEK_END));
    }

    /**
     * Requires that the file still has so many bytes. Nothing is written behind its end, and it is never made longer otherwise: what
     * would be between reads as zeros, which are file marks.
     *
     * @throws StorageException {@code TARGET_CHANGED}
     */
    void requireUncut(String operation, long bytes) throws StorageException {
        enter(operation);
        try {
            refuseIfChanged(operation, bytes, Long.MAX_VALUE);
        } finally {
            leave();
        }
    }

    /**
     * As {@link #requireUncut}, and that the file has no more than so many bytes: what another program has appended is not
     * written over, nor cut off.
     */
    void requireUnchanged(String operation, long least, long most) throws StorageException {
        enter(operation);
        try {
            refuseIfChanged(operation, least, most);
        } finally {
            leave();
        }
    }

    private void refuseIfChanged(String operation, long least, long most) throws StorageException {
        long length = length(operation);
        if (length < least) {
            throw changed(operation, length, least, "cut it. Reposition, and look at what is left");
        }
        if (length > most) {
            throw changed(operation, length, most, "appended to it. Reposition, and look at what is there");
        }
    }

    private StorageException changed(String operation, long length, long known, String how) {
        String words = "the image has " + length + " bytes, and " + known
                + " were written or passed before: another program has " + how;
        return failure(Kind.TARGET_CHANGED, operation, words).build();
    }

    /** Reads into two buffers until both are full; {@return how many bytes there were, less at the end of the file alone} */
    long read(ByteBuffer first, ByteBuffer second, long offset) throws StorageException {
        return move(true, first, second, NOTHING, offset);
    }

    /**
     * Writes what remains in three buffers at the end of the file, in ascending order; {@return how many bytes those are}
     *
     * @throws StorageException also {@code TARGET_CHANGED}, when the file does not end at the offset: nothing is written then
     */
    long write(ByteBuffer first, ByteBuffer second, ByteBuffer third, long offset) throws StorageException {
        return move(false, first, second, third, offset);
    }

    private long move(boolean reading, ByteBuffer first, ByteBuffer second, ByteBuffer third, long offset)
            throws StorageException {
        String operation = reading ? "read" : "write";
        enter(operation);
        try {
            if (!reading) {
                refuseIfChanged(operation, offset, offset);
            }
            long done = 0;
            while (add(first, second, third)) {
                long wanted = vectors.total();
                long moved = 0;
                try {
                    moved = reading
                            ? vectors.read(descriptor, offset + done, 0)
                            : vectors.write(descriptor, offset + done, 0);
                } finally {
                    vectors.settle(Math.max(0, moved));
                }
                if (moved < 0) {
                    throw failure(Errno.failure(operation, moved))
                            .range(offset, done + wanted)
                            .transferred(done)
                            .build();
                }
                if (moved == 0) {
                    break;
                }
                done += moved;
            }
            if (!reading) {
                behind.written(offset, done);
            }
            return done;
        } finally {
            leave();
        }
    }

    private boolean add(ByteBuffer first, ByteBuffer second, ByteBuffer third) {
        add(first);
        add(second);
        add(third);
        return vectors.count() > 0;
    }

    private void add(ByteBuffer buffer) {
        if (buffer.hasRemaining()) {
            vectors.add(buffer);
        }
    }

    /**
     * Cuts off what is behind this size.
     *
     * @throws StorageException also {@code TARGET_CHANGED}, when the file is shorter
     */
    void truncate(long size) throws StorageException {
        enter("write");
        try {
            refuseIfChanged("write", size, Long.MAX_VALUE);
            check("write", SystemCalls.uninterrupted(() -> calls.ftruncate(descriptor, size)));
        } finally {
            leave();
        }
    }

    /** Gives back the blocks behind the end, if that is still there: what another program has appended stays. */
    void trim(long size) throws StorageException {
        enter("flush");
        try {
            if (length("flush") == size) {
                check("flush", SystemCalls.uninterrupted(() -> calls.ftruncate(descriptor, size)));
            }
        } finally {
            leave();
        }
    }

    /** Allocates blocks, also behind the end of the file, which stays where it is (fallocate(2)). {@return 0, or {@code -errno}} */
    long allocate(long offset, long length) throws StorageException {
        enter("write");
        try {
            // Not by uninterrupted: in the stream of records its lambda would be all that is allocated.
            long result;
            do {
                result = calls.fallocate(descriptor, Linux.FALLOC_FL_KEEP_SIZE, offset, length);
            } while (Errno.EINTR.is(result));
            return result;
        } finally {
            leave();
        }
    }

    /** Puts what was written on stable storage (fdatasync(2)). {@return 0, or {@code -errno}} */
    long flush() throws StorageException {
        enter("flush");
        try {
            return SystemCalls.uninterrupted(() -> calls.fdatasync(descriptor));
        } finally {
            leave();
        }
    }

    /** {@return the beginning of a failure of this file} */
    StorageException.Builder failure(Kind kind, String operation, String detail) {
        return failure(StorageException.of(kind, operation, detail));
    }

    /** {@return the failure with the target, and the strategy} */
    StorageException.Builder failure(StorageException.Builder begun) {
        return begun.target(target).strategy(TapeImageStrategy.NAME);
    }

    private long check(String operation, long result) throws StorageException {
        if (result < 0) {
            throw failure(Errno.failure(operation, result)).build();
        }
        return result;
    }

    /** Fails when it is closed. */
    void requireOpen(String operation) throws StorageException {
        if (users.get() < 0) {
            throw failure(Kind.CLOSED, operation, "the channel is closed").build();
        }
    }

    private void enter(String operation) throws StorageException {
        if (users.getAndUpdate(n -> n < 0 ? n : n + 1) < 0) {
            requireOpen(operation);
        }
    }

    private void leave() {
        if (users.decrementAndGet() == CLOSED) {
            calls.close(descriptor);
        }
    }

    /** Waits for nobody. What close(2) tells of a file is a failed write-back, and that is what the flush is for. */
    @Override
    public void close() {
        if (users.getAndUpdate(n -> n | CLOSED) == 0) {
            calls.close(descriptor);
        }
    }
}

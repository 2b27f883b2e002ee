package io.pinion.linux.claim;

import io.pinion.linux.Errno;
import io.pinion.linux.Linux;
import io.pinion.linux.SystemCalls;
import io.pinion.linux.uring.RingQueue;
import io.pinion.strategy.ChannelQueue;
import io.pinion.strategy.KernelFile;
import io.pinion.strategy.PositionalChannel;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.TransferFlags;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** A file by preadv2(2), pwritev2(2) and io_uring(7). */
final class LinuxKernelFile implements KernelFile {
    private static final String NOT_TAKEN =
            "the kernel or the file system has no RWF_DONTCACHE; needed: Linux 6.14, and" + " a file on ext4 or xfs";

    /** More often than this "try again" is an error. */
    private static final int AGAIN = 1000;

    /** Farther than any file reaches, so that the trial reads nothing. */
    private static final long BEYOND = 1L << 62;

    private final SystemCalls calls;
    private final Descriptor descriptor;
    private final int flags;
    private final IoVectors vectors;
    private final String refusal;
    private final Trail trail = new Trail();
    private final List<RingQueue> queues = new CopyOnWriteArrayList<>();

    /**
     * Takes the descriptor over.
     *
     * @param flags O_… that it was opened with
     */
    LinuxKernelFile(SystemCalls calls, Descriptor descriptor, int flags) throws StorageException {
        this.calls = calls;
        this.descriptor = descriptor;
        this.flags = flags;
        vectors = new IoVectors(calls);
        refusal = trial();
    }

    /** Tries it with one byte: the kernel looks at the flags of a transfer of something alone. */
    private String trial() throws StorageException {
        ByteBuffer one = ByteBuffer.allocateDirect(1);
        try {
            move(true, one, 0, 1, BEYOND);
            return "";
        } catch (StorageException e) {
            return e.detail();
        } finally {
            Reference.reachabilityFence(one);
        }
    }

    @Override
    public String uncachedRefusal() {
        return refusal;
    }

    @Override
    public int readUncached(ByteBuffer target, long position) throws StorageException {
        int wanted = target.remaining();
        int done = transfer(true, target, position);
        return done == 0 && wanted > 0 ? -1 : done;
    }

    @Override
    public int writeUncached(ByteBuffer source, long position) throws StorageException {
        int start = source.position();
        try {
            return transfer(false, source, position);
        } finally {
            trail.add(position, source.position() - start);
        }
    }

    private int transfer(boolean reading, ByteBuffer buffer, long position) throws StorageException {
        int start = buffer.position();
        int wanted = buffer.remaining();
        int done = 0;
        try {
            while (done < wanted) {
                int moved = move(reading, buffer, start + done, wanted - done, position + done);
                if (moved == 0) {
                    break;
                }
                done += moved;
            }
            return done;
        } catch (StorageException e) {
            throw done == 0 ? e : e.afterTransferring(done);
        } finally {
            buffer.position(start + done);
        }
    }

    /** One transfer, repeated while it is nothing but postponed. A write of nothing would be repeated for ever. */
    private int move(boolean reading, ByteBuffer buffer, int index, int length, long position) throws StorageException {
        String operation = reading ? "read" : "write";
        int number = descriptor.enter(operation);
        IoVectors.IoVector vector = vectors.take();
        long result;
        try {
            vector.set(calls.address(buffer) + index, length);
            int again = 0;
            do {
                result = reading
                        ? calls.preadv2(number, vector.address, 1, position, Linux.RWF_DONTCACHE)
                        : calls.pwritev2(number, vector.address, 1, position, Linux.RWF_DONTCACHE);
            } while (isPassing(result, again++));
            Reference.reachabilityFence(buffer);
        } finally {
            vectors.give(vector);
            descriptor.leave();
        }
        if (result > 0 || result == 0 && reading) {
            return (int) result;
        }
        throw failure(operation, result == 0 ? Errno.EIO.result() : result, position, length);
    }

    private static boolean isPassing(long result, int again) {
        if (Errno.EAGAIN.is(result) && again < AGAIN) {
            Thread.yield();
            return true;
        }
        return Errno.EINTR.is(result);
    }

    private static StorageException failure(String operation, long result, long position, int length) {
        boolean refused = Errno.EOPNOTSUPP.is(result) || Errno.ENOSYS.is(result);
        StorageException.Builder failure = refused
                ? Errno.failure(Kind.UNSUPPORTED, operation, result, NOT_TAKEN)
                : Errno.failure(operation, result);
        return failure.range(position, length).build();
    }

    @Override
    public ChannelQueue openQueue(
            int depth, PositionalChannel channel, Predicate<TransferFlags> uncached, BooleanSupplier all)
            throws StorageException {
        int number = descriptor.enter("openQueue");
        try {
            queues.removeIf(RingQueue::isGone);
            CachedTransfers transfers = new CachedTransfers(channel, uncached, trail, () -> forget(all.getAsBoolean()));
            RingQueue queue = RingQueue.open(calls, number, flags, transfers, depth);
            queues.add(queue);
            return queue;
        } finally {
            descriptor.leave();
        }
    }

    @Override
    public void forget(boolean all) {
        Trail.Stretch stretch = trail.stretch();
        if (stretch.isEmpty() || !all && !stretch.isDense()) {
            return;
        }
        trail.end();
        long start = all ? 0 : stretch.from() & -calls.pageSize();
        // To the end of the file, or of the last page.
        long length = all ? 0 : (stretch.to() + calls.pageSize() - 1 & -calls.pageSize()) - start;
        try {
            descriptor.call("forget", number -> calls.fadvise(number, start, length, Linux.POSIX_FADV_DONTNEED));
        } catch (StorageException e) {
            // Closed meanwhile: the pages stay, which harms nobody.
            return;
        }
    }

    @Override
    public List<String> notes() {
        return queues.stream()
                .map(RingQueue::refusal)
                .filter(text -> !text.isEmpty())
                .map(text -> "leased buffers go unregistered: " + text)
                .distinct()
                .toList();
    }

    @Override
    public void close() {
        descriptor.close();
    }
}

package io.pinion.linux.claim;

import io.pinion.linux.Errno;
import io.pinion.linux.IoVectorPool;
import io.pinion.linux.IoVectors;
import io.pinion.linux.Linux;
import io.pinion.linux.SystemCalls;
import io.pinion.linux.uring.RingQueue;
import io.pinion.strategy.ChannelQueue;
import io.pinion.strategy.KernelFile;
import io.pinion.strategy.PositionalChannel;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.TransferFlags;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A file by preadv2(2), pwritev2(2) and io_uring(7). */
final class LinuxKernelFile implements KernelFile {
    private static final String NOT_TAKEN =
            "the kernel or the file system has no RWF_DONTCACHE; needed: Linux 6.14, and" + " a file on ext4 or xfs";

    /** Farther than any file reaches, so that the trial reads nothing. */
    private static final long BEYOND = 1L << 62;

    private final SystemCalls calls;
    private final Descriptor descriptor;
    private final int flags;
    private final IoVectorPool vectors;
    private final String refusal;
    private final Trail trail = new Trail();
    private final Forgetting forgetting;
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
        vectors = new IoVectorPool(calls, 1);
        forgetting = new Forgetting(calls, descriptor, trail);
        refusal = trial();
    }

    /** Tries it with one byte: the kernel looks at the flags of a transfer of something alone. */
    private String trial() throws StorageException {
        try {
            move(true, ByteBuffer.allocateDirect(1), BEYOND);
            return "";
        } catch (StorageException e) {
            return e.detail();
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
        return transfer(false, source, position);
    }

    private int transfer(boolean reading, ByteBuffer buffer, long position) throws StorageException {
        int start = buffer.position();
        try {
            while (buffer.hasRemaining()) {
                if (move(reading, buffer, position + buffer.position() - start) == 0) {
                    break;
                }
            }
            return buffer.position() - start;
        } catch (StorageException e) {
            int done = buffer.position() - start;
            throw done == 0 ? e : e.afterTransferring(done);
        }
    }

    /** One transfer, repeated while it is nothing but postponed. A write is noted before the descriptor counts as unused. */
    private int move(boolean reading, ByteBuffer buffer, long position) throws StorageException {
        String operation = reading ? "read" : "write";
        int length = buffer.remaining();
        IoVectors one = vectors.take();
        int number = descriptor.enter(operation);
        long result = 0;
        try {
            one.add(buffer);
            result = reading
                    ? one.read(number, position, Linux.RWF_DONTCACHE)
                    : one.write(number, position, Linux.RWF_DONTCACHE);
        } finally {
            one.settle(Math.max(0, result));
            vectors.give(one);
            if (!reading && result > 0) {
                trail.add(position, result);
            }
            descriptor.leave();
        }
        if (result < 0) {
            throw failure(operation, result, position, length);
        }
        return (int) result;
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
            CachedTransfers transfers = new CachedTransfers(channel, uncached, all, trail, forgetting);
            RingQueue queue = RingQueue.open(calls, number, flags, transfers, depth);
            queues.add(queue);
            return queue;
        } finally {
            descriptor.leave();
        }
    }

    @Override
    public Runnable flushing(boolean all) {
        return forgetting.afterFlush(all);
    }

    /** In this order: what a call has written is noted before it leaves, and what is cut off counts before it is. */
    @Override
    public boolean isIdle() {
        queues.removeIf(RingQueue::isGone);
        return queues.isEmpty() && descriptor.isUnused() && trail.isEmpty() && forgetting.isIdle();
    }

    @Override
    public List<String> notes() {
        return Stream.concat(Stream.of(forgetting.problem()), queues.stream().flatMap(RingQueue::notes))
                .filter(text -> !text.isEmpty())
                .distinct()
                .toList();
    }

    @Override
    public void close() {
        descriptor.close();
        forgetting.close();
    }
}

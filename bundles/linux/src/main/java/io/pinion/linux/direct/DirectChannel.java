package io.pinion.linux.direct;

import io.pinion.linux.IoVectorPool;
import io.pinion.linux.IoVectors;
import io.pinion.memory.PagePinner;
import io.pinion.strategy.ChannelMode;
import io.pinion.strategy.ChannelQueue;
import io.pinion.strategy.Claim;
import io.pinion.strategy.Discard;
import io.pinion.strategy.Geometry;
import io.pinion.strategy.Handover;
import io.pinion.strategy.PositionalChannel;
import io.pinion.strategy.Resize;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.Target;
import io.pinion.strategy.TransferFlags;
import io.pinion.strategy.TransferMeter;
import io.pinion.strategy.WriteZeroes;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A file or device by O_DIRECT. Closing it while operations run leaves them descriptors and memory until the last one is back; those
 * that come later fail with {@code CLOSED}.
 */
final class DirectChannel implements PositionalChannel {
    private final Target target;
    private final DirectMedium medium;
    private final Failures failures;
    private final OpenFile file;
    private final Geometry geometry;
    private final ChannelMode mode;
    private final BounceMemory memory;
    private final ReadAhead ahead;
    private final Reads reads;
    private final Writes writes;
    private final AtomicWrites atomic;
    private final VectoredTransfers vectored;
    private final Occupancy occupancy;
    private final DirectQueues queues;

    /**
     * Takes files and memory over.
     *
     * @param medium what the strategy knows of such targets
     * @param durable the same file, for writes that are to be durable when they return
     * @param finding what was found out about the file
     * @param onVacant told when all has been given back
     */
    DirectChannel(
            Target target,
            DirectMedium medium,
            OpenFile file,
            OpenFile durable,
            Finding finding,
            BounceMemory memory,
            BounceSettings settings,
            TransferMeter meter,
            Consumer<DirectChannel> onVacant) {
        this.target = target;
        failures = new Failures(target, medium);
        this.medium = medium;
        this.file = file;
        geometry = finding.geometry();
        mode = finding.mode();
        this.memory = memory;
        BouncePool pool = new BouncePool(memory, settings);
        queues = new DirectQueues(this, failures, file, finding.alignment(), meter);
        WriteRanges ranges = new WriteRanges(queues::releaseCompleted);
        ahead = new ReadAhead(file, ranges, finding.alignment().read(), settings, meter);
        writes = new Writes(file, durable, medium.isResizable(), finding.alignment(), pool, meter, ranges, ahead);
        IoVectorPool vectors = new IoVectorPool(file.calls(), IoVectors.MOST);
        atomic = new AtomicWrites(file, durable, finding, pool, vectors, writes, meter);
        vectored = new VectoredTransfers(file, durable, finding.alignment(), writes, vectors);
        reads = new Reads(file, finding.alignment(), pool, meter, writes::length, ahead);
        occupancy = new Occupancy(() -> {
            file.close();
            durable.close();
            memory.release();
            ahead.release();
            onVacant.accept(this);
        });
    }

    @Override
    public Geometry geometry() {
        return geometry;
    }

    @Override
    public ChannelMode mode() {
        return ahead.note(queues.note(mode.note(file.calls().way()).note(memory.note())));
    }

    @Override
    public void begin(Handover handover) throws StorageException {
        int inside = enter("begin");
        try {
            failures.check("begin", writes.begin());
        } finally {
            occupancy.leave(inside);
        }
    }

    /** The successor's writes would not be seen in what was read ahead, should this one go on serving. */
    @Override
    public Handover end(Handover handover) {
        ahead.outdate(0, Long.MAX_VALUE);
        return handover;
    }

    @Override
    public int read(ByteBuffer buffer, long position, TransferFlags flags) throws StorageException {
        int wanted = buffer.remaining();
        if (wanted == 0) {
            return 0;
        }
        int inside = enter("read");
        try {
            long result = reads.read(buffer, position);
            if (result < 0) {
                throw failures.transfer("read", result, position, wanted, wanted - buffer.remaining());
            }
            return result == 0 ? -1 : (int) result;
        } catch (StorageException e) {
            throw failures.located(e, wanted - buffer.remaining());
        } finally {
            occupancy.leave(inside);
        }
    }

    @Override
    public int write(ByteBuffer buffer, long position, TransferFlags flags) throws StorageException {
        int wanted = buffer.remaining();
        if (wanted == 0) {
            return 0;
        }
        int inside = enter("write");
        try {
            long result = flags.contains(TransferFlags.ATOMIC)
                    ? atomic.write(buffer, position, flags)
                    : writes.write(buffer, position, flags);
            if (result < 0) {
                throw failures.transfer("write", result, position, wanted, wanted - buffer.remaining());
            }
            return wanted;
        } catch (StorageException e) {
            throw failures.located(e, wanted - buffer.remaining());
        } finally {
            occupancy.leave(inside);
        }
    }

    /** By one system call as many buffers as suit, and what that leaves buffer by buffer. */
    @Override
    public long read(ByteBuffer[] targets, long position, TransferFlags flags) throws StorageException {
        long done = 0;
        int inside = enter("read");
        try {
            done = vectored.read(targets, position);
        } finally {
            occupancy.leave(inside);
        }
        try {
            long rest = PositionalChannel.super.read(targets, position + done, flags);
            return rest < 0 && done > 0 ? done : done + rest;
        } catch (StorageException e) {
            throw e.afterTransferring(done);
        }
    }

    /** By one system call as many buffers as suit, and what that leaves buffer by buffer. */
    @Override
    public long write(ByteBuffer[] sources, long position, TransferFlags flags) throws StorageException {
        long done = 0;
        int inside = enter("write");
        try {
            done = flags.contains(TransferFlags.ATOMIC) ? 0 : vectored.write(sources, position, flags);
            if (done < 0) {
                throw failures.transfer("write", done, position, remaining(sources), 0);
            }
        } finally {
            occupancy.leave(inside);
        }
        try {
            return done + PositionalChannel.super.write(sources, position + done, flags);
        } catch (StorageException e) {
            throw failures.located(e.afterTransferring(done));
        }
    }

    private static long remaining(ByteBuffer[] buffers) {
        long sum = 0;
        for (ByteBuffer buffer : buffers) {
            sum += buffer.remaining();
        }
        return sum;
    }

    @Override
    public long size() throws StorageException {
        int inside = enter("size");
        try {
            return failures.check("size", file.size());
        } finally {
            occupancy.leave(inside);
        }
    }

    @Override
    public void setSize(long size) throws StorageException {
        if (!medium.isResizable()) {
            String detail = "size=" + size + "; the target has the length that it has";
            throw failures.located(
                    StorageException.of(Kind.UNSUPPORTED, "setSize", detail).build());
        }
        int inside = enter("setSize");
        try {
            failures.check("setSize", writes.setSize(size));
        } catch (StorageException e) {
            throw failures.located(e);
        } finally {
            occupancy.leave(inside);
        }
    }

    @Override
    public void flush() throws StorageException {
        int inside = enter("flush");
        try {
            long result = file.flush();
            if (result < 0) {
                throw failures.located(FlushFailure.of(result).build());
            }
        } finally {
            occupancy.leave(inside);
        }
    }

    @Override
    public Optional<ChannelQueue> openQueue(int depth) throws StorageException {
        int inside = enter("openQueue");
        try {
            return Optional.of(queues.open(depth, writes));
        } catch (StorageException e) {
            throw failures.located(e);
        } finally {
            occupancy.leave(inside);
        }
    }

    /** The claim's own extras, kept apart from writes. */
    @Override
    public <T> Optional<T> adapt(Class<T> extra) {
        Optional<Claim> claim = target.claim();
        if (extra == Discard.class) {
            return claim.flatMap(c -> c.adapt(Discard.class)).map(d -> extra.cast(Extras.discard(d, writes)));
        }
        if (extra == WriteZeroes.class) {
            return claim.flatMap(c -> c.adapt(WriteZeroes.class)).map(z -> extra.cast(Extras.writeZeroes(z, writes)));
        }
        if (extra == Resize.class) {
            return claim.flatMap(c -> c.adapt(Resize.class)).map(r -> extra.cast(Extras.resize(r, writes)));
        }
        return claim.flatMap(c -> c.adapt(extra));
    }

    @Override
    public void close() {
        occupancy.close();
    }

    /** Has the bounce memory pinned, unless it is already, or the channel is closed. */
    void pin(PagePinner pinner) {
        int inside = occupancy.enter();
        if (inside == Occupancy.CLOSED) {
            return;
        }
        try {
            memory.pin(pinner, target);
        } finally {
            occupancy.leave(inside);
        }
    }

    private int enter(String operation) throws StorageException {
        int inside = occupancy.enter();
        if (inside == Occupancy.CLOSED) {
            throw failures.closed(operation);
        }
        return inside;
    }
}

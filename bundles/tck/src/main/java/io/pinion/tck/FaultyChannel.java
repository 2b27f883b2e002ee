package io.pinion.tck;

import io.pinion.strategy.ChannelMode;
import io.pinion.strategy.ChannelQueue;
import io.pinion.strategy.Geometry;
import io.pinion.strategy.Handover;
import io.pinion.strategy.PositionalChannel;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.TransferFlags;
import java.nio.ByteBuffer;
import java.util.Optional;

/** A channel that does what another one does, except where a fault strikes. */
final class FaultyChannel implements PositionalChannel {
    private final PositionalChannel channel;
    private final Faults faults;
    private final boolean queues;
    private final boolean ownerBound;

    FaultyChannel(PositionalChannel channel, Faults faults, boolean queues, boolean ownerBound) {
        this.channel = channel;
        this.faults = faults;
        this.queues = queues;
        this.ownerBound = ownerBound;
    }

    /** A read or a write. */
    @FunctionalInterface
    private interface Transfer {
        int of(ByteBuffer buffer) throws StorageException;
    }

    @Override
    public Geometry geometry() {
        return channel.geometry();
    }

    @Override
    public Optional<String> identity() {
        return channel.identity();
    }

    @Override
    public ChannelMode mode() {
        return channel.mode();
    }

    @Override
    public void begin(Handover handover) throws StorageException {
        faults.strike(Call.BEGIN, "begin");
        channel.begin(handover);
    }

    @Override
    public Handover end(Handover handover) throws StorageException {
        faults.strike(Call.END, "end");
        return channel.end(handover);
    }

    @Override
    public int read(ByteBuffer target, long position, TransferFlags flags) throws StorageException {
        Fault fault = faults.next(Call.READ);
        return fault == null
                ? channel.read(target, position, flags)
                : struck(fault, "read", target, position, buffer -> channel.read(buffer, position, flags));
    }

    @Override
    public int write(ByteBuffer source, long position, TransferFlags flags) throws StorageException {
        Fault fault = faults.next(Call.WRITE);
        return fault == null
                ? channel.write(source, position, flags)
                : struck(fault, "write", source, position, buffer -> channel.write(buffer, position, flags));
    }

    private static int struck(Fault fault, String operation, ByteBuffer buffer, long position, Transfer transfer)
            throws StorageException {
        int wanted = buffer.remaining();
        fault.before(operation, position, wanted);
        if (fault.effect() != Fault.Effect.FAIL_PARTLY) {
            int done = transfer.of(buffer);
            return fault.effect() == Fault.Effect.LIE ? fault.value() : done;
        }
        int limit = buffer.limit();
        buffer.limit(buffer.position() + Math.min(wanted, fault.value()));
        try {
            throw fault.failure(operation, position, wanted, Math.max(0, transfer.of(buffer)));
        } finally {
            buffer.limit(limit);
        }
    }

    @Override
    public long size() throws StorageException {
        faults.strike(Call.SIZE, "size");
        return channel.size();
    }

    @Override
    public void setSize(long size) throws StorageException {
        faults.strike(Call.SET_SIZE, "setSize");
        channel.setSize(size);
    }

    @Override
    public void flush() throws StorageException {
        faults.strike(Call.FLUSH, "flush");
        channel.flush();
    }

    @Override
    public Optional<ChannelQueue> openQueue(int depth) throws StorageException {
        if (!queues) {
            return Optional.empty();
        }
        faults.strike(Call.OPEN_QUEUE, "openQueue");
        return Optional.of(new FaultyQueue(this, faults, depth, ownerBound));
    }

    @Override
    public <T> Optional<T> adapt(Class<T> extra) {
        return channel.adapt(extra);
    }

    @Override
    public void close() {
        Fault fault = faults.next(Call.CLOSE);
        try {
            if (fault != null) {
                fault.before("close", -1, -1);
            }
        } catch (StorageException e) {
            throw new IllegalStateException(e);
        } finally {
            channel.close();
        }
    }
}

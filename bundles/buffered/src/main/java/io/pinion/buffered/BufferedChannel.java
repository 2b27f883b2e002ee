package io.pinion.buffered;

import io.pinion.strategy.ChannelMode;
import io.pinion.strategy.ChannelQueue;
import io.pinion.strategy.Geometry;
import io.pinion.strategy.OpenOptions;
import io.pinion.strategy.PositionalChannel;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.Target;
import io.pinion.strategy.TransferFlags;
import io.pinion.strategy.TransferMeter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A channel on the page cache. A transfer between a direct buffer and the cache that nothing disturbs is one call of
 * {@link FileChannel}; everything else goes the long way, which repeats, continues and restores. What is to be uncached, and
 * queues, go by the {@link KernelSide}.
 */
final class BufferedChannel implements PositionalChannel {
    /** What the meter calls a copy by the JDK, which hands direct memory alone to the kernel. */
    static final String HEAP_BUFFER = "heap buffer";
    /** What the meter calls a transfer that interrupts never let through. */
    static final String INTERRUPTS = "interrupted again and again";

    /** The JDK keeps a direct buffer as large as the largest heap buffer for each thread: it gets parts of this size. */
    private static final int HEAP_PART = BouncePool.SIZE;

    /** How often an interrupt may spoil one transfer before it goes the way that none can disturb. */
    private static final int DISTURBANCES = 8;

    private final Target target;
    private final Geometry geometry;
    private final TransferMeter meter;
    private final OpenFile file;
    private final KernelSide kernel;
    private final Supplier<Surroundings> surroundings;
    private final Failures failures;
    private final Consumer<BufferedChannel> whenClosed;

    BufferedChannel(
            Target target,
            OpenOptions options,
            Geometry geometry,
            Supplier<Surroundings> surroundings,
            Consumer<BufferedChannel> whenClosed)
            throws StorageException {
        this.target = target;
        this.geometry = geometry;
        this.surroundings = surroundings;
        this.whenClosed = whenClosed;
        meter = options.meter();
        failures = new Failures(target);
        file = new OpenFile(
                target, options.access().canWrite(), () -> surroundings.get().advice());
        kernel = new KernelSide(file, options.access(), meter, surroundings);
    }

    @Override
    public Geometry geometry() {
        return geometry;
    }

    @Override
    public ChannelMode mode() {
        List<String> notes = new ArrayList<>();
        String problem = surroundings.get().settings().problem();
        if (!problem.isEmpty()) {
            notes.add(problem + ": correct it in " + BufferedStrategy.PID);
        }
        notes.addAll(file.adviceNotes());
        notes.addAll(kernel.notes());
        return ChannelMode.of(
                kernel.isDropping() ? "page cache, uncached" : "page cache", notes.toArray(String[]::new));
    }

    /** Heeds what has come, changed or gone around it. */
    void heed() {
        file.advise();
        kernel.heed();
    }

    @Override
    public int read(ByteBuffer buffer, long position, TransferFlags flags) throws StorageException {
        if (kernel.takes(flags)) {
            return uncached(true, buffer, position);
        }
        int start = buffer.position();
        int wanted = buffer.limit() - start;
        int done = 0;
        if (buffer.isDirect() && !Thread.currentThread().isInterrupted()) {
            try {
                done = file.channel().read(buffer, position);
            } catch (ClosedChannelException e) {
                // Somebody was interrupted, or this thread; the long way opens the file again.
                done = 0;
            } catch (IOException e) {
                buffer.position(start);
                throw failures.of("read", e, position, wanted, 0);
            }
            if (done == wanted || done < 0) {
                return done;
            }
        }
        return transfer(true, buffer, start, done, position);
    }

    @Override
    public int write(ByteBuffer buffer, long position, TransferFlags flags) throws StorageException {
        if (kernel.takes(flags)) {
            return uncached(false, buffer, position);
        }
        int start = buffer.position();
        int wanted = buffer.limit() - start;
        int done = 0;
        if (buffer.isDirect() && !Thread.currentThread().isInterrupted()) {
            try {
                done = file.channel().write(buffer, position);
            } catch (ClosedChannelException e) {
                done = 0;
            } catch (IOException e) {
                buffer.position(start);
                throw failures.of("write", e, position, wanted, 0);
            }
            if (done == wanted) {
                return done;
            }
        }
        return transfer(false, buffer, start, done, position);
    }

    /** What could not be uncached to its end goes on through the page cache; so does a short read, to find the end there. */
    private int uncached(boolean reading, ByteBuffer buffer, long position) throws StorageException {
        int start = buffer.position();
        int wanted = buffer.limit() - start;
        try {
            int done = kernel.transfer(reading, buffer, position);
            return done == wanted || done < 0 ? done : transfer(reading, buffer, start, done, position);
        } catch (StorageException e) {
            throw failures.of(reading ? "read" : "write", e, position, wanted, buffer.position() - start);
        }
    }

    /** Brings a transfer of which {@code done} bytes are done to its end; what was spoilt is done again from there. */
    private int transfer(boolean reading, ByteBuffer buffer, int start, int done, long position)
            throws StorageException {
        int limit = buffer.limit();
        int wanted = limit - start;
        int sum = done;
        boolean interrupted = false;
        int disturbances = 0;
        FileChannel channel = file.channel();
        try {
            while (sum < wanted || wanted == 0) {
                interrupted |= Thread.interrupted();
                int part = buffer.isDirect() ? wanted - sum : Math.min(wanted - sum, HEAP_PART);
                buffer.limit(start + sum + part).position(start + sum);
                int moved = 0;
                try {
                    moved = disturbances < DISTURBANCES
                            ? moved(reading, channel, buffer, position + sum)
                            : movedUndisturbed(reading, buffer, position + sum);
                } catch (ClosedChannelException e) {
                    disturbances++;
                    channel = file.next(channel);
                    continue;
                }
                if (moved < 0) {
                    return sum == 0 ? -1 : sum;
                }
                if (wanted == 0) {
                    return 0;
                }
                if (moved == 0) {
                    throw new IOException("nothing more was transferred, and no reason given");
                }
                count(buffer, moved);
                sum += moved;
            }
            return sum;
        } catch (IOException e) {
            throw failures.of(reading ? "read" : "write", e, position, wanted, sum);
        } finally {
            buffer.limit(limit).position(start + sum);
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static int moved(boolean reading, FileChannel channel, ByteBuffer buffer, long position)
            throws IOException {
        return reading ? channel.read(buffer, position) : channel.write(buffer, position);
    }

    private int movedUndisturbed(boolean reading, ByteBuffer buffer, long position) throws IOException {
        TransferMeter.Cause cause = meter.cause(INTERRUPTS);
        cause.fellBack();
        int moved =
                reading ? file.steady().read(buffer, position) : file.steady().write(buffer, position);
        if (moved > 0 && buffer.isDirect()) {
            cause.bounced(moved);
        }
        return moved;
    }

    private void count(ByteBuffer buffer, int moved) {
        if (!buffer.isDirect()) {
            meter.cause(HEAP_BUFFER).bounced(moved);
        }
    }

    @Override
    public long size() throws StorageException {
        try {
            return file.steady().size();
        } catch (IOException e) {
            throw failures.of("size", e);
        }
    }

    /** Extends by allocating, which no write beside it can lose anything to; a zero written at the end could. */
    @Override
    public void setSize(long size) throws StorageException {
        boolean interrupted = false;
        FileChannel channel = file.channel();
        try {
            if (FileSort.of(target.path()) != FileSort.REGULAR) {
                throw failures.of(Kind.UNSUPPORTED, "setSize", "size=" + size + "; a device has the size that it has");
            }
            for (int disturbances = 0; ; disturbances++) {
                interrupted |= Thread.interrupted();
                try {
                    if (size > file.steady().size()) {
                        file.steady().extend(size);
                    } else {
                        channel.truncate(size);
                    }
                    return;
                } catch (ClosedChannelException e) {
                    if (disturbances == 100 * DISTURBANCES) {
                        throw failures.of(Kind.INTERRUPTED, "setSize", INTERRUPTS);
                    }
                    channel = file.next(channel);
                }
            }
        } catch (IOException e) {
            throw failures.of("setSize", e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void flush() throws StorageException {
        Runnable forgetting = kernel.flushing();
        try {
            file.flush();
        } catch (ClosedChannelException e) {
            throw failures.of("flush", e);
        } catch (IOException e) {
            throw failures.flush(e);
        }
        forgetting.run();
    }

    @Override
    public Optional<ChannelQueue> openQueue(int depth) throws StorageException {
        try {
            return Optional.of(kernel.openQueue(depth, this));
        } catch (StorageException e) {
            throw e.in(target, BufferedStrategy.NAME);
        }
    }

    @Override
    public <T> Optional<T> adapt(Class<T> extra) {
        return target.claim().flatMap(claim -> claim.adapt(extra));
    }

    @Override
    public void close() {
        whenClosed.accept(this);
        kernel.close();
        file.close();
    }
}

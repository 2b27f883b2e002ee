package io.pinion.core.volume;

import io.pinion.core.volume.Cell.Kind;
import io.pinion.strategy.Access;
import io.pinion.strategy.Capability;
import io.pinion.strategy.Shape;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.TransferFlags;
import io.pinion.volume.ExtraUse;
import io.pinion.volume.IoQueue;
import io.pinion.volume.Volume;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;

/** The volume that applications hold: checks arguments, passes the gate, and calls whoever serves. */
public final class GatedVolume extends Gated implements Volume {
    private static final long SAMPLED = Tally.SAMPLE_EVERY - 1;

    private final Background background;
    private final Traffic traffic;

    /**
     * @param background for what may not run on the caller's thread
     * @param keeper told of each flush that failed, and of a device that is gone
     */
    public GatedVolume(String name, Access access, Gate gate, Background background, Keeper keeper) {
        super(name, Shape.POSITIONAL, access, gate, Failures.ofVolume(gate, keeper));
        this.background = background;
        this.traffic = new Traffic(name);
    }

    @Override
    public int read(ByteBuffer target, long position, TransferFlags flags) throws StorageException {
        Arguments.readInto(target);
        int wanted = target.remaining();
        Arguments.range("read", position, wanted);
        Cell cell = gate.tally().cell();
        long earlier = cell.begin(Kind.READ);
        Tenure tenure = gate.tenure();
        if (tenure == null) {
            tenure = gate.park(cell, Kind.READ, "read");
        }
        long started = 0;
        boolean sequential = false;
        if ((earlier & SAMPLED) == 0) {
            sequential = cell.isNoted(Kind.READ, position);
            started = System.nanoTime();
        } else if ((earlier & SAMPLED) == SAMPLED) {
            cell.note(Kind.READ, position + wanted);
        }
        int before = target.position();
        int done = 0;
        try {
            TransferFlags passed = flags.isEmpty() ? flags : wishes(tenure, "read", flags, position, wanted);
            done = tenure.positional().read(target, position, passed);
            int moved = target.position() - before;
            if (done != wanted || moved != done) {
                failures.checkShort(tenure, position, wanted, done, moved);
            }
            return done;
        } catch (StorageException | RuntimeException | Error e) {
            StorageException failure = failures.failed(tenure, "read", e);
            done = Faults.rewind(target, before, wanted, failure.transferred());
            throw failure;
        } finally {
            cell.end(Kind.READ, Math.max(done, 0));
            if (started != 0) {
                timed(Kind.READ, position, wanted, System.nanoTime() - started, sequential);
            }
        }
    }

    @Override
    public int write(ByteBuffer source, long position, TransferFlags flags) throws StorageException {
        Arguments.writable(this, "write");
        int wanted = source.remaining();
        Arguments.range("write", position, wanted);
        Kind kind = flags.isEmpty() ? Kind.WRITE : writeKind(flags);
        Cell cell = gate.tally().cell();
        long earlier = cell.begin(kind);
        Tenure tenure = gate.tenure();
        if (tenure == null) {
            tenure = gate.park(cell, kind, "write");
        }
        long started = 0;
        boolean sequential = false;
        if ((earlier & SAMPLED) == 0) {
            sequential = cell.isNoted(kind, position);
            started = System.nanoTime();
        } else if ((earlier & SAMPLED) == SAMPLED) {
            cell.note(kind, position + wanted);
        }
        int before = source.position();
        int done = 0;
        try {
            TransferFlags passed = flags.isEmpty() ? flags : wishes(tenure, "write", flags, position, wanted);
            done = tenure.positional().write(source, position, passed);
            if (done != wanted || source.position() - before != done) {
                throw Faults.miscounted(tenure, "write", done, source.position() - before);
            }
            flushIfEmulated(tenure, flags, passed);
            return done;
        } catch (StorageException | RuntimeException | Error e) {
            StorageException failure = failures.failed(tenure, "write", e);
            done = Faults.rewind(source, before, wanted, failure.transferred());
            throw failure;
        } finally {
            cell.end(kind, Math.max(done, 0));
            if (started != 0) {
                timed(kind, position, wanted, System.nanoTime() - started, sequential);
            }
            gate.waitIfSlowed();
        }
    }

    @Override
    public long read(ByteBuffer[] targets, long position, TransferFlags flags) throws StorageException {
        for (ByteBuffer target : targets) {
            Arguments.readInto(target);
        }
        long wanted = remaining(targets);
        Arguments.range("read", position, wanted);
        return transfer("read", Kind.READ, tenure -> {
            long done = tenure.positional().read(targets, position, wishes(tenure, "read", flags, position, wanted));
            if (done < wanted) {
                failures.checkEnd(tenure, position, wanted, done);
            }
            return done;
        });
    }

    @Override
    public long write(ByteBuffer[] sources, long position, TransferFlags flags) throws StorageException {
        Arguments.writable(this, "write");
        long wanted = remaining(sources);
        Arguments.range("write", position, wanted);
        return transfer("write", writeKind(flags), tenure -> {
            TransferFlags passed = wishes(tenure, "write", flags, position, wanted);
            long done = tenure.positional().write(sources, position, passed);
            if (done != wanted) {
                throw Faults.miscounted(tenure, "write", done, wanted - remaining(sources));
            }
            flushIfEmulated(tenure, flags, passed);
            return done;
        });
    }

    @Override
    public long size() throws StorageException {
        return call("size", Kind.OTHER, tenure -> {
            long size = tenure.positional().size();
            if (size < 0) {
                throw Faults.fault(tenure, "size", "it returned size=" + size, null);
            }
            if (size == 0) {
                failures.checkEmpty(tenure);
            }
            return size;
        });
    }

    @Override
    public void setSize(long size) throws StorageException {
        Arguments.writable(this, "setSize");
        Arguments.range("setSize", size, 0);
        call("setSize", Kind.OTHER, tenure -> {
            tenure.require("setSize", Capability.SET_SIZE);
            tenure.positional().setSize(size);
            return size;
        });
    }

    @Override
    public void flush() throws StorageException {
        call("flush", Kind.FLUSH, tenure -> {
            flush(tenure);
            return 0;
        });
    }

    @Override
    public IoQueue openQueue(int depth) throws StorageException {
        return queues().open(this, depth);
    }

    @Override
    public CompletionStage<Integer> readAsync(ByteBuffer target, long position) {
        return background.stage(() -> read(target, position));
    }

    @Override
    public CompletionStage<Integer> writeAsync(ByteBuffer source, long position) {
        return background.stage(() -> write(source, position));
    }

    @Override
    public CompletionStage<Void> flushAsync() {
        return background.stage(() -> {
            flush();
            return null;
        });
    }

    /** An operation that was timed has ended. */
    void timed(Kind kind, long position, int length, long nanos, boolean sequential) {
        if (kind == Kind.FLUSH) {
            return;
        }
        (kind == Kind.READ ? readLatency : writeLatency).record(nanos);
        traffic.ended(kind, position, length, nanos, sequential);
    }

    /** {@return who is shown some of its operations} */
    public Traffic traffic() {
        return traffic;
    }

    Background background() {
        return background;
    }

    TransferFlags wishes(Tenure tenure, String operation, TransferFlags flags, long position, long length)
            throws StorageException {
        TransferFlags passed = tenure.toDriver(operation, flags, position, length);
        reliance().note(flags, tenure.examination().geometry());
        return passed;
    }

    static Kind writeKind(TransferFlags flags) {
        return flags.contains(TransferFlags.DURABLE) ? Kind.DURABLE_WRITE : Kind.WRITE;
    }

    private void flushIfEmulated(Tenure tenure, TransferFlags wished, TransferFlags passed) throws StorageException {
        if (wished != passed) {
            flush(tenure);
        }
    }

    /** {@return whether something has been written that no flush covers yet} */
    boolean isBehind() {
        return gate.ledger().isBehind();
    }

    private long transfer(String operation, Kind kind, ExtraUse<Tenure, Long> use) throws StorageException {
        Cell cell = gate.tally().cell();
        Tenure tenure = enter(cell, kind, operation);
        long done = 0;
        try {
            done = use.apply(tenure);
            return done;
        } catch (StorageException | RuntimeException | Error e) {
            StorageException failure = failures.failed(tenure, operation, e);
            done = failure.transferred();
            throw failure;
        } finally {
            cell.end(kind, Math.max(done, 0));
            if (kind != Kind.READ) {
                gate.waitIfSlowed();
            }
        }
    }

    private static long remaining(ByteBuffer[] buffers) {
        long sum = 0;
        for (ByteBuffer buffer : buffers) {
            sum += buffer.remaining();
        }
        return sum;
    }
}

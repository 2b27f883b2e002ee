package io.pinion.core.volume;

import io.pinion.core.volume.Cell.Kind;
import io.pinion.strategy.Access;
import io.pinion.strategy.Shape;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.TapeChannel;
import io.pinion.strategy.TapePosition;
import io.pinion.strategy.TapeResult;
import io.pinion.strategy.TapeStatus;
import io.pinion.volume.ExtraUse;
import io.pinion.volume.TapeDrive;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The drive that applications hold: checks arguments, has callers take turns, passes the gate, and calls whoever serves. The
 * turn comes before the gate, so that at most one call is in flight, and a swap waits for no more than that. Inside is one at a time,
 * the steps of a swap included.
 */
public final class GatedDrive extends Gated implements TapeDrive {
    private final Turns turns = new Turns(this);
    private final Inside inside;
    private final Records records;

    /**
     * @param patience how long a caller waits for a step of a swap that nobody waits for any more, in nanoseconds
     * @param keeper told of a device that is gone
     */
    public GatedDrive(String name, Access access, Gate gate, long patience, Keeper keeper) {
        super(name, Shape.TAPE, access, gate, Failures.ofDrive(gate, keeper));
        inside = new Inside(this, patience);
        records = new Records(this, inside);
    }

    /** An operation that moves the tape, or writes marks. */
    @FunctionalInterface
    private interface Motion {
        void run(TapeChannel channel) throws StorageException;
    }

    /** What is so after a motion has succeeded. */
    private enum After {
        MOVED,
        /** Nothing is unflushed: the driver has flushed before, or the marks have. */
        SETTLED,
        /** What may have failed before is over, because the caller knows where the tape stands. */
        REPOSITIONED,
        /** Both. */
        REPOSITIONED_SETTLED
    }

    @Override
    public void read(ByteBuffer target, TapeResult result) throws StorageException {
        result.clear();
        Arguments.readInto(target);
        Arguments.record("read", target);
        turns.take("read");
        try {
            records.read(target, result);
        } finally {
            turns.give();
        }
    }

    @Override
    public void write(ByteBuffer source, TapeResult result) throws StorageException {
        result.clear();
        Arguments.writable(this, "write");
        Arguments.record("write", source);
        turns.take("write");
        try {
            records.write(source, result);
        } finally {
            turns.give();
        }
    }

    @Override
    public void writeFileMarks(int count, TapeResult result) throws StorageException {
        result.clear();
        Arguments.writable(this, "writeFileMarks");
        if (count < 1) {
            throw Arguments.invalid(
                    "writeFileMarks",
                    "count=" + count + " is less than 1; flush() puts on the medium what was written, without a mark",
                    -1,
                    -1);
        }
        move("writeFileMarks", result, After.SETTLED, channel -> channel.writeFileMarks(count, result));
    }

    @Override
    public void spaceRecords(long count, TapeResult result) throws StorageException {
        space("spaceRecords", count, result, channel -> channel.spaceRecords(count, result));
    }

    @Override
    public void spaceFileMarks(long count, TapeResult result) throws StorageException {
        space("spaceFileMarks", count, result, channel -> channel.spaceFileMarks(count, result));
    }

    private void space(String operation, long count, TapeResult result, Motion motion) throws StorageException {
        result.clear();
        if (count == 0) {
            throw Arguments.invalid(operation, "count=0 moves nowhere; pass how many to pass over", -1, -1);
        }
        move(operation, result, count < 0 ? After.SETTLED : After.MOVED, motion);
    }

    @Override
    public void spaceToEndOfData(TapeResult result) throws StorageException {
        move("spaceToEndOfData", result, After.REPOSITIONED, channel -> channel.spaceToEndOfData(result));
    }

    @Override
    public void locate(TapePosition position, TapeResult result) throws StorageException {
        result.clear();
        if (position.source() == TapePosition.Source.UNKNOWN) {
            throw Arguments.invalid("locate", "position=unknown is nowhere; pass one that a result told", -1, -1);
        }
        move("locate", result, After.REPOSITIONED_SETTLED, channel -> channel.locate(position, result));
    }

    @Override
    public void rewind(TapeResult result) throws StorageException {
        move("rewind", result, After.REPOSITIONED_SETTLED, channel -> channel.rewind(result));
    }

    @Override
    public void erase(TapeResult result) throws StorageException {
        result.clear();
        Arguments.writable(this, "erase");
        move("erase", result, After.MOVED, channel -> channel.erase(result));
    }

    @Override
    public void load(TapeResult result) throws StorageException {
        move("load", result, After.REPOSITIONED, channel -> channel.load(result));
    }

    @Override
    public void unload(TapeResult result) throws StorageException {
        move("unload", result, After.REPOSITIONED_SETTLED, channel -> channel.unload(result));
    }

    @Override
    public TapePosition position() throws StorageException {
        return ask(
                "position",
                tenure -> tenure.isInDoubt()
                        ? TapePosition.unknown()
                        : Faults.given(tenure, "position", tenure.tape().position()));
    }

    @Override
    public TapeStatus status() throws StorageException {
        return ask(
                "status", tenure -> Faults.given(tenure, "status", tenure.tape().status()));
    }

    @Override
    public void setBlockSize(int bytes) throws StorageException {
        if (bytes < 0) {
            throw Arguments.invalid("setBlockSize", "bytes=" + bytes + " is negative; 0 is variable mode", -1, -1);
        }
        ask("setBlockSize", tenure -> {
            tenure.tape().setBlockSize(bytes);
            tenure.modeIsChosen();
            return 0;
        });
    }

    @Override
    public void setDensity(int code) throws StorageException {
        if (code < 0 || code > 255) {
            throw Arguments.invalid("setDensity", "code=" + code + " is not within 0 to 255", -1, -1);
        }
        set("setDensity", channel -> channel.setDensity(code));
    }

    @Override
    public void setCompression(boolean on) throws StorageException {
        set("setCompression", channel -> channel.setCompression(on));
    }

    @Override
    public void flush() throws StorageException {
        alone("flush", Kind.FLUSH, tenure -> {
            failures.refuseFlush();
            flush(tenure);
            return 0;
        });
    }

    @Override
    public <T, R> R with(Class<T> extra, ExtraUse<? super T, ? extends R> use) throws StorageException {
        turns.take("with");
        try {
            return super.with(extra, use);
        } finally {
            turns.give();
        }
    }

    /** An extra may write and move the tape, so it is refused as these are while nobody knows where the tape stands. */
    @Override
    <T, R> R use(Tenure tenure, Class<T> extra, ExtraUse<? super T, ? extends R> use) throws StorageException {
        inside.enter("with");
        try {
            failures.refuseInDoubt(tenure, "with");
            return super.use(tenure, extra, use);
        } finally {
            inside.leave();
        }
    }

    @Override
    public <T> T take(String name, String strategy, Step<T> step) throws StorageException {
        Cell cell = gate.tally().cell();
        cell.begin(Kind.OTHER);
        try {
            return inside.take(name, strategy, step);
        } finally {
            cell.end(Kind.OTHER, 0);
        }
    }

    /** At a closed gate nobody is at work, and whoever waits there keeps the turn. */
    @Override
    public <T> T takeBetween(String name, String strategy, long patience, Step<T> step) throws StorageException {
        if (gate.tenure() == null) {
            return take(name, strategy, step);
        }
        turns.take(name, patience);
        try {
            return take(name, strategy, step);
        } finally {
            turns.give();
        }
    }

    @Override
    public Optional<String> busy() {
        return inside.busy();
    }

    private void set(String operation, Motion setting) throws StorageException {
        ask(operation, tenure -> {
            setting.run(tenure.tape());
            return 0;
        });
    }

    private void move(String operation, TapeResult result, After after, Motion motion) throws StorageException {
        result.clear();
        ask(operation, tenure -> {
            boolean repositions = after == After.REPOSITIONED || after == After.REPOSITIONED_SETTLED;
            if (repositions) {
                failures.tellOfLoss();
            } else {
                failures.refuseInDoubt(tenure, operation);
            }
            long written = gate.ledger().written();
            try {
                motion.run(tenure.tape());
                Filled.checkPlace(tenure, operation, result);
            } catch (StorageException e) {
                tenure.tellPlace(result);
                throw e;
            }
            if (after == After.SETTLED || after == After.REPOSITIONED_SETTLED) {
                gate.ledger().covered(written);
            }
            if (repositions) {
                failures.repositioned(tenure);
            }
            return 0;
        });
    }

    private <R> R ask(String operation, ExtraUse<Tenure, R> use) throws StorageException {
        return alone(operation, Kind.OTHER, use);
    }

    private <R> R alone(String operation, Kind kind, ExtraUse<Tenure, R> use) throws StorageException {
        turns.take(operation);
        try {
            return call(operation, kind, tenure -> {
                inside.enter(operation);
                try {
                    return use.apply(tenure);
                } finally {
                    inside.leave();
                }
            });
        } finally {
            turns.give();
        }
    }
}

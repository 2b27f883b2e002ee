package io.pinion.core.volume;

import io.pinion.core.volume.Cell.Kind;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.TapeResult;
import java.nio.ByteBuffer;

/** The transfers of a drive's records: what is in flight is counted, some are timed, and what the driver says is checked. */
final class Records {
    private static final long SAMPLED = Tally.SAMPLE_EVERY - 1;

    private final Gated gated;
    private final Gate gate;
    private final Failures failures;
    private final Inside inside;

    Records(Gated gated, Inside inside) {
        this.gated = gated;
        this.gate = gated.gate;
        this.failures = gated.failures;
        this.inside = inside;
    }

    /** Reads a record; it is the caller's turn. */
    void read(ByteBuffer target, TapeResult result) throws StorageException {
        Cell cell = gate.tally().cell();
        long earlier = cell.begin(Kind.READ);
        Tenure tenure = enter(cell, Kind.READ, "read");
        long started = (earlier & SAMPLED) == 0 ? System.nanoTime() : 0;
        int before = target.position();
        int wanted = target.remaining();
        long done = 0;
        try {
            failures.refuseInDoubt(tenure, "read");
            tenure.tape().read(target, result);
            done = target.position() - before;
            Filled.checkRead(tenure, result, done, target.limit() - before - wanted);
        } catch (StorageException | RuntimeException | Error e) {
            tenure.tellPlace(result);
            StorageException failure = failures.failed(tenure, "read", e);
            done = Faults.rewind(target, before, wanted, failure.transferred());
            throw failure;
        } finally {
            inside.leave();
            cell.end(Kind.READ, Math.max(done, 0));
            if (started != 0) {
                gated.readLatency.record(System.nanoTime() - started);
            }
        }
    }

    /** Writes a record; it is the caller's turn. */
    void write(ByteBuffer source, TapeResult result) throws StorageException {
        Cell cell = gate.tally().cell();
        long earlier = cell.begin(Kind.WRITE);
        Tenure tenure = enter(cell, Kind.WRITE, "write");
        long started = (earlier & SAMPLED) == 0 ? System.nanoTime() : 0;
        int before = source.position();
        int wanted = source.remaining();
        long done = 0;
        try {
            failures.refuseInDoubt(tenure, "write");
            tenure.tape().write(source, result);
            done = source.position() - before;
            Filled.checkWrite(tenure, result, wanted, done, source.limit() - before - wanted);
        } catch (StorageException | RuntimeException | Error e) {
            tenure.tellPlace(result);
            StorageException failure = failures.failed(tenure, "write", e);
            done = Faults.rewind(source, before, wanted, failure.transferred());
            if (Faults.isFault(e)) {
                // Nobody knows what of it the drive has: a flush that has nothing to do does no harm.
                gate.ledger().wrote(wanted - done);
            }
            throw failure;
        } finally {
            inside.leave();
            cell.end(Kind.WRITE, Math.max(done, 0));
            if (started != 0) {
                gated.writeLatency.record(System.nanoTime() - started);
            }
        }
    }

    /** {@return who serves; nobody else is inside} The caller has counted itself, and is not counted when this throws. */
    private Tenure enter(Cell cell, Kind kind, String operation) throws StorageException {
        Tenure open = gate.tenure();
        Tenure tenure = open == null ? gate.park(cell, kind, operation) : open;
        boolean entered = false;
        try {
            inside.enter(operation);
            entered = true;
            return tenure;
        } finally {
            if (!entered) {
                cell.retract(kind);
                gate.failed();
            }
        }
    }
}

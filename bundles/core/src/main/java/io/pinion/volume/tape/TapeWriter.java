package io.pinion.volume.tape;

import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.TapePosition;
import io.pinion.strategy.TapeResult;
import io.pinion.strategy.TapeResult.Outcome;
import io.pinion.volume.TapeDrive;
import java.nio.ByteBuffer;

/** Writes records of a stream on one tape, counts them, and charges failures to them. For one thread at a time. */
final class TapeWriter {
    private static final String WRITE = "write";
    private static final String MARK = "writeFileMarks";
    private static final String NOT_WRITTEN = "is not on the tape";

    private final TapeDrive drive;
    private final Figures figures;
    private final int blockSize;
    private final TapeResult result = new TapeResult();
    private final Place place = new Place();
    private long flushedAt;

    /** Begins where the tape stands now. */
    TapeWriter(TapeDrive drive, Figures figures) throws StorageException {
        this.drive = drive;
        this.figures = figures;
        this.blockSize = drive.status().blockSize();
        place.set(drive.position());
        flushedAt = place.address();
    }

    private void flushed() {
        figures.flushed();
        flushedAt = place.address();
    }

    TapeDrive drive() {
        return drive;
    }

    /** {@return whether the drive has given its early warning, or said that the tape is full} */
    boolean isNearEnd() {
        return figures.isNearEnd();
    }

    /**
     * Writes what remains in the buffer as the stream's next record. The buffer's limit stays, its position does not.
     *
     * @throws StorageException {@code NO_SPACE} when the record is not on the tape because that is full; all before it are on the
     *     medium then, unless a suppressed exception says otherwise. {@code POSITION_UNKNOWN} when the tape is full and nobody
     *     knows whether it is
     */
    void write(ByteBuffer record) throws StorageException {
        int length = record.remaining();
        boolean full = false;
        try {
            drive.write(record, result);
        } catch (StorageException e) {
            if (e.kind() != Kind.NO_SPACE) {
                String doubt = "failed, and it is not known whether it is on the tape";
                throw charged(e, e.kind(), length, place.isAhead(result, 0) ? NOT_WRITTEN : doubt);
            }
            // A drive may say that it is full, and the tape has moved: then the record is on it.
            if (!place.isAhead(result, addresses(length))) {
                throw full(e, length);
            }
            full = true;
        }
        follow(WRITE, addresses(length));
        figures.record(length);
        if (full || result.outcome() == Outcome.EARLY_WARNING) {
            figures.nearEnd();
        }
    }

    private void follow(String operation, long moved) throws StorageException {
        try {
            place.follow(operation, result, moved);
        } catch (StorageException e) {
            String where = operation.equals(WRITE)
                    ? "record " + (figures.records() + 1) + " is not where it was to be: "
                    : "after record " + figures.records() + ": ";
            throw Failed.of(e.kind(), e, operation, where + e.detail());
        }
    }

    private long addresses(long length) {
        return blockSize == 0 ? 1 : length / blockSize;
    }

    private StorageException full(StorageException thrown, int length) {
        figures.nearEnd();
        long begun = blockSize == 0 ? 0 : addresses(result.count());
        if (!place.isAhead(result, begun)) {
            String doubt = "is on the tape or not: it is full and stands at " + result.position();
            return charged(thrown, Kind.POSITION_UNKNOWN, length, doubt);
        }
        StorageException unflushed = null;
        try {
            drive.flush();
            flushed();
        } catch (StorageException e) {
            unflushed = e;
        }
        StorageException full = charged(thrown, Kind.NO_SPACE, length, NOT_WRITTEN);
        if (unflushed != null) {
            full.addSuppressed(unflushed);
        }
        return full;
    }

    private StorageException charged(StorageException thrown, Kind kind, int length, String fate) {
        thrown.position().ifPresent(this::known);
        String detail = "record " + (figures.records() + 1) + " " + fate + ", and was to be at " + place + ": "
                + thrown.detail() + "; " + inDoubt(thrown);
        return Failed.of(kind, thrown, WRITE, detail, figures.bytes(), length);
    }

    /** Says of the records before a failure what is known of them. */
    private String inDoubt(StorageException thrown) {
        long written = figures.records();
        long onMedium = figures.recordsOnMedium();
        String known = onMedium + " records of the stream are known to be on the medium";
        if (written == onMedium) {
            return known;
        }
        return known + ", records " + (onMedium + 1) + " to " + written
                + (thrown.isDeferred() ? " are what failed, some or all of them" : " the drive may still have held");
    }

    private void known(TapePosition onMedium) {
        if (blockSize == 0 && flushedAt >= 0 && onMedium.source() != TapePosition.Source.UNKNOWN) {
            figures.flushedMore(onMedium.blockAddress() - flushedAt);
            flushedAt = Math.max(flushedAt, onMedium.blockAddress());
        }
    }

    /** Puts all records on the medium; nothing to do when they are. */
    void flush() throws StorageException {
        if (figures.records() == figures.recordsOnMedium()) {
            return;
        }
        try {
            drive.flush();
            flushed();
        } catch (StorageException e) {
            throw afterRecords(e, "flush");
        }
    }

    /** Writes file marks, and so puts all records on the medium. */
    void writeFileMarks(int count) throws StorageException {
        try {
            drive.writeFileMarks(count, result);
        } catch (StorageException e) {
            throw afterRecords(e, MARK);
        }
        if (result.outcome() == Outcome.EARLY_WARNING) {
            figures.nearEnd();
        }
        follow(MARK, count);
        flushed();
    }

    private StorageException afterRecords(StorageException thrown, String operation) {
        thrown.position().ifPresent(this::known);
        String detail =
                "after record " + figures.records() + " at " + place + ": " + thrown.detail() + "; " + inDoubt(thrown);
        return Failed.of(thrown.kind(), thrown, operation, detail);
    }
}

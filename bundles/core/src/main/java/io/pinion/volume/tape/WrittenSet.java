package io.pinion.volume.tape;

import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.TapePosition;
import io.pinion.volume.TapeDrive;
import java.util.Optional;
import java.util.UUID;

/** The ending of a stream that is written on a set of tapes: labels, trailers, and the next tape. */
final class WrittenSet implements Ending {
    private final UUID set;
    private final String name;
    private final int recordSize;
    private final Figures figures;
    private final SetTapes tapes;
    /** Where the first tape's label is, which need not be at the beginning. */
    private TapePosition begun = TapePosition.unknown();

    WrittenSet(UUID set, String name, int recordSize, Figures figures, NextTape next) {
        this.set = set;
        this.name = name;
        this.recordSize = recordSize;
        this.figures = figures;
        this.tapes = new SetTapes(next);
    }

    @Override
    public TapeWriter begin(TapeDrive drive) throws StorageException {
        int blockSize = drive.status().blockSize();
        if (blockSize != 0) {
            String detail =
                    "a set of tapes has records of several lengths, and the drive is in fixed mode, with blockSize="
                            + blockSize + "; use setBlockSize(0)";
            throw StorageException.of(Kind.INVALID_ARGUMENT, "open", detail).build();
        }
        if (figures.tape() == 1) {
            begun = drive.position();
        }
        TapeLabel label = new TapeLabel(set, name, figures.tape(), figures.records(), recordSize);
        if (!tapes.write(drive, label.toRecord()) || !tapes.mark(drive)) {
            throw StorageException.of(Kind.NO_SPACE, "open", "the tape has no room for the label of " + label)
                    .build();
        }
        return new TapeWriter(drive, figures);
    }

    @Override
    public boolean changesTapes() {
        return true;
    }

    @Override
    public TapeWriter change(TapeWriter full) throws StorageException {
        end(full, true);
        return next(full, "record " + (figures.records() + 1));
    }

    @Override
    public void finish(TapeWriter last) throws StorageException {
        if (!end(last, false) && !end(next(last, "the end of the set"), false)) {
            String detail = "the tape has no room for the trailer that ends the set; all " + figures.records()
                    + " records are on the medium";
            throw StorageException.of(Kind.NO_SPACE, "close", detail).build();
        }
    }

    /** Ends a tape as far as it has room, with all its records on the medium. {@return whether its trailer is on it} */
    private boolean end(TapeWriter tape, boolean continued) throws StorageException {
        try {
            tape.writeFileMarks(1);
        } catch (StorageException e) {
            if (e.kind() != Kind.NO_SPACE) {
                throw e;
            }
            tape.flush();
            return false;
        }
        TapeTrailer trailer =
                new TapeTrailer(set, figures.tape(), figures.recordsOfTape(), figures.bytesOfTape(), continued);
        TapeDrive drive = tape.drive();
        boolean written = tapes.write(drive, trailer.toRecord());
        if (!written || !tapes.mark(drive)) {
            drive.flush();
        }
        return written;
    }

    private TapeWriter next(TapeWriter full, String what) throws StorageException {
        figures.nextTape();
        String detail = "the tape is full, and no next one was given for " + what + "; " + figures.recordsOnMedium()
                + " records are on the medium";
        StorageException none =
                StorageException.of(Kind.NO_SPACE, "write", detail).build();
        return tapes.next(full.drive(), Optional.of(set), figures.tape(), Optional.empty(), none, this::take);
    }

    private TapeWriter take(TapeDrive drive) throws StorageException {
        refuseOwn(drive);
        if (begun.blockAddress() > 0 && moveToBegun(drive)) {
            refuseOwn(drive);
        }
        tapes.rewind(drive);
        return begin(drive);
    }

    /** Refuses a tape that has the label of another one of the set here. */
    private void refuseOwn(TapeDrive drive) throws StorageException {
        Optional<TapeLabel> found =
                labelOf(drive).filter(label -> label.set().equals(set) && label.tape() != figures.tape());
        if (found.isPresent()) {
            String detail = "it is " + found.get() + ", where another is wanted for tape " + figures.tape()
                    + ": what is on it would be lost";
            throw StorageException.of(Kind.WRONG_MEDIUM, "open", detail).build();
        }
    }

    /** {@return whether the tape has the place where the set began} One that has not is another than the first. */
    private boolean moveToBegun(TapeDrive drive) throws StorageException {
        try {
            tapes.locate(drive, begun);
            return true;
        } catch (StorageException e) {
            switch (e.kind()) {
                case END_OF_DATA, INVALID_ARGUMENT, MEDIUM_ERROR, IO_ERROR:
                    return false;
                default:
                    throw e;
            }
        }
    }

    /** What cannot be read is no label: a blank tape is an error to some drives. */
    private Optional<TapeLabel> labelOf(TapeDrive drive) throws StorageException {
        try {
            return tapes.label(drive);
        } catch (StorageException e) {
            if (e.kind() == Kind.MEDIUM_ERROR || e.kind() == Kind.IO_ERROR) {
                return Optional.empty();
            }
            throw e;
        }
    }
}

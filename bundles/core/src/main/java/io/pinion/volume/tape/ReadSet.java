package io.pinion.volume.tape;

import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.volume.TapeDrive;
import io.pinion.volume.tape.RecordSlot.Content;
import java.util.Optional;
import java.util.UUID;

/** The tapes of a set, one after the other, for a stream that reads them. On the thread that uses the stream. */
final class ReadSet {
    private final Figures figures;
    private final SetTapes tapes;
    private Optional<UUID> set;
    private int size;

    /** @param size how long records are thought to be */
    ReadSet(Optional<UUID> set, int size, Figures figures, NextTape next) {
        this.set = set;
        this.size = size;
        this.figures = figures;
        this.tapes = new SetTapes(next);
    }

    /** {@return the first tape, behind its label: the one in the drive, from where it stands, or another} */
    TapeReader first(TapeDrive drive) throws StorageException {
        try {
            return take(drive);
        } catch (StorageException e) {
            if (e.kind() == Kind.INTERRUPTED) {
                throw e;
            }
            return tapes.next(drive, set, 1, Optional.of(e), Failed.again(e), this::take);
        }
    }

    /**
     * {@return the next tape, behind its label; empty at the end of the set, behind its last mark}
     *
     * @param end what the data of this tape ended with
     */
    Optional<TapeReader> next(TapeReader ended, Content end) throws StorageException {
        size = Math.max(size, ended.size());
        TapeDrive drive = ended.drive();
        Optional<TapeTrailer> trailer = end == Content.FILE_MARK ? tapes.trailer(drive) : Optional.empty();
        if (trailer.isPresent()) {
            check(trailer.get());
            if (!trailer.get().continued()) {
                tapes.passMark(drive);
                return Optional.empty();
            }
        }
        figures.nextTape();
        String detail = "the set goes on on tape " + figures.tape() + " with record " + (figures.records() + 1)
                + (trailer.isPresent() ? "" : ", or was never finished: the tape before has no trailer")
                + ", and no next tape was given";
        StorageException none =
                StorageException.of(Kind.END_OF_DATA, "read", detail).build();
        return Optional.of(tapes.next(drive, set, figures.tape(), Optional.empty(), none, this::take));
    }

    private void check(TapeTrailer trailer) throws StorageException {
        boolean fits = trailer.set().equals(set.orElseThrow())
                && trailer.tape() == figures.tape()
                && trailer.records() == figures.recordsOfTape()
                && trailer.bytes() == figures.bytesOfTape();
        if (!fits) {
            String detail = "the trailer says tape " + trailer.tape() + " of set " + trailer.set() + ", records="
                    + trailer.records() + ", bytes=" + trailer.bytes() + "; read were tape " + figures.tape()
                    + " of set " + set.orElseThrow() + ", records=" + figures.recordsOfTape() + ", bytes="
                    + figures.bytesOfTape();
            throw StorageException.of(Kind.MEDIUM_ERROR, "read", detail).build();
        }
    }

    private TapeReader take(TapeDrive drive) throws StorageException {
        TapeLabel label = tapes.label(drive).orElseThrow(() -> wrong("a tape without a label of Pinion's"));
        if (set.filter(wanted -> !wanted.equals(label.set())).isPresent() || label.tape() != figures.tape()) {
            throw wrong(label.toString());
        }
        if (label.recordsBefore() != figures.records()) {
            throw wrong(label + ", which begins behind " + label.recordsBefore() + " records, and " + figures.records()
                    + " were read: the tape before was not whole, or it is of another time");
        }
        if (!tapes.passMark(drive)) {
            throw wrong(label + ", without the file mark that is to follow its label");
        }
        set = Optional.of(label.set());
        size = Math.max(size, Math.min(label.recordSize(), StreamOptions.defaultRecordSize(drive.geometry())));
        return new TapeReader(drive, size);
    }

    private StorageException wrong(String found) {
        String wanted =
                "tape " + figures.tape() + set.map(id -> " of set " + id).orElse(" of a set");
        return StorageException.of(Kind.WRONG_MEDIUM, "open", "it is " + found + "; wanted is " + wanted)
                .build();
    }
}

package io.pinion.tape.image;

import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import java.util.Optional;

/**
 * An image as a tape: where it stands, and how it moves by one object. Steps in both directions count what they pass. For one
 * thread at a time; a step allocates nothing.
 */
final class Tape {
    private final ImageFile file;
    private final ImageReader reader;
    private final Remarks remarks;
    private final Landmarks landmarks = new Landmarks();

    private long offset;
    private long blockAddress;
    private long fileMarks;

    /** The next object, of which only the beginning is known. */
    private Found next = Found.END_OF_DATA;

    /** @param remarks is told what is wrong */
    Tape(ImageFile file, ImageReader reader, Remarks remarks) {
        this.file = file;
        this.reader = reader;
        this.remarks = remarks;
    }

    long offset() {
        return offset;
    }

    long blockAddress() {
        return blockAddress;
    }

    /** {@return where it stands} */
    Place place() {
        return new Place(offset, blockAddress, fileMarks);
    }

    /** Stands there from now on. */
    void moveTo(Place place) {
        offset = place.offset();
        blockAddress = place.blockAddress();
        fileMarks = place.fileMarks();
    }

    /**
     * {@return what comes next} Where no object comes the tape stands behind all that is not the tape's: what is written there
     * leaves it alone.
     */
    Found next() throws StorageException {
        next = reader.forward(offset);
        if (next == Found.END_OF_DATA) {
            offset = reader.start();
        }
        return next;
    }

    /**
     * Steps behind what {@link #next} found.
     *
     * @throws StorageException {@code MEDIUM_ERROR} when it is a record that is not whole; the tape stands in front of it
     */
    void pass(String operation) throws StorageException {
        passed(operation, completed());
    }

    private Found completed() throws StorageException {
        return next.isRecord() ? reader.complete() : next;
    }

    /** Requires that the record that {@link #next} found is whole; fails as {@link #pass}. */
    void requireWhole(String operation) throws StorageException {
        Found found = completed();
        if (!found.isRecord()) {
            throw damage(operation, found);
        }
    }

    /** Steps behind a record, of which it is known by now what it is; as {@link #pass}. */
    void passed(String operation, Found found) throws StorageException {
        if (found == Found.TORN || found == Found.DAMAGED) {
            throw damage(operation, found);
        }
        stepTo(reader.end(), found == Found.FILE_MARK ? 1 : 0);
    }

    /** A record of so many bytes of the file was written; the tape stands behind it. */
    void writtenRecord(long span) {
        reader.forget();
        stepTo(offset + span, 0);
    }

    /** So many file marks were written; the tape stands behind them. */
    void writtenFileMarks(int count) {
        reader.forget();
        for (int i = 0; i < count; i++) {
            stepTo(offset + Word.BYTES, 1);
        }
    }

    private void stepTo(long newOffset, int marks) {
        offset = newOffset;
        blockAddress++;
        fileMarks += marks;
        landmarks.pass(offset, blockAddress, fileMarks);
    }

    /** Everything behind the tape's place is gone, and so is what was wrong there. */
    void cut() {
        remarks.damage("");
        reader.forget();
        landmarks.cut(blockAddress);
    }

    /**
     * Steps in front of what is before; {@return what that is: a record, a file mark, or the beginning}
     *
     * @throws StorageException {@code MEDIUM_ERROR}, and the tape stands behind it
     */
    Found stepBack(String operation) throws StorageException {
        Found before = reader.backward(offset);
        if (before == Found.DAMAGED) {
            throw file.failure(
                            Kind.MEDIUM_ERROR,
                            operation,
                            "the image is damaged in front of offset=" + reader.end()
                                    + ": nothing ends there. Rewind and come from the front")
                    .build();
        }
        if (before == Found.BEGINNING) {
            moveTo(Place.BEGINNING);
            return before;
        }
        offset = reader.start();
        blockAddress--;
        fileMarks -= before == Found.FILE_MARK ? 1 : 0;
        return before;
    }

    /** Looks at the last bytes of the image: one that somebody was cut off from writing is told of before it is read. */
    void look() throws StorageException {
        if (!reader.isEndWhole()) {
            remarks.damage(
                    "the image ends neither with a whole record nor with a file mark: whoever wrote it last was cut"
                            + " off. What is before is readable; who comes to it is told where it is");
        }
    }

    /** {@return whether no object follows} */
    boolean isAtEnd() throws StorageException {
        Found behind = reader.forward(offset);
        return behind == Found.END_OF_DATA || (behind.isRecord() ? reader.complete() : behind) == Found.TORN;
    }

    /** {@return whether a file mark is right in front of the tape's place} */
    boolean isBehindFileMark() throws StorageException {
        return reader.backward(offset) == Found.FILE_MARK;
    }

    /**
     * Moves to a block address, from the nearest place that is known.
     *
     * @return whether it is there; else the tape stands at the end of data
     * @throws StorageException {@code MEDIUM_ERROR} when it does not come there; it stands where it came to
     */
    boolean locate(String operation, long address) throws StorageException {
        forgetWhatWasCut();
        Place landmark = landmarks.before(address);
        boolean back = address < blockAddress && blockAddress - address < address - landmark.blockAddress();
        while (back && blockAddress > address) {
            stepBack(operation);
        }
        if (address < blockAddress || landmark.blockAddress() > blockAddress) {
            moveTo(landmark);
        }
        while (blockAddress < address) {
            if (next() == Found.END_OF_DATA) {
                return false;
            }
            pass(operation);
        }
        return true;
    }

    /**
     * Moves to where more can be written.
     *
     * @throws StorageException {@code MEDIUM_ERROR} when it does not come there; it stands in front of what is damaged
     */
    void spaceToEnd(String operation) throws StorageException {
        forgetWhatWasCut();
        Place landmark = landmarks.before(Long.MAX_VALUE);
        if (landmark.blockAddress() > blockAddress) {
            moveTo(landmark);
        }
        while (next() != Found.END_OF_DATA) {
            Found found = completed();
            if (found == Found.TORN) {
                offset = reader.start();
                return;
            }
            passed(operation, found);
        }
    }

    /** Another program may have cut the file: then no place is known any more but its beginning. */
    private void forgetWhatWasCut() throws StorageException {
        long farthest = Math.max(offset, landmarks.before(Long.MAX_VALUE).offset());
        if (farthest > file.size()) {
            moveTo(Place.BEGINNING);
            reader.forget();
            landmarks.cut(0);
        }
    }

    /**
     * Moves to a place that somebody else has noted, if something ends there, and something can begin.
     *
     * @return why not; empty when it stands there
     */
    Optional<String> verify(Place place) throws StorageException {
        if (place.offset() > file.size()) {
            return Optional.of("the image ends before it, at " + file.size());
        }
        if (reader.backward(place.offset()) == Found.DAMAGED) {
            return Optional.of("nothing ends there");
        }
        Found behind = reader.forward(place.offset());
        if (behind == Found.DAMAGED || behind.isRecord() && reader.complete() == Found.DAMAGED) {
            return Optional.of("nothing begins there");
        }
        moveTo(place);
        return Optional.empty();
    }

    /** {@return the failure of meeting what is torn or damaged} */
    private StorageException damage(String operation, Found found) throws StorageException {
        if (found == Found.TORN) {
            offset = reader.start();
        }
        String words = words(found);
        remarks.damage(words);
        return file.failure(Kind.MEDIUM_ERROR, operation, words)
                .range(reader.start(), Word.span(reader.length()))
                .build();
    }

    /** {@return what to say of what is torn or damaged, at the reader's place} */
    private String words(Found found) throws StorageException {
        if (found == Found.TORN) {
            return "the last record is torn: of its " + Word.span(reader.length()) + " bytes from offset="
                    + reader.start() + " on the image has " + (file.size() - reader.start())
                    + "; what is before it is whole, and what is written next takes its place";
        }
        return String.format(
                "the image is damaged from offset=%d on: the word 0x%08x there is no file mark, and no length that is"
                        + " repeated behind the record; what is before it is whole",
                reader.start(), reader.word());
    }
}

package io.pinion.tape.image;

import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.TapeResult;
import io.pinion.strategy.TapeResult.Outcome;
import java.nio.ByteBuffer;

/** Reads an image, where the tape stands. For one thread at a time; allocates nothing for a record. */
final class Player {
    private final ImageFile file;
    private final ImageReader reader;
    private final Tape tape;
    private final Bounce bounce;

    Player(ImageFile file, ImageReader reader, Tape tape, Bounce bounce) {
        this.file = file;
        this.reader = reader;
        this.tape = tape;
        this.bounce = bounce;
    }

    /** Reads the next record, whatever its length. */
    void readRecord(ByteBuffer target, TapeResult result) throws StorageException {
        Found found = tape.next();
        if (!found.isRecord()) {
            passOther(found, result);
        } else if (reader.length() > target.remaining()) {
            tooLong(result);
        } else {
            take(found, target, 0, result);
        }
    }

    /** Reads records of one length until the buffer is full, or something else comes, which the next read tells. */
    void readBlocks(ByteBuffer target, int blockSize, TapeResult result) throws StorageException {
        int wanted = target.remaining();
        int done = 0;
        while (done < wanted) {
            Found found = tape.next();
            boolean fits = found.isRecord() && reader.length() == blockSize;
            if (!fits && done > 0) {
                return;
            }
            if (!found.isRecord()) {
                passOther(found, result);
                return;
            }
            if (reader.length() > blockSize) {
                tooLong(result);
                return;
            }
            if (!fits) {
                throw file.failure(
                                Kind.IO_ERROR,
                                "read",
                                "the next record has " + reader.length() + " bytes, which is less than blockSize="
                                        + blockSize + "; setBlockSize(0) reads records of any length")
                        .build();
            }
            try {
                take(found, target, done, result);
            } catch (StorageException e) {
                throw e.afterTransferring(done);
            }
            done += blockSize;
        }
    }

    private void passOther(Found found, TapeResult result) throws StorageException {
        if (found == Found.END_OF_DATA) {
            result.set(Outcome.END_OF_DATA, 0);
        } else {
            tape.pass("read");
            result.set(Outcome.FILE_MARK, 0);
        }
    }

    private void tooLong(TapeResult result) throws StorageException {
        // A length that is wrong is too long for most buffers.
        tape.requireWhole("read");
        result.set(Outcome.RECORD_TOO_LONG, 0);
        result.setRecordLength(reader.length());
    }

    /** Reads the record that was found, which fits, behind {@code done} bytes of others; of a bad one what there is, too. */
    private void take(Found found, ByteBuffer target, int done, TapeResult result) throws StorageException {
        int length = reader.length();
        int start = target.position();
        int limit = target.limit();
        boolean taken = false;
        try {
            tape.passed("read", transfer(target, length));
            taken = true;
        } finally {
            target.limit(limit).position(taken ? start + length : start);
        }
        result.set(Outcome.DONE, done + length);
        if (found == Found.BAD_RECORD) {
            throw file.failure(
                            Kind.MEDIUM_ERROR,
                            "read",
                            "the image has the record marked as bad: whoever made it could not read it right. Its bytes"
                                    + " are in the buffer, and the tape stands behind it")
                    .range(reader.start(), length)
                    .transferred(length)
                    .build();
        }
    }

    private Found transfer(ByteBuffer target, int length) throws StorageException {
        if (target.isDirect()) {
            return reader.read(target.limit(target.position() + length), 0);
        }
        int done = 0;
        Found found;
        do {
            ByteBuffer part = bounce.part(length - done);
            found = reader.read(part, done);
            target.put(part.flip());
            done += part.limit();
        } while (done < length && found.isRecord());
        bounce.count(done);
        return found;
    }
}

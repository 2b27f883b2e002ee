package io.pinion.volume.tape;

import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.TapeResult;
import io.pinion.volume.TapeDrive;
import io.pinion.volume.tape.RecordSlot.Content;
import java.nio.ByteBuffer;

/** Reads records from one tape, of any length, and goes back over them. For one thread at a time. */
final class TapeReader {
    private static final String READ = "read";
    private static final int PAGE = 4096;

    private final TapeDrive drive;
    private final int largest;
    private final int blockSize;
    private final TapeResult result = new TapeResult();
    private final Place place = new Place();
    private int size;

    /**
     * Begins where the tape stands now.
     *
     * @param size how long records are thought to be
     */
    TapeReader(TapeDrive drive, int size) throws StorageException {
        this.drive = drive;
        int most = drive.geometry().maximumRecordSize();
        largest = most == 0 ? Integer.MAX_VALUE - 2 * PAGE : most;
        blockSize = drive.status().blockSize();
        this.size = blockSize == 0 ? Math.min(size, largest) : Math.max(1, size / blockSize) * blockSize;
        place.set(drive.position());
    }

    TapeDrive drive() {
        return drive;
    }

    Place place() {
        return place;
    }

    /** {@return how large buffers have come to be} */
    int size() {
        return size;
    }

    /** {@return what there was; a record is between position and limit of the slot's buffer then} */
    Content read(RecordSlot slot) throws StorageException {
        while (true) {
            slot.reserve(size);
            ByteBuffer buffer = slot.buffer().clear().limit(size);
            drive.read(buffer, result);
            switch (result.outcome()) {
                case DONE:
                    place.follow(READ, result, addresses(result.count()));
                    buffer.flip();
                    return Content.RECORD;
                case FILE_MARK:
                    place.follow(READ, result, 1);
                    return Content.FILE_MARK;
                case END_OF_DATA:
                    place.follow(READ, result, 0);
                    return Content.END_OF_DATA;
                case RECORD_TOO_LONG:
                    place.follow(READ, result, 0);
                    grow(result.recordLength());
                    break;
                default:
                    throw fault("a read ended with " + result);
            }
        }
    }

    private long addresses(long bytes) {
        return blockSize == 0 ? 1 : bytes / blockSize;
    }

    private void grow(long recordLength) throws StorageException {
        if (blockSize != 0) {
            String detail = "the next record has "
                    + (recordLength < 0 ? "another length than the blocks" : recordLength + " bytes")
                    + ", and blockSize=" + blockSize + "; setBlockSize(0) reads it";
            throw StorageException.of(Kind.IO_ERROR, READ, detail).build();
        }
        long wanted = recordLength < 0 ? 2L * size : recordLength;
        if (recordLength >= 0 && recordLength <= size) {
            throw fault("a record of " + recordLength + " bytes is said to be too long for a buffer of " + size);
        }
        if (size >= largest || recordLength > largest) {
            String detail = "the next record" + (recordLength < 0 ? "" : ", of " + recordLength + " bytes,")
                    + " is longer than maximumRecordSize=" + largest + " of drive " + drive.name()
                    + "; the tape is in front of it: skip it with spaceRecords(1), or read it with a drive that can";
            throw StorageException.of(Kind.UNSUPPORTED, READ, detail).build();
        }
        size = (int) Math.min((wanted + PAGE - 1) / PAGE * PAGE, largest);
    }

    private static StorageException fault(String detail) {
        return StorageException.of(Kind.STRATEGY_FAULT, READ, detail).build();
    }

    /** {@return how far the tape has moved for what is in the slot, less what of it was used} */
    long unused(RecordSlot slot) {
        ByteBuffer buffer = slot.buffer();
        if (blockSize == 0) {
            return buffer.position() == 0 ? 1 : 0;
        }
        return buffer.remaining() / blockSize;
    }

    /** Moves back over so many records. */
    void backOverRecords(long count) throws StorageException {
        if (count > 0) {
            drive.spaceRecords(-count, result);
            followBack(count);
        }
    }

    /** Moves back to in front of the file mark that the tape is behind. */
    void backOverMark() throws StorageException {
        drive.spaceFileMarks(-1, result);
        followBack(1);
    }

    private void followBack(long count) throws StorageException {
        if (result.count() != count) {
            String detail = "moving back by " + count + " ended with " + result;
            throw StorageException.of(Kind.POSITION_UNKNOWN, "space", detail).build();
        }
        place.follow("space", result, -count);
    }

    /** {@return by how much the read that failed has moved the tape; -1 when that is not known} */
    long movedByFailure() {
        boolean known = place.isKnown();
        long before = place.address();
        place.set(result);
        return known && place.isKnown() && place.address() >= before ? place.address() - before : -1;
    }
}

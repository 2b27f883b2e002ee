package io.pinion.archive;

import io.pinion.shell.text.CommandFailure;
import io.pinion.shell.text.Units;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.TapeResult;
import io.pinion.strategy.TapeResult.Outcome;
import io.pinion.volume.TapeDrive;
import java.io.PrintStream;
import java.nio.ByteBuffer;

/** The records of one file of a tape, from where it stands to behind the next file mark; alike ones that follow each other in a line. */
final class RecordList {
    private static final int USUAL = 1 << 20;
    /** The longest record that an image can hold (SIMH: 28 bits); drives have less. */
    private static final int LONGEST = 1 << 28;

    private final TapeDrive drive;
    private final PrintStream output;
    private final int blockSize;
    private final TapeResult result = new TapeResult();
    private ByteBuffer buffer = ByteBuffer.allocateDirect(USUAL);
    private long count;
    private long length = -1;

    RecordList(TapeDrive drive, PrintStream output) throws StorageException {
        this.drive = drive;
        this.output = output;
        blockSize = drive.status().blockSize();
        if (blockSize > USUAL) {
            buffer = ByteBuffer.allocateDirect(blockSize);
        }
    }

    /** {@return what the list ended at: a file mark, or the end of data} */
    Outcome print() throws CommandFailure, StorageException {
        while (true) {
            // In fixed mode whole records of their one length alone.
            int whole = blockSize == 0 ? buffer.capacity() : buffer.capacity() / blockSize * blockSize;
            drive.read(buffer.clear().limit(whole), result);
            switch (result.outcome()) {
                case FILE_MARK -> {
                    return ended("a file mark");
                }
                case END_OF_DATA -> {
                    return ended("the end of data");
                }
                case RECORD_TOO_LONG -> grow();
                default -> add();
            }
        }
    }

    private void add() {
        long bytes = blockSize == 0 ? result.count() : blockSize;
        if (bytes != length) {
            line();
            length = bytes;
        }
        count += result.count() / bytes;
    }

    private void line() {
        if (count > 0) {
            output.println(Units.count(count, "record") + " of " + Units.bytes(length));
        }
        count = 0;
    }

    private Outcome ended(String what) {
        line();
        output.println(what);
        return result.outcome();
    }

    private void grow() throws CommandFailure {
        if (blockSize != 0) {
            String bytes = result.recordLength() > 0 ? result.recordLength() + "" : "more";
            throw failure("the next record has " + bytes + " bytes, and block.size=" + blockSize + ": 'tape "
                    + drive.name() + " block-size 0' reads it");
        }
        long needed = result.recordLength() > 0 ? result.recordLength() : 2L * buffer.capacity();
        if (needed > LONGEST) {
            throw failure("a record of " + Units.bytes(needed) + " is more than any tape holds");
        }
        if (needed <= buffer.capacity()) {
            throw failure("the drive says that the next record, of " + needed + " bytes, is too long for a buffer of "
                    + buffer.capacity());
        }
        buffer = ByteBuffer.allocateDirect((int) needed);
    }

    private CommandFailure failure(String what) {
        line();
        return new CommandFailure(what + "; " + Stand.of(result.position()));
    }
}

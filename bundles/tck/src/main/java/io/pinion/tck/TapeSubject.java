package io.pinion.tck;

import io.pinion.strategy.TapePosition;
import io.pinion.strategy.TapeResult;
import io.pinion.strategy.TapeStatus;
import java.nio.ByteBuffer;

/** What operations on a tape are done to: a channel of the driver, or a drive. Each result is cleared before. */
interface TapeSubject {
    void read(ByteBuffer target, TapeResult result) throws Exception;

    void write(ByteBuffer source, TapeResult result) throws Exception;

    void writeFileMarks(int count, TapeResult result) throws Exception;

    void spaceRecords(long count, TapeResult result) throws Exception;

    void spaceFileMarks(long count, TapeResult result) throws Exception;

    void spaceToEndOfData(TapeResult result) throws Exception;

    void locate(TapePosition position, TapeResult result) throws Exception;

    void rewind(TapeResult result) throws Exception;

    void erase(TapeResult result) throws Exception;

    TapePosition position() throws Exception;

    TapeStatus status() throws Exception;

    void flush() throws Exception;

    /** Closes it after a flush, and opens the same tape again, which may stand elsewhere then. */
    void reopen() throws Exception;

    /** Has somebody else serve the same tape, from where it stands. */
    void swap() throws Exception;
}

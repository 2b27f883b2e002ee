package io.pinion.volume.tape;

import io.pinion.strategy.Geometry;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;

/** The bounds of what the builders take, and what holds where nothing is said. */
final class StreamOptions {
    /** Large enough for drives to stream, and not too large for any adapter. */
    static final int RECORD_SIZE = 1 << 20;

    static final int BUFFERS = 4;

    private static final int LEAST_BUFFERS = 2;
    private static final int MOST_BUFFERS = 1024;

    private StreamOptions() {}

    static int defaultRecordSize(Geometry geometry) {
        int most = geometry.maximumRecordSize();
        return Math.max(geometry.minimumRecordSize(), most == 0 ? RECORD_SIZE : Math.min(most, RECORD_SIZE));
    }

    static void checkRecordSize(int size, Geometry geometry, int blockSize) throws StorageException {
        int most = geometry.maximumRecordSize();
        int least = geometry.minimumRecordSize();
        if (size < least || most != 0 && size > most) {
            throw invalid("recordSize=" + size + " is not between "
                    + (least == 1 ? "1" : "minimumRecordSize=" + least) + " and maximumRecordSize="
                    + (most == 0 ? Integer.MAX_VALUE : most));
        }
        if (blockSize != 0 && size % blockSize != 0) {
            throw invalid("recordSize=" + size + " is not a multiple of blockSize=" + blockSize
                    + ", and the drive is in fixed mode; choose a multiple, or setBlockSize(0)");
        }
    }

    static void checkBuffers(int count) throws StorageException {
        if (count < LEAST_BUFFERS || count > MOST_BUFFERS) {
            throw invalid("buffers=" + count + " is not between " + LEAST_BUFFERS + " and " + MOST_BUFFERS);
        }
    }

    private static StorageException invalid(String detail) {
        return StorageException.of(Kind.INVALID_ARGUMENT, "open", detail).build();
    }
}

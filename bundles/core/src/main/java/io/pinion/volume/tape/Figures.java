package io.pinion.volume.tape;

/** What a stream has done so far; any thread may ask. */
final class Figures {
    private long records;
    private long bytes;
    private long onMedium;
    private long recordsBefore;
    private long bytesBefore;
    private int tape = 1;
    private boolean nearEnd;

    synchronized void record(long length) {
        records++;
        bytes += length;
    }

    /** All records are on the medium. */
    synchronized void flushed() {
        onMedium = records;
    }

    /** So many more than when all were the last time. */
    synchronized void flushedMore(long count) {
        onMedium = Math.min(records, onMedium + Math.max(0, count));
    }

    synchronized void nearEnd() {
        nearEnd = true;
    }

    /** All that follows is on the next tape. */
    synchronized void nextTape() {
        recordsBefore = records;
        bytesBefore = bytes;
        tape++;
        nearEnd = false;
    }

    synchronized boolean isNearEnd() {
        return nearEnd;
    }

    synchronized long records() {
        return records;
    }

    synchronized long bytes() {
        return bytes;
    }

    synchronized long recordsOnMedium() {
        return onMedium;
    }

    synchronized long recordsOfTape() {
        return records - recordsBefore;
    }

    synchronized long bytesOfTape() {
        return bytes - bytesBefore;
    }

    synchronized int tape() {
        return tape;
    }

    synchronized TapeProgress progress() {
        return new TapeProgress(records, bytes, onMedium, tape, nearEnd);
    }
}

package io.pinion.tape.st;

import io.pinion.linux.Errno;
import io.pinion.linux.Linux;
import io.pinion.linux.tape.ScsiCommands;
import io.pinion.linux.tape.TapeDevice;
import io.pinion.linux.tape.TapeSysfs;
import io.pinion.strategy.Access;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.TapePosition;
import io.pinion.strategy.TapeResult;
import io.pinion.strategy.TapeResult.Outcome;
import java.nio.ByteBuffer;

/**
 * Writes records and file marks, and puts them on the medium. When the end is near, the driver refuses every other write with
 * ENOSPC and without trying (st.rst), so each is made once more if it has not moved the tape. For the channel's thread alone.
 */
final class Writing {
    private static final String WRITE = "write";
    private static final String MARKS = "writeFileMarks";
    private static final String FLUSH = "flush";

    private final TapeDevice device;
    private final ScsiCommands scsi;
    private final TapeSysfs sysfs;
    private final Place place;
    private final Transfers transfers;
    private final Blocks blocks;
    private final Failures failures;
    private final Access access;
    private final EndOfMedium end;

    /** Whether the drive may hold what is not on the medium, and until where all is. */
    private boolean dirty;

    private TapePosition flushed = TapePosition.unknown();

    Writing(
            TapeDevice device,
            ScsiCommands scsi,
            TapeSysfs sysfs,
            Place place,
            Transfers transfers,
            Blocks blocks,
            Failures failures,
            EndOfMedium end,
            Access access) {
        this.device = device;
        this.scsi = scsi;
        this.sysfs = sysfs;
        this.place = place;
        this.transfers = transfers;
        this.blocks = blocks;
        this.failures = failures;
        this.end = end;
        this.access = access;
    }

    /** The tape is taken over, with nothing on its way; but who was abandoned may have left the driver writing, and it adds marks. */
    void begin() {
        if (!place.isLost()) {
            device.operate(Linux.MTFSR, 0);
        }
        dirty = false;
        flushed = place.position();
    }

    /** As {@link io.pinion.strategy.TapeChannel#write}, but for the position in the result. */
    void write(ByteBuffer source, TapeResult result) throws StorageException {
        require(WRITE);
        int start = source.position();
        int length = source.remaining();
        blocks.requireWritable(length);
        boolean again = false;
        boolean near = false;
        end.forget();
        while (source.hasRemaining()) {
            long wrote = transfers.write(source);
            noteTried(wrote);
            if (wrote > 0) {
                source.position(source.position() + (int) wrote);
                place.passed(blocks.count(wrote));
                again = false;
            } else if (Errno.ENOSPC.is(wrote) && (goesOn(source) || !again)) {
                again = true;
                near = true;
            } else {
                int done = source.position() - start;
                result.set(Outcome.DONE, done);
                throw failed(WRITE, wrote, source.remaining(), Math.max(1, blocks.count(source.remaining())))
                        .range(-1, length)
                        .transferred(done)
                        .build();
            }
        }
        if (near) {
            end.warn();
        }
        result.set(near || end.isNear() || isWarning() ? Outcome.EARLY_WARNING : Outcome.DONE, length);
    }

    /**
     * What the driver refused to try has changed nothing, and is nothing to flush: else a protected tape could not be left.
     */
    private void noteTried(long result) {
        dirty |= result >= 0 || Errno.EIO.is(result) || Errno.ENOSPC.is(result);
    }

    private void require(String operation) throws StorageException {
        requireAccess(operation);
        place.require(operation);
    }

    /** Refuses what changes the tape where that is not to be. */
    void requireAccess(String operation) throws StorageException {
        if (!access.canWrite()) {
            throw StorageException.of(Kind.READ_ONLY, operation, "access=" + access + "; configure access=read-write")
                    .build();
        }
    }

    /** The driver knows at once, unless the record is still on its way to the drive: then the next write tells. */
    private boolean isWarning() {
        boolean warning = !transfers.isWrittenBehind()
                && device.look() >= 0
                && device.status().is(Linux.GMT_EOT);
        if (warning) {
            end.warn();
        }
        return warning;
    }

    /** {@return whether the drive has something after all, of a write that said ENOSPC} The tape says so: it has moved. */
    private boolean goesOn(ByteBuffer source) {
        long from = place.address();
        boolean moved = place.tells() && from >= 0 && place.ask() && place.address() > from;
        if (moved) {
            long length = blocks.size() == 0 ? source.remaining() : (place.address() - from) * blocks.size();
            source.position(source.position() + (int) Math.min(source.remaining(), length));
        }
        return moved;
    }

    /** @param most how many records, or marks, may have been written all the same */
    private StorageException.Builder failed(String operation, long result, int length, long most) {
        if (Errno.ENOSPC.is(result)) {
            place.ask();
            end.reach();
            return Errno.failure(operation, result, "the tape is full; go on with another");
        }
        boolean late = transfers.isWrittenBehind();
        StorageException.Builder failure = failures.of(operation, result, length, most);
        if (!Errno.EIO.is(result)) {
            return failure;
        }
        if (!place.isLost() && (late || !isEarlierOnMedium())) {
            String whose = late ? "the driver had put off" : "may be an earlier one's, which the drive had taken";
            place.lose(
                    Kind.POSITION_UNKNOWN, "a write failed that " + whose + ", and what is on the tape is not known");
            failure = place.refusal(operation).errno(Errno.EIO.number());
        }
        return (place.isLost() ? failure.deferred() : failure).position(flushed);
    }

    /** Which record the drive failed with it does not say through the driver; but it can put all others on the medium, or not. */
    private boolean isEarlierOnMedium() {
        boolean flushes = device.operate(Linux.MTWEOF, 0) >= 0 && place.ask();
        flushed = flushes ? place.position() : flushed;
        dirty &= !flushes;
        return flushes;
    }

    /** As {@link io.pinion.strategy.TapeChannel#writeFileMarks}, but for the position in the result. */
    void writeFileMarks(int count, TapeResult result) throws StorageException {
        require(MARKS);
        int done = 0;
        boolean again = false;
        boolean near = false;
        end.forget();
        while (done < count) {
            int step = Math.min(TapeDevice.MOST_AT_ONCE, count - done);
            long from = place.address();
            int wrote = device.operate(Linux.MTWEOF, step);
            noteTried(wrote);
            if (wrote >= 0) {
                done += step;
                place.passed(step);
                again = false;
            } else if (Errno.ENOSPC.is(wrote) && !again) {
                // Of what was written behind: the marks were not tried yet.
                again = true;
                near = true;
            } else {
                // The driver says of marks that they failed, and not always that it was for want of space.
                boolean full = Errno.EIO.is(wrote)
                        && device.look() >= 0
                        && (device.status().is(Linux.GMT_EOT) || end.isNear());
                StorageException.Builder failure = failed(MARKS, full ? Errno.ENOSPC.result() : wrote, 0, step);
                result.set(Outcome.DONE, done + Math.max(0, Math.min(step - 1, place.address() - from)));
                throw failure.build();
            }
        }
        settle(MARKS);
        place.noteMark();
        // Of marks the driver hides it.
        near |= !end.isNear() && scsi.isNearEnd();
        if (near) {
            end.warn();
        }
        result.set(near || end.isNear() ? Outcome.EARLY_WARNING : Outcome.DONE, count);
    }

    /** As {@link io.pinion.strategy.TapeChannel#flush}. */
    void flush() throws StorageException {
        if (!dirty) {
            return;
        }
        if (place.isLost()) {
            throw flushFailed(place.refusal(FLUSH).build().detail(), 0);
        }
        int result = device.operate(Linux.MTWEOF, 0);
        if (Errno.ENOSPC.is(result)) {
            // The warning that belongs to what was written behind.
            end.warn();
            result = device.operate(Linux.MTWEOF, 0);
        }
        if (result < 0) {
            place.lose(Kind.POSITION_UNKNOWN, "a flush failed");
            throw flushFailed(Errno.text(result), -result);
        }
        settle(FLUSH);
    }

    /** With this option set the driver does not wait for the drive to have written. */
    private void settle(String operation) throws StorageException {
        if (sysfs.has(Linux.MT_ST_NOWAIT_EOF) && !scsi.flush()) {
            place.lose(Kind.POSITION_UNKNOWN, "a flush failed");
            throw flushFailed(
                    operation
                            + ": the driver's option no-wait-eof is set, and WRITE FILEMARKS by SG_IO failed; clear it with"
                            + " 'mt stclearoptions 0x8000'",
                    0);
        }
        place.ask();
        dirty = false;
        flushed = place.position();
    }

    private StorageException flushFailed(String words, int errno) {
        return StorageException.of(
                        Kind.FLUSH_FAILED,
                        FLUSH,
                        words + "; what was written since " + flushed
                                + " may not be on the tape: reposition, and compare")
                .errno(errno)
                .position(flushed)
                .build();
    }

    /** Has what was written on the medium before the tape is moved; else the driver adds a mark. */
    void beforeMoving() throws StorageException {
        if (place.isLost()) {
            // Nothing can be done for it any more, and whoever asked for a flush was told.
            dirty = false;
        }
        flush();
    }
}

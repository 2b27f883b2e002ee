package io.pinion.tape.st;

import io.pinion.linux.Errno;
import io.pinion.linux.Linux;
import io.pinion.linux.tape.ScsiCommands;
import io.pinion.linux.tape.TapeDevice;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.TapeResult;
import io.pinion.strategy.TapeResult.Outcome;
import java.nio.ByteBuffer;

/** Reads records, and tells marks, ends and records that are too long from errors. For the channel's thread alone. */
final class Reading {
    private static final String OPERATION = "read";

    private final TapeDevice device;
    private final ScsiCommands scsi;
    private final Place place;
    private final Transfers transfers;
    private final Blocks blocks;
    private final Failures failures;

    Reading(TapeDevice device, ScsiCommands scsi, Place place, Transfers transfers, Blocks blocks, Failures failures) {
        this.device = device;
        this.scsi = scsi;
        this.place = place;
        this.transfers = transfers;
        this.blocks = blocks;
        this.failures = failures;
    }

    /** As {@link io.pinion.strategy.TapeChannel#read}, but for the position in the result. */
    void read(ByteBuffer target, TapeResult result) throws StorageException {
        place.require(OPERATION);
        int room = target.remaining();
        int length = blocks.readLength(room);
        long got = transfers.read(target, length);
        if (got > room) {
            back(result, (int) got);
        } else if (got > 0) {
            target.position(target.position() + (int) got);
            place.passed(blocks.count(got));
            result.set(Outcome.DONE, got);
        } else if (blocks.size() == 0 || !isBehindBlocks(target, result)) {
            nothing(got, length, result);
        }
    }

    private void nothing(long got, int length, TapeResult result) throws StorageException {
        if (got == 0) {
            ended(result);
        } else if (Errno.ENOMEM.is(got)) {
            tooLong(length, result);
        } else {
            failed(got, length, result);
        }
    }

    /**
     * Blocks that are fewer than were asked for, with the end of data or a bad one behind them, have passed without a word: the
     * driver has an error, or nothing, to tell instead. So it goes back over them, and reads as many.
     *
     * @return whether there were any
     */
    private boolean isBehindBlocks(ByteBuffer target, TapeResult result) throws StorageException {
        boolean mark = device.look() >= 0
                && device.status().is(Linux.GMT_EOF)
                && !device.status().is(Linux.GMT_EOD);
        long from = place.address();
        if (mark || from < 0 || !place.tells() || !place.ask()) {
            return false;
        }
        long passed = place.address() - from;
        int length = (int) Math.min(target.remaining(), passed * blocks.size());
        if (passed <= 0 || device.operate(Linux.MTBSR, (int) passed) < 0) {
            return false;
        }
        long got = transfers.read(target.duplicate().limit(target.position() + length), length);
        boolean read = got == length && place.ask() && place.address() == from + passed;
        if (!read) {
            place.lose(Kind.POSITION_UNKNOWN, "blocks in front of an error could be passed, and not be read");
            throw place.refusal(OPERATION).build();
        }
        target.position(target.position() + length);
        result.set(Outcome.DONE, length);
        return true;
    }

    /** A read of nothing stands behind a mark; but at the end of data it stands still, which the driver tells apart. */
    private void ended(TapeResult result) throws StorageException {
        int looked = device.look();
        if (looked < 0) {
            throw failures.of(OPERATION, looked, 0, 1).build();
        }
        boolean endOfData = device.status().is(Linux.GMT_EOD);
        if (!endOfData) {
            place.passed(1);
        }
        place.ask();
        if (!endOfData) {
            place.noteMark();
        }
        result.set(endOfData ? Outcome.END_OF_DATA : Outcome.FILE_MARK, 0);
    }

    /** The driver has passed over it. How long it is says the sense data of a read past the driver, if there may be one. */
    private void tooLong(int length, TapeResult result) throws StorageException {
        int real = -1;
        // Of a drive that cannot tell it would not be known where a read that went wrong has left the tape.
        if (place.tells() && scsi.backOverRecord()) {
            real = scsi.recordLength(Math.min(length, ScsiCommands.ROOM));
            if (real <= length && device.position() == place.address()) {
                result.set(Outcome.RECORD_TOO_LONG, 0);
                return;
            }
        }
        back(result, real > length ? real : -1);
    }

    private void back(TapeResult result, int recordLength) throws StorageException {
        long from = place.address();
        int moved = device.operate(Linux.MTBSR, 1);
        if (moved < 0) {
            throw failures.of(OPERATION, moved, 0, 1).build();
        }
        if (place.ask() && place.tells() && place.address() != from) {
            place.lose(
                    Kind.POSITION_UNKNOWN,
                    "the drive went back over a record from " + (from + 1) + " to " + place.address());
            throw place.refusal(OPERATION).build();
        }
        result.set(Outcome.RECORD_TOO_LONG, 0);
        result.setRecordLength(recordLength);
    }

    /** The end of data that no mark is in front of is an error to the driver, as a bad record is. */
    private void failed(long got, int length, TapeResult result) throws StorageException {
        boolean io = Errno.EIO.is(got);
        if (io && device.look() >= 0 && device.status().is(Linux.GMT_EOD) && place.ask()) {
            result.set(Outcome.END_OF_DATA, 0);
            return;
        }
        long from = place.address();
        StorageException failure = failures.of(OPERATION, got, length, Math.max(1, blocks.count(length)))
                .range(-1, length)
                .build();
        if (io && !place.isLost() && place.address() == from && isEndOfData()) {
            result.set(Outcome.END_OF_DATA, 0);
            return;
        }
        throw failure;
    }

    /** Tries to pass what could not be read, which shows the end of data, and goes back over whatever it has passed. */
    private boolean isEndOfData() {
        int passed = device.operate(Linux.MTFSR, 1);
        boolean looked = passed < 0 && device.look() >= 0;
        boolean endOfData = looked && device.status().is(Linux.GMT_EOD);
        if (passed >= 0 || looked && !endOfData && device.status().is(Linux.GMT_EOF)) {
            device.operate(Linux.MTBSR, 1);
        }
        place.ask();
        return endOfData;
    }
}

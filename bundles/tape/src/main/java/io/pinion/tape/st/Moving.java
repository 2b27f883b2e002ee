package io.pinion.tape.st;

import io.pinion.linux.Errno;
import io.pinion.linux.Linux;
import io.pinion.linux.tape.TapeDevice;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.TapeResult;
import io.pinion.strategy.TapeResult.Outcome;

/**
 * Spaces over records and file marks. The driver says whether a mark or the end of data was in the way, the drive where the
 * tape stands then; what was passed is the difference. Where the drive can't tell, it goes step by step. For the channel's
 * thread alone.
 */
final class Moving {
    private final TapeDevice device;
    private final Place place;
    private final Writing writing;
    private final Failures failures;

    Moving(TapeDevice device, Place place, Writing writing, Failures failures) {
        this.device = device;
        this.place = place;
        this.writing = writing;
        this.failures = failures;
    }

    /** As {@link io.pinion.strategy.TapeChannel#spaceRecords}, but for the position in the result. */
    void records(long count, TapeResult result) throws StorageException {
        String operation = "spaceRecords";
        place.require(operation);
        writing.beforeMoving();
        int direction = count < 0 ? -1 : 1;
        long wanted = Math.abs(count);
        long done = 0;
        while (done < wanted) {
            long from = place.address();
            if (direction < 0 && from == 0) {
                result.set(Outcome.BEGINNING_OF_PARTITION, done);
                return;
            }
            int file = fileNumber();
            int step = place.tells() ? most(wanted - done, direction) : 1;
            int moved = device.operate(direction < 0 ? Linux.MTBSR : Linux.MTFSR, step);
            if (moved < 0) {
                stopped(operation, new Stop(moved, direction, from, file, step), done, result);
                return;
            }
            place.passed((long) direction * step);
            done += step;
        }
        place.ask();
        result.set(Outcome.DONE, done);
    }

    /** No further back than there is something: some drives go beyond the beginning without a word. */
    private int most(long wanted, int direction) {
        long there = direction < 0 ? Math.min(wanted, place.address()) : wanted;
        return (int) Math.min(TapeDevice.MOST_AT_ONCE, there);
    }

    /**
     * A movement that ended early.
     *
     * @param file file marks before the place where it began, as the driver counts them, from whatever number
     */
    private record Stop(int error, int direction, long from, int file, int step) {
        boolean isBackward() {
            return direction < 0;
        }
    }

    private void stopped(String operation, Stop stop, long done, TapeResult result) throws StorageException {
        // Before the drive is asked, since the driver learns from its answer and forgets what it had seen.
        boolean looked = Errno.EIO.is(stop.error) && device.look() >= 0;
        boolean endOfData = looked && !stop.isBackward() && device.status().is(Linux.GMT_EOD);
        boolean mark = looked
                && !endOfData
                && (stop.isBackward()
                        ? device.status().fileNumber() == stop.file - 1
                        : device.status().is(Linux.GMT_EOF));
        if (!place.tells() && mark) {
            place.passed(stop.direction);
        }
        boolean known = (mark || endOfData || looked && stop.isBackward()) && place.ask();
        long passed = Math.abs(place.address() - stop.from) - (mark ? 1 : 0);
        boolean beginning = stop.isBackward() && !mark && place.address() == 0;
        if (!known || passed < 0 || !mark && !endOfData && !beginning) {
            result.set(Outcome.DONE, done);
            throw failures.of(operation, stop.error, 0, (long) stop.direction * stop.step)
                    .build();
        }
        if (mark && !stop.isBackward()) {
            place.noteMark();
        }
        Outcome outcome = mark ? Outcome.FILE_MARK : endOfData ? Outcome.END_OF_DATA : Outcome.BEGINNING_OF_PARTITION;
        result.set(outcome, done + (place.tells() ? passed : 0));
    }

    /** As {@link io.pinion.strategy.TapeChannel#spaceFileMarks}, but for the position in the result. */
    void fileMarks(long count, TapeResult result) throws StorageException {
        String operation = "spaceFileMarks";
        place.require(operation);
        writing.beforeMoving();
        int direction = count < 0 ? -1 : 1;
        long wanted = Math.abs(count);
        long done = 0;
        while (done < wanted) {
            long from = place.address();
            if (direction < 0 && from == 0) {
                result.set(Outcome.BEGINNING_OF_PARTITION, done);
                return;
            }
            int file = fileNumber();
            // The driver's count is all that tells how many were passed before it ended.
            int step = file >= 0 ? (int) Math.min(TapeDevice.MOST_AT_ONCE, wanted - done) : 1;
            int moved = device.operate(direction < 0 ? Linux.MTBSF : Linux.MTFSF, step);
            if (moved < 0) {
                ended(operation, new Stop(moved, direction, from, file, step), done, result);
                return;
            }
            place.putSomewhere(place.partition());
            done += step;
        }
        if (direction > 0) {
            place.noteMark();
        }
        result.set(Outcome.DONE, done);
    }

    private void ended(String operation, Stop stop, long done, TapeResult result) throws StorageException {
        boolean looked = Errno.EIO.is(stop.error) && device.look() >= 0;
        int now = device.status().fileNumber();
        long passed = stop.file >= 0 && now >= 0 ? Math.min(stop.step, Math.abs(now - stop.file)) : 0;
        boolean endOfData = looked && !stop.isBackward() && device.status().is(Linux.GMT_EOD);
        boolean beginning = looked && stop.isBackward() && device.status().is(Linux.GMT_BOT);
        if (place.tells()) {
            boolean asked = place.ask();
            beginning = looked && stop.isBackward() && asked && place.address() == 0;
        }
        if (!endOfData && !beginning) {
            result.set(Outcome.DONE, done);
            throw failures.of(operation, stop.error, 0, stop.direction * (long) Integer.MAX_VALUE)
                    .build();
        }
        if (!place.tells()) {
            if (beginning) {
                place.putAt(place.partition(), 0);
            } else {
                place.putSomewhere(place.partition());
            }
        }
        result.set(endOfData ? Outcome.END_OF_DATA : Outcome.BEGINNING_OF_PARTITION, done + passed);
    }

    private int fileNumber() {
        return device.look() < 0 ? -1 : device.status().fileNumber();
    }
}

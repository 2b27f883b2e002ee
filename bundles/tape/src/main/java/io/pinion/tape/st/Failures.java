package io.pinion.tape.st;

import io.pinion.linux.Errno;
import io.pinion.linux.Linux;
import io.pinion.linux.tape.TapeDevice;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;

/**
 * What the driver's errors mean (Documentation/scsi/st.rst). It has one, EIO, for whatever the drive says, so that what came
 * of it is found out by looking: whether there was a reset, whether there is a tape, and where that stands now.
 */
final class Failures {
    private final TapeDevice device;
    private final Place place;
    private final Limits limits;
    private final Blocks blocks;

    Failures(TapeDevice device, Place place, Limits limits, Blocks blocks) {
        this.device = device;
        this.place = place;
        this.limits = limits;
        this.blocks = blocks;
    }

    /**
     * {@return the failure of a call, after which the place is known as well as it can be}
     *
     * @param length of the record in bytes; 0 for what is none
     * @param most how many records or marks the tape may have moved on, or back if negative, before it failed
     */
    StorageException.Builder of(String operation, long result, int length, long most) {
        Errno errno = Errno.of(result).orElse(Errno.EIO);
        return switch (errno) {
            case EIO -> judged(operation, result, most);
            case EACCES, EROFS ->
                Errno.failure(
                        Kind.READ_ONLY,
                        operation,
                        result,
                        "the tape is write-protected, or was claimed for reading alone; move its tab, or access=read-write");
            case ENOMEDIUM -> {
                place.lose(Kind.NOT_READY, "there is no tape in the drive; load one");
                yield Errno.failure(operation, result, "load a tape");
            }
            case EINVAL -> Errno.failure(operation, result, length == 0 ? "" : "length=" + length + "; " + limits);
            case EBUSY ->
                Errno.failure(
                        Kind.INVALID_ARGUMENT,
                        operation,
                        result,
                        "length=" + length
                                + " is more than the adapter transfers at once; write shorter records, or raise"
                                + " max_sg_segs of the driver st");
            case EOVERFLOW ->
                Errno.failure(
                        Kind.NO_RESOURCES,
                        operation,
                        result,
                        "the driver has no memory for a copy of length=" + length
                                + "; take page-aligned buffers, which it" + " need not copy, or shorter records");
            case ENXIO, ENODEV -> {
                place.lose(Kind.REMOVED, "the drive is gone");
                yield Errno.failure(Kind.REMOVED, operation, result, "the drive is off, or was taken away");
            }
            default -> Errno.failure(operation, result);
        };
    }

    private StorageException.Builder judged(String operation, long result, long most) {
        long from = place.address();
        boolean wasLost = place.isLost();
        if (place.isReset()) {
            place.loseInReset();
        } else if (!device.status().is(Linux.GMT_ONLINE)) {
            place.lose(Kind.NOT_READY, "the drive is not ready, or has no tape; load one");
        } else if (wasLost) {
            return Errno.failure(operation, result, place.reason());
        } else if (!place.tells()) {
            place.lose(Kind.POSITION_UNKNOWN, "the drive reported an error, and cannot tell where the tape stands");
            return Errno.failure(operation, result);
        } else if (place.ask() && isElsewhere(from, most)) {
            String words = "after an error the drive says that the tape stands at " + place.position()
                    + ", which was at " + from + ": it was reset, has another tape, or lost records that it had taken";
            place.lose(Kind.POSITION_UNKNOWN, words);
        }
        if (place.isLost()) {
            return place.refusal(operation).errno(Errno.EIO.number());
        }
        String words = "the drive answers, and stands at " + place.position() + "; the kernel's log has its own words";
        String mode =
                "; it is in fixed mode, where a record of another length than " + blocks.size() + " is an error, too";
        return Errno.failure(Kind.MEDIUM_ERROR, operation, result, blocks.size() == 0 ? words : words + mode);
    }

    private boolean isElsewhere(long from, long most) {
        long to = place.address();
        return from >= 0 && (to < Math.min(from, from + most) || to > Math.max(from, from + most));
    }
}

package io.pinion.tape.st;

import io.pinion.linux.Errno;
import io.pinion.linux.Linux;
import io.pinion.linux.tape.TapeDevice;
import io.pinion.linux.tape.TapeSysfs;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.TapePosition;
import io.pinion.strategy.TapePosition.Source;
import io.pinion.strategy.TapeResult;
import io.pinion.strategy.TapeResult.Outcome;
import io.pinion.strategy.TransferMeter;
import io.pinion.strategy.TransferMeter.Cause;

/** Puts the tape to places, from wherever it stands; so also when that is not known. For the channel's thread alone. */
final class Locating {
    private static final String LOCATE = "locate";
    private static final long LAST_ADDRESS = 0xffffffffL;

    private final TapeDevice device;
    private final TapeSysfs sysfs;
    private final Place place;
    private final Writing writing;
    private final Failures failures;
    private final Cause counted;

    Locating(TapeDevice device, TapeSysfs sysfs, Place place, Writing writing, Failures failures, TransferMeter meter) {
        this.device = device;
        this.sysfs = sysfs;
        this.place = place;
        this.writing = writing;
        this.failures = failures;
        counted = meter.cause("the drive can't locate: rewound, and counted record by record");
    }

    /** As {@link io.pinion.strategy.TapeChannel#rewind}, but for the position in the result. */
    void rewind(TapeResult result) throws StorageException {
        writing.beforeMoving();
        rewindFor("rewind");
        result.set(Outcome.DONE, 0);
    }

    private void rewindFor(String operation) throws StorageException {
        operate(operation, Linux.MTREW, 1);
        place.putAt(partition(), 0);
    }

    private void operate(String operation, int what, int argument) throws StorageException {
        int result = device.operate(what, argument);
        if (result < 0) {
            throw failures.of(operation, result, 0, -Integer.MAX_VALUE).build();
        }
    }

    private int partition() {
        return device.look() < 0 ? 0 : device.status().partition();
    }

    /** As {@link io.pinion.strategy.TapeChannel#spaceToEndOfData}, but for the position in the result. */
    void endOfData(TapeResult result) throws StorageException {
        writing.beforeMoving();
        int moved = device.operate(Linux.MTEOM, 1);
        if (moved < 0) {
            throw failures.of("spaceToEndOfData", moved, 0, Integer.MAX_VALUE).build();
        }
        place.putSomewhere(partition());
        result.set(Outcome.DONE, 0);
    }

    /** As {@link io.pinion.strategy.TapeChannel#locate}, but for the position in the result. */
    void locate(TapePosition position, TapeResult result) throws StorageException {
        long address = position.blockAddress();
        if (position.source() == Source.UNKNOWN || address < 0 || address > LAST_ADDRESS) {
            throw refused("position=" + position + "; allowed: block addresses from 0 to " + LAST_ADDRESS
                    + ", which is all that the driver has room for");
        }
        writing.beforeMoving();
        choose(position.partition());
        int sought = device.operate(Linux.MTSEEK, (int) address);
        if (Errno.EIO.is(sought)) {
            search(position.partition(), address);
        } else if (sought < 0) {
            throw failures.of(LOCATE, sought, 0, 0).build();
        } else {
            place.putAt(position.partition(), address);
            requireReached(address);
        }
        result.set(Outcome.DONE, 0);
    }

    private void choose(int partition) throws StorageException {
        if (partition == partition()) {
            return;
        }
        int chosen = sysfs.has(Linux.MT_ST_CAN_PARTITIONS)
                ? device.operate(Linux.MTSETPART, partition)
                : Errno.EINVAL.result();
        if (chosen < 0) {
            throw refused("partition=" + partition
                    + " is none of the tape's, or the driver is not to look for more than one: 'mt"
                    + " stsetoptions can-partitions' has it do so");
        }
    }

    private static StorageException refused(String words) {
        return StorageException.of(Kind.INVALID_ARGUMENT, LOCATE, words).build();
    }

    /** What the driver could not seek is beyond the end of data, or after a reset, or the drive is of those that can't. */
    private void search(int partition, long address) throws StorageException {
        long told = device.position();
        if (told >= 0) {
            endOfData(new TapeResult());
            requireReached(address);
            throw failures.of(LOCATE, Errno.EIO.result(), 0, 0).build();
        }
        if (place.isLost() || place.tells() || place.address() < 0 || place.address() > address) {
            rewindFor(LOCATE);
        }
        if (place.tells()) {
            operate(LOCATE, Linux.MTSEEK, (int) address);
            place.putAt(partition, address);
            requireReached(address);
            return;
        }
        counted.fellBack();
        while (place.address() < address) {
            step(address);
        }
    }

    /** Over a record or a mark, whichever it is. */
    private void step(long address) throws StorageException {
        int moved = device.operate(Linux.MTFSR, 1);
        boolean looked = Errno.EIO.is(moved) && device.look() >= 0;
        if (looked && device.status().is(Linux.GMT_EOD)) {
            throw beyond(address);
        }
        if (moved < 0 && !(looked && device.status().is(Linux.GMT_EOF))) {
            throw failures.of(LOCATE, moved, 0, 1).build();
        }
        place.passed(1);
    }

    private void requireReached(long address) throws StorageException {
        if (place.tells() && place.address() < address) {
            throw beyond(address);
        }
    }

    private StorageException beyond(long address) {
        return StorageException.of(
                        Kind.END_OF_DATA,
                        LOCATE,
                        "blockAddress=" + address + " is beyond the last record; the tape stands at the end of data, "
                                + place.position())
                .build();
    }
}

package io.pinion.tape.st;

import io.pinion.linux.tape.TapeDevice;
import io.pinion.linux.tape.TapeSysfs;
import io.pinion.strategy.Handover;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.TapePosition;
import io.pinion.strategy.TapePosition.Source;
import io.pinion.strategy.TapeResult;
import java.util.Optional;

/**
 * Where the tape stands. The drive is asked at the beginning, and whenever something else happened than that a record was
 * transferred: in between it is counted, since a question for each record would take a drive's streaming from it. Of a drive
 * that cannot tell (MTIOCPOS fails) all is counted, from the beginning of the tape on, and is not known where there is
 * nothing to count by: behind file marks that were spaced over, and at the end of data. For the channel's thread alone.
 */
final class Place {
    private static final String REMEDY = "; rewind, locate or space to the end of data first";

    private final TapeDevice device;
    private final TapeSysfs sysfs;
    private boolean tells;
    private Source source = Source.UNKNOWN;
    private int partition;
    private long address = -1;
    private boolean behindMark;

    /** Why no record is to be transferred; empty when the tape stands where the channel put it. */
    private String lost = "the channel has not begun";

    private Kind kind = Kind.POSITION_UNKNOWN;

    Place(TapeDevice device, TapeSysfs sysfs) {
        this.device = device;
        this.sysfs = sysfs;
    }

    /**
     * Finds out where the tape stands, and compares it with where it was left.
     *
     * @param ready whether there is a tape, according to {@link TapeDevice#status()}
     */
    void begin(Handover handover, boolean ready) throws StorageException {
        Optional<TapePosition> left = handover.position();
        boolean doubtful = left.filter(p -> p.source() == Source.UNKNOWN).isPresent();
        long told = ready ? device.position() : -1;
        tells = told >= 0;
        partition = device.status().partition();
        if (told < 0 && isReset()) {
            loseInReset();
        } else if (!ready) {
            lose(Kind.NOT_READY, "there is no tape in the drive, or it is not ready; load one");
        } else if (doubtful) {
            lose(
                    Kind.POSITION_UNKNOWN,
                    "strategy " + handover.predecessor().orElse("") + " did not know where the tape stands");
        } else if (tells) {
            compare(left, TapePosition.at(Source.DRIVE, partition, told));
            set(Source.DRIVE, told);
        } else if (left.isPresent()) {
            partition = left.get().partition();
            set(Source.COUNTED, left.get().blockAddress());
        } else {
            lose(Kind.POSITION_UNKNOWN, "the drive cannot tell where the tape stands, and nobody has counted yet");
        }
    }

    private static void compare(Optional<TapePosition> left, TapePosition told) throws StorageException {
        if (left.isPresent() && !left.get().isSamePlace(told)) {
            String words = "the drive says that the tape stands at " + told + ", and it was left at " + left.get()
                    + ": it was reset, has another tape, or was moved by somebody else";
            throw StorageException.of(Kind.POSITION_UNKNOWN, "begin", words + REMEDY)
                    .build();
        }
    }

    private void set(Source newSource, long newAddress) {
        behindMark &= newAddress == address;
        source = newSource;
        address = newAddress;
        lost = "";
    }

    /** {@return whether the drive can tell} */
    boolean tells() {
        return tells;
    }

    /** {@return the block address; -1 when it is not known} */
    long address() {
        return address;
    }

    int partition() {
        return partition;
    }

    boolean isLost() {
        return !lost.isEmpty();
    }

    /** Counts records or marks that were passed, backwards when negative. */
    void passed(long count) {
        behindMark = false;
        if (address >= 0) {
            address += count;
            source = Source.COUNTED;
        }
    }

    /** What was passed last is a file mark. */
    void noteMark() {
        behindMark = true;
    }

    /** {@return whether the tape is known to stand right behind a file mark} */
    boolean isBehindMark() {
        return behindMark && !isLost();
    }

    /** Has the drive tell, if it can; {@return whether what is known now is so} */
    boolean ask() {
        if (isLost() || !tells) {
            return !isLost();
        }
        long told = device.position();
        if (told < 0) {
            lose(
                    Kind.POSITION_UNKNOWN,
                    "the drive does not tell any more where the tape stands: it was reset, or is gone");
            return false;
        }
        set(Source.DRIVE, told);
        return true;
    }

    /** The tape was put to a place whose address is known, and the drive may say whether it is right. */
    void putAt(int newPartition, long newAddress) {
        partition = newPartition;
        behindMark = false;
        set(Source.COUNTED, newAddress);
        // Whether it can tell may change with the tape, and with a reset that is over.
        long told = device.position();
        tells = told >= 0;
        if (tells) {
            set(Source.DRIVE, told);
        }
    }

    /** The tape was put to a place that is well defined, and whose address the drive alone may know. */
    void putSomewhere(int newPartition) {
        putAt(newPartition, -1);
        if (!tells) {
            source = Source.UNKNOWN;
        }
    }

    /**
     * {@return whether the driver says that the drive was reset} Some kernels tell nothing else until the tape was
     * repositioned.
     */
    boolean isReset() {
        return device.look() < 0 || sysfs.isPositionLost();
    }

    void loseInReset() {
        lose(Kind.POSITION_UNKNOWN, "the drive was reset, and the tape may be anywhere");
    }

    /** Lets nobody transfer records until the tape has been put somewhere. */
    void lose(Kind why, String words) {
        source = Source.UNKNOWN;
        address = -1;
        kind = why;
        lost = words;
    }

    /** Refuses an operation that must know where the tape is. */
    void require(String operation) throws StorageException {
        if (isLost()) {
            throw refusal(operation).build();
        }
    }

    /** {@return why an operation is refused while the place is lost} */
    StorageException.Builder refusal(String operation) {
        return StorageException.of(kind, operation, kind == Kind.POSITION_UNKNOWN ? lost + REMEDY : lost);
    }

    /** {@return why it is lost; empty when it is not} */
    String reason() {
        return lost;
    }

    void fill(TapeResult result) {
        result.setPosition(source, source == Source.UNKNOWN ? 0 : partition, source == Source.UNKNOWN ? -1 : address);
    }

    /** {@return the place as it is known} */
    TapePosition position() {
        return source == Source.UNKNOWN ? TapePosition.unknown() : TapePosition.at(source, partition, address);
    }
}

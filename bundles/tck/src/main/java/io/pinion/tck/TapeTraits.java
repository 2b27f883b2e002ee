package io.pinion.tck;

/**
 * In what a tape under test falls short of one that takes records of any length and gives them back whole: emulated drives
 * do. The defaults are for a tape that falls short in nothing; the kit then stays within what is overridden. Lengths are
 * bytes.
 */
public interface TapeTraits {
    /** Traits of a tape that falls short in nothing. */
    TapeTraits NONE = new TapeTraits() {};

    /** {@return the shortest record that can be written, and the shortest buffer to read into; 1 without this} */
    default int smallestRecord() {
        return 1;
    }

    /** {@return what lengths of records and buffers must be a multiple of; 1 without this} */
    default int recordGranularity() {
        return 1;
    }

    /**
     * {@return the longest record that the kit writes; 400,000 without this} What the geometry allows beyond is tried once, up
     * to 16 MiB.
     */
    default int largestRecord() {
        return 400_000;
    }

    /** {@return how many leading bytes of a record of this length are kept; all without this} */
    default int keptBytes(int recordLength) {
        return recordLength;
    }

    /**
     * {@return whether the drive itself knows where the tape stands, whatever channel asks; so without this} Else a channel
     * goes by what its predecessor hands over, as one to an image does, whose file has no place where it stands.
     */
    default boolean isPlaceKept() {
        return true;
    }

    /**
     * {@return how much of a tape with a near end a record takes, in a unit of the author's choosing; its length without this}
     * What fits is held against it: a record is written with a warning exactly when less has been before.
     */
    default long room(int recordLength) {
        return recordLength;
    }

    /** {@return how much of a tape with a near end a file mark takes; nothing without this} */
    default long roomOfMark() {
        return 0;
    }

    /** {@return how long the records are that fill a tape with a near end; 10,000, or as much as is allowed, without this} */
    default int fillingRecord() {
        return fit(10_000);
    }

    /** {@return how many of them are written at most before the tape must be full; 20,000 without this} */
    default int fillingRecords() {
        return 20_000;
    }

    /** {@return the length that is allowed and nearest to this one, from below where there is one} */
    default int fit(int recordLength) {
        int least = smallestRecord();
        int unit = recordGranularity();
        int shorter = Math.min(recordLength, largestRecord()) / unit * unit;
        return Math.max(shorter, (least + unit - 1) / unit * unit);
    }
}

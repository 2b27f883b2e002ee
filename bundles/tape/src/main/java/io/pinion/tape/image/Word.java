package io.pinion.tape.image;

/**
 * What a control word of the format says: 32 bits, least significant byte first, in front of every object and behind every record.
 * The four bits at the top are its class, the others a length in bytes, or part of a marker. In the old format there were
 * classes 0 and 8 alone, lengths of 24 bits, and markers from 0xFF000000 on, so that whoever reads the extended one reads both;
 * what is a marker has to be known before anything is taken for a length.
 *
 * <p>Source: SIMH Magtape Representation and Handling (Supnik, 2022), SIMH Tape Format Extensions (Bryan).
 */
enum Word {
    /** A file mark. */
    FILE_MARK,
    /** The length of a record. */
    RECORD,
    /** The length of a record that could not be read to its end, or not right, when the image was made. */
    BAD_RECORD,
    /** The length of a record that is not the tape's: of private use, a description of the tape, reserved. */
    OTHER_RECORD,
    /** A marker of private use, or a reserved one. */
    MARKER,
    /** A piece of an erase gap. */
    GAP,
    /** Half a piece, the other half of which was written over. */
    HALF_GAP,
    /** The end of the medium. */
    END_OF_MEDIUM,
    /** Nothing that may be here. */
    INVALID;

    /** How long a word is. */
    static final int BYTES = 4;

    /**
     * The longest record that is written: all that the old format has, and drives of SCSI have (SSC-3: 24 bits), so that every
     * reader can have it, and every record can be copied to a drive. What is read may have {@link #length} of 28 bits.
     */
    static final int LONGEST_WRITTEN = 0x00FF_FFFF;

    private static final int LENGTH = 0x0FFF_FFFF;
    private static final int CLASS_SHIFT = 28;
    private static final int HALF_GAP_FORWARD = 0xFFFE_FFFF;
    private static final int MARKER_GAP = 0xFFFF_FFFE;
    private static final int MARKER_END = 0xFFFF_FFFF;

    /** Half a piece of a gap begins here, behind the upper half of a length, when it is read backwards. */
    private static final int HALF_GAPS_BACKWARD = 0xFFFF_0000;

    private static final int FIRST_OF_GAPS = 0xFFFE_0000;

    /** {@return what a word says that an object begins with} */
    static Word leading(int word) {
        if (word == HALF_GAP_FORWARD) {
            return HALF_GAP;
        }
        return Integer.compareUnsigned(word, FIRST_OF_GAPS) >= 0 && word != MARKER_GAP && word != MARKER_END
                ? INVALID
                : common(word);
    }

    /** {@return what a word says that an object ends with; an end of the medium has nothing behind it} */
    static Word trailing(int word) {
        if (word == MARKER_END) {
            return INVALID;
        }
        if (word != MARKER_GAP && Integer.compareUnsigned(word, FIRST_OF_GAPS) >= 0) {
            return Integer.compareUnsigned(word, HALF_GAPS_BACKWARD) >= 0 ? HALF_GAP : INVALID;
        }
        return common(word);
    }

    private static Word common(int word) {
        if (word == 0) {
            return FILE_MARK;
        }
        return switch (word >>> CLASS_SHIFT) {
            case 0 -> RECORD;
            case 7 -> MARKER;
            case 8 -> BAD_RECORD;
            case 15 -> word == MARKER_GAP ? GAP : word == MARKER_END ? END_OF_MEDIUM : MARKER;
            default -> OTHER_RECORD;
        };
    }

    /** {@return how many bytes a record has whose length this is} */
    static int length(int word) {
        return word & LENGTH;
    }

    /** {@return how many bytes of the file a record of this length takes: with both words, and padded to an even number} */
    static long span(int length) {
        return BYTES + padded(length) + BYTES;
    }

    /** {@return how many bytes the data of a record take, the padding included} */
    static long padded(int length) {
        return length + (length & 1);
    }
}

package io.pinion.tape.image;

/** What {@link ImageReader} came to. */
enum Found {
    /** A record. */
    RECORD,
    /** A record that is marked as bad. */
    BAD_RECORD,
    FILE_MARK,
    /** Nothing more: the end of the file, or an end of the medium. */
    END_OF_DATA,
    /** Nothing before: the beginning of the file. */
    BEGINNING,
    /** The beginning of a record that the file ends in: whoever wrote it was cut off. */
    TORN,
    /** What can't be: a record whose lengths do not agree, with more behind it. */
    DAMAGED;

    /** {@return whether it is a record, good or bad} */
    boolean isRecord() {
        return this == RECORD || this == BAD_RECORD;
    }
}

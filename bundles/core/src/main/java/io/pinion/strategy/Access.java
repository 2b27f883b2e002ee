package io.pinion.strategy;

/** What a volume, and so its claim and its channels, may do with a target. */
public enum Access {
    /** Reads alone; any number of volumes may hold a target this way at once. */
    READ_ONLY("read-only"),
    /** Reads and writes; no other claim on the same bytes exists beside it. */
    READ_WRITE("read-write");

    private final String text;

    Access(String text) {
        this.text = text;
    }

    /** {@return whether writing is allowed} */
    public boolean canWrite() {
        return this == READ_WRITE;
    }

    /** {@return the word used in configuration, messages and tables} */
    @Override
    public String toString() {
        return text;
    }
}

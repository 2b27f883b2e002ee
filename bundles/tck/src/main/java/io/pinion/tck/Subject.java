package io.pinion.tck;

import java.nio.ByteBuffer;

/** What random operations are done to: a channel of the driver, or a volume. */
interface Subject {
    int read(ByteBuffer target, long position) throws Exception;

    int write(ByteBuffer source, long position) throws Exception;

    long readAll(ByteBuffer[] targets, long position) throws Exception;

    long writeAll(ByteBuffer[] sources, long position) throws Exception;

    long size() throws Exception;

    void setSize(long size) throws Exception;

    void flush() throws Exception;

    /** Closes it, and opens the same bytes again. */
    void reopen() throws Exception;

    /** Has somebody else serve the same bytes. */
    void swap() throws Exception;
}

package io.pinion.benchmarks.sample;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Synchronous transfers: a volume's, or a channel's. Any number of threads call. */
interface Transfers {
    /** {@return how many bytes were transferred} */
    int transfer(ByteBuffer buffer, long position) throws IOException;

    /** Puts what was written on the disk. */
    void flush() throws IOException;
}

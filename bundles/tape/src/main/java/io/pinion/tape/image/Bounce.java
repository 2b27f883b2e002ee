package io.pinion.tape.image;

import io.pinion.strategy.TransferMeter;
import java.nio.ByteBuffer;

/** Direct memory for records that come from the heap, or go there, in parts. Made with the first. For one thread at a time. */
final class Bounce {
    /** What the meter calls such a copy: the kernel takes direct memory alone. */
    static final String HEAP_BUFFER = "heap buffer";

    /** The largest part that is copied at once. */
    static final int SIZE = 1 << 20;

    private final TransferMeter.Cause cause;
    private ByteBuffer buffer = ImageFile.NOTHING;

    Bounce(TransferMeter meter) {
        cause = meter.cause(HEAP_BUFFER);
    }

    /** {@return empty memory for this much, or for a part of it} */
    ByteBuffer part(int bytes) {
        if (buffer.capacity() == 0) {
            buffer = ByteBuffer.allocateDirect(SIZE);
        }
        return buffer.clear().limit(Math.min(bytes, SIZE));
    }

    /** {@return a copy of what remains, or of its first part; the source advances by it} */
    ByteBuffer copyOf(ByteBuffer source) {
        int limit = source.limit();
        ByteBuffer part = part(source.remaining());
        part.put(source.limit(source.position() + part.remaining())).flip();
        source.limit(limit);
        return part;
    }

    /** Counts a record that was copied. */
    void count(long bytes) {
        cause.bounced(bytes);
    }
}

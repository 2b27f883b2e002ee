package io.pinion.linux.direct;

import io.pinion.linux.Errno;
import io.pinion.linux.IoVectorPool;
import io.pinion.linux.IoVectors;
import io.pinion.strategy.TransferFlags;
import java.nio.ByteBuffer;

/**
 * Transfers between several buffers and whole blocks within the file, by one system call: of the buffers as many as suit, from
 * the first on. Results are how many bytes went that way, and the positions say the same; what that leaves is to be done
 * buffer by buffer.
 */
final class VectoredTransfers {
    /** How long a range is held has an end, as with one buffer. */
    private static final long LARGEST = 16 << 20;

    private final OpenFile file;
    private final OpenFile durable;
    private final Alignment alignment;
    private final Writes writes;
    private final IoVectorPool pool;

    /** @param durable the same file, for writes that are to be durable when they return */
    VectoredTransfers(OpenFile file, OpenFile durable, Alignment alignment, Writes writes, IoVectorPool pool) {
        this.file = file;
        this.durable = durable;
        this.alignment = alignment;
        this.writes = writes;
        this.pool = pool;
    }

    /** Reads. An error is left to whoever does the rest, and meets it again. */
    long read(ByteBuffer[] targets, long position) {
        IoVectors vectors = pool.take();
        long done = 0;
        try {
            if (fill(vectors, targets, position, alignment.read())) {
                done = Math.max(0, file.readVectors(vectors, position));
            }
        } finally {
            vectors.settle(done);
            pool.give(vectors);
        }
        return done;
    }

    /** Writes; {@return {@code -errno}, too: a failed write-back is told once, and repeating the write would hide it} */
    long write(ByteBuffer[] sources, long position, TransferFlags flags) {
        IoVectors vectors = pool.take();
        long done = 0;
        try {
            if (fill(vectors, sources, position, alignment.write())) {
                done = write(vectors, position, flags.contains(TransferFlags.DURABLE) ? durable : file);
            }
        } finally {
            vectors.settle(Math.max(0, done));
            pool.give(vectors);
        }
        return done;
    }

    private long write(IoVectors vectors, long position, OpenFile chosen) {
        int range = writes.tryShare(position, position + vectors.total());
        if (range < 0) {
            return 0;
        }
        try {
            long put = chosen.writeVectors(vectors, position, 0);
            return Errno.EINVAL.is(put) ? 0 : put;
        } finally {
            writes.leave(range);
        }
    }

    /** Takes the buffers that can go in one call, up to the first that can't; {@return whether they are worth one} */
    private boolean fill(IoVectors vectors, ByteBuffer[] buffers, long position, int unit) {
        long most = Math.min(LARGEST, writes.length() - position);
        for (ByteBuffer buffer : buffers) {
            if (buffer.hasRemaining()) {
                boolean fits = vectors.count() < IoVectors.MOST && vectors.total() + buffer.remaining() <= most;
                if (!fits || !alignment.suits(buffer, position, unit)) {
                    break;
                }
                vectors.add(buffer);
            }
        }
        return vectors.count() > 1;
    }
}

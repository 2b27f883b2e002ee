package io.pinion.strategy;

import java.nio.ByteBuffer;

/** Scatter and gather for channels that have none of their own: one transfer per buffer. */
final class Vectored {
    private Vectored() {}

    static long read(PositionalChannel channel, ByteBuffer[] targets, long position, TransferFlags flags)
            throws StorageException {
        long done = 0;
        for (ByteBuffer target : targets) {
            int wanted = target.remaining();
            if (wanted == 0) {
                continue;
            }
            try {
                int got = channel.read(target, position + done, flags);
                if (got < 0) {
                    return done == 0 ? -1 : done;
                }
                done += got;
                if (got < wanted) {
                    return done;
                }
            } catch (StorageException e) {
                throw e.afterTransferring(done);
            }
        }
        return done;
    }

    static long write(PositionalChannel channel, ByteBuffer[] sources, long position, TransferFlags flags)
            throws StorageException {
        if (flags.contains(TransferFlags.ATOMIC) && sources.length > 1) {
            throw StorageException.of(
                            StorageException.Kind.UNSUPPORTED,
                            "write",
                            "an atomic write takes one buffer here, not " + sources.length)
                    .build();
        }
        long done = 0;
        for (ByteBuffer source : sources) {
            try {
                done += channel.write(source, position + done, flags);
            } catch (StorageException e) {
                throw e.afterTransferring(done);
            }
        }
        return done;
    }
}

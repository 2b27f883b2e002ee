package io.pinion.linux.direct;

import io.pinion.linux.Errno;
import io.pinion.linux.IoVectorPool;
import io.pinion.linux.IoVectors;
import io.pinion.linux.Linux;
import io.pinion.strategy.Geometry;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.TransferFlags;
import io.pinion.strategy.TransferMeter;
import java.nio.ByteBuffer;

/**
 * Writes that are seen whole or not at all, also after a power failure: each is one system call with RWF_ATOMIC (pwritev2(2)),
 * or is refused. A buffer that the kernel can't take as it is bounces, which changes nothing of that.
 */
final class AtomicWrites {
    private final OpenFile file;
    private final OpenFile durable;
    private final Alignment alignment;
    private final Geometry geometry;
    private final BouncePool bounces;
    private final IoVectorPool vectors;
    private final Writes writes;
    private final Causes causes;

    /** @param durable the same file, for writes that are to be durable when they return */
    AtomicWrites(
            OpenFile file,
            OpenFile durable,
            Finding finding,
            BouncePool bounces,
            IoVectorPool vectors,
            Writes writes,
            TransferMeter meter) {
        this.file = file;
        this.durable = durable;
        alignment = finding.alignment();
        geometry = finding.geometry();
        this.bounces = bounces;
        this.vectors = vectors;
        this.writes = writes;
        causes = new Causes(meter, alignment, alignment.write());
    }

    /**
     * Writes what remains in the buffer, which then is empty; {@return 0 or {@code -errno}}
     *
     * @throws StorageException {@code UNSUPPORTED} outside the limits, {@code TIMEOUT}
     */
    long write(ByteBuffer source, long position, TransferFlags flags) throws StorageException {
        int length = source.remaining();
        if (!geometry.allowsAtomicWrite(position, length)) {
            throw refused("offset=" + position + ", length=" + length + " is not possible", position, length);
        }
        OpenFile chosen = flags.contains(TransferFlags.DURABLE) ? durable : file;
        if (alignment.suits(source, position, alignment.write())) {
            return put(source, source, position, chosen);
        }
        if (length > bounces.size()) {
            throw refused("the buffer needs a copy, and bounce.size.kib=" + (bounces.size() >> 10), position, length);
        }
        int number = bounces.take("write");
        try {
            ByteBuffer bounce = bounces.buffer(number).duplicate().clear().limit(length);
            bounce.put(0, source, source.position(), length);
            causes.of(source, position).bounced(length);
            return put(bounce, source, position, chosen);
        } finally {
            bounces.give(number);
        }
    }

    private long put(ByteBuffer from, ByteBuffer source, long position, OpenFile chosen) throws StorageException {
        int length = source.remaining();
        IoVectors one = vectors.take();
        one.add(from);
        long put = 0;
        try {
            put = put(one, position, length, chosen);
        } finally {
            one.settle(0);
            vectors.give(one);
        }
        if (Errno.EINVAL.is(put) || Errno.EOPNOTSUPP.is(put)) {
            throw refused("the kernel refused it: " + Errno.text(put), position, length);
        }
        if (put < 0) {
            return put;
        }
        if (put < length) {
            throw StorageException.of(
                            Kind.IO_ERROR,
                            "write",
                            "an atomic write was cut short after " + put + " of " + length + " bytes")
                    .range(position, length)
                    .build();
        }
        source.position(source.limit());
        return 0;
    }

    private long put(IoVectors one, long position, int length, OpenFile chosen) throws StorageException {
        int range = writes.takeWhole(position, position + length);
        try {
            return chosen.writeVectors(one, position, Linux.RWF_ATOMIC);
        } finally {
            writes.leaveWhole(range, position + length);
        }
    }

    private StorageException refused(String what, long position, int length) {
        String possible = geometry.atomicWriteMaximum() == 0
                ? "there are no atomic writes here"
                : "an atomic write here is a power of two from " + geometry.atomicWriteMinimum() + " to "
                        + geometry.atomicWriteMaximum() + " bytes, at a multiple of its length";
        return StorageException.of(Kind.UNSUPPORTED, "write", what + "; " + possible)
                .range(position, length)
                .build();
    }
}

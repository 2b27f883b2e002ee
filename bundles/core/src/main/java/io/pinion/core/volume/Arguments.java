package io.pinion.core.volume;

import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import java.nio.ByteBuffer;

/** The checks of arguments that every transfer shares. The messages name values, relation and remedy. */
final class Arguments {
    private Arguments() {}

    /** Checks what a read writes into. */
    static void readInto(ByteBuffer target) throws StorageException {
        if (target.isReadOnly()) {
            throw invalid("read", "the buffer is read-only; pass one that can be written", -1, target.remaining());
        }
    }

    /** Checks that it may be written. */
    static void writable(Gated gated, String operation) throws StorageException {
        if (!gated.access().canWrite()) {
            throw StorageException.of(
                            Kind.READ_ONLY,
                            operation,
                            gated + " has access=" + gated.access() + "; set access=read-write to allow it")
                    .build();
        }
    }

    /** Checks a buffer for a record, which has at least one byte. */
    static void record(String operation, ByteBuffer buffer) throws StorageException {
        if (!buffer.hasRemaining()) {
            throw invalid(operation, "the buffer has nothing remaining, and a record has at least one byte", -1, 0);
        }
    }

    /** Checks a range of the target. */
    static void range(String operation, long position, long length) throws StorageException {
        if (position < 0) {
            throw invalid(operation, "position=" + position + " is negative", position, length);
        }
        if (position + length < 0) {
            throw invalid(
                    operation, "position=" + position + " + length=" + length + " exceeds 2^63-1", position, length);
        }
    }

    /** Checks a range of a buffer. */
    static void slice(String operation, ByteBuffer buffer, int index, int length) throws StorageException {
        if (index < 0 || length < 0 || index > buffer.capacity() - length) {
            String values = "index=" + index + ", length=" + length + " is not within capacity=" + buffer.capacity();
            throw invalid(operation, values, -1, length);
        }
    }

    static StorageException invalid(String operation, String detail, long position, long length) {
        return StorageException.of(Kind.INVALID_ARGUMENT, operation, detail)
                .range(position, length)
                .build();
    }
}

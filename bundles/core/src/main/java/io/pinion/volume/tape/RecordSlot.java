package io.pinion.volume.tape;

import io.pinion.memory.BufferLease;
import io.pinion.memory.BufferPool;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import java.nio.ByteBuffer;
import java.util.Optional;

/** A buffer that goes round in a {@link Relay}, and what is in it. Whose turn it is has it alone. */
final class RecordSlot {
    /** What came from the tape. */
    enum Content {
        RECORD,
        FILE_MARK,
        END_OF_DATA,
        FAILURE
    }

    /** At least what direct I/O wants of memory anywhere. */
    private static final int PAGE = 4096;

    private static final ByteBuffer NONE = ByteBuffer.allocate(0);

    private final Optional<BufferPool> pool;
    private BufferLease lease;
    private ByteBuffer buffer = NONE;
    private Content content = Content.RECORD;
    private StorageException failure;

    RecordSlot(Optional<BufferPool> pool) {
        this.pool = pool;
    }

    /** Makes the buffer so large at least; what is in it is gone when it was not. */
    void reserve(int bytes) throws StorageException {
        if (buffer.capacity() >= bytes) {
            return;
        }
        release();
        if (pool.isPresent()) {
            lease = pool.get().lease(bytes);
            buffer = lease.buffer();
        } else {
            buffer = ownMemory(bytes);
        }
    }

    private static ByteBuffer ownMemory(int bytes) throws StorageException {
        try {
            int pages = Math.addExact(bytes, PAGE - 1) / PAGE * PAGE;
            return ByteBuffer.allocateDirect(Math.addExact(pages, PAGE))
                    .alignedSlice(PAGE)
                    .slice(0, bytes);
        } catch (OutOfMemoryError | ArithmeticException e) {
            String detail = "no direct memory for a record of " + bytes + " bytes: " + e.getMessage()
                    + "; give a pool, smaller records or a larger -XX:MaxDirectMemorySize";
            throw StorageException.of(Kind.NO_RESOURCES, "buffer", detail)
                    .cause(e)
                    .build();
        }
    }

    /** {@return the buffer; once something was read, or before it is written, the record is between position and limit} */
    ByteBuffer buffer() {
        return buffer;
    }

    Content content() {
        return content;
    }

    /** {@return the failure that is the content} */
    StorageException failure() {
        return failure;
    }

    void set(Content newContent) {
        content = newContent;
    }

    void fail(StorageException thrown) {
        content = Content.FAILURE;
        failure = thrown;
    }

    /** Gives the memory back; the slot goes on without. */
    void release() {
        buffer = NONE;
        if (lease != null) {
            lease.close();
            lease = null;
        }
    }
}

package io.pinion.linux.uring;

import io.pinion.strategy.StorageException;
import io.pinion.strategy.TransferFlags;
import java.nio.ByteBuffer;

/**
 * One operation of a queue at a time. Each time that it goes on the ring it gets another generation, which is in the user data:
 * whoever looks at an old completion of the slot sees that it is old.
 */
final class QueueSlot {
    static final byte READ = 0;
    static final byte WRITE = 1;
    static final byte FLUSH = 2;

    final int number;
    byte operation;
    boolean underWay;
    boolean onRing;
    /** Whether the ring it is on is the one of {@link OwnReads}. */
    boolean isOwners;

    boolean cancelled;
    int index;
    int length;
    int rwFlags;
    int done;
    long position;
    long token;
    long writesBefore;
    ByteBuffer buffer;
    TransferFlags flags;
    StorageException error;
    private int generation;

    QueueSlot(int number) {
        this.number = number;
    }

    /** {@return what an error calls a transfer} */
    String word() {
        return operation == WRITE ? "write" : "read";
    }

    /** The operation goes on the ring once more. */
    void begin() {
        generation = generation + 1 & Integer.MAX_VALUE;
        onRing = true;
    }

    /** The operation is on no ring any more. */
    void left() {
        onRing = false;
        isOwners = false;
    }

    /** {@return the user data of the operation that is on the ring} */
    long userData() {
        return (long) generation << Integer.SIZE | number;
    }
}

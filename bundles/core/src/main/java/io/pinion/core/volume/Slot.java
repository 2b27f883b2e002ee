package io.pinion.core.volume;

import io.pinion.core.volume.Cell.Kind;
import io.pinion.memory.BufferLease;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.TransferFlags;
import java.nio.ByteBuffer;

/**
 * One operation of a queue at a time: what was asked, and what came of it. What belongs together lies together: a thread that
 * waited for its device finds little of this in a cache, and pays for each line.
 */
final class Slot {
    static final byte READ = 0;
    static final byte WRITE = 1;
    static final byte FLUSH = 2;

    /** Nothing follows the operation. */
    static final byte ALONE = 0;
    /** A write whose DURABLE is emulated: a flush follows it. */
    static final byte FLUSH_FOLLOWS = 1;
    /** The flush that followed a write. */
    static final byte FOLLOWING_FLUSH = 2;

    final int number;
    byte operation;
    byte follow;
    boolean inDriver;
    /** A read or write without a result. */
    boolean cancellable;

    boolean cancelled;
    /** Of a timed one, whether it begins where the one before it ended. */
    boolean sequential;

    int index;
    int length;
    int result;
    long position;
    long token;
    long started;
    ByteBuffer buffer;
    BufferLease lease;
    TransferFlags flags;
    StorageException error;
    private int generation;

    Slot(int number) {
        this.number = number;
    }

    /** {@return what the driver completes the operation with, another one each time that it is handed over} */
    long newDriverToken() {
        generation++;
        return driverToken();
    }

    /** {@return what the driver is to complete the operation with now} */
    long driverToken() {
        return (long) generation << Integer.SIZE | number;
    }

    /** {@return whether the driver has the operation under this token} */
    boolean isInDriver(long driverToken) {
        return inDriver && driverToken() == driverToken;
    }

    /** {@return what the operation is counted as} */
    Kind kind() {
        return switch (operation) {
            case READ -> Kind.READ;
            case WRITE -> GatedVolume.writeKind(flags);
            default -> Kind.FLUSH;
        };
    }

    /** {@return what an error calls the operation} */
    String word() {
        return switch (operation) {
            case READ -> "read";
            case WRITE -> "write";
            default -> "flush";
        };
    }

    /** {@return whether what the driver does now is to flush} */
    boolean isFlush() {
        return operation == FLUSH || follow == FOLLOWING_FLUSH;
    }

    /** Lets go of buffer and lease. */
    void release() {
        inDriver = false;
        follow = ALONE;
        buffer = null;
        BufferLease held = lease;
        if (held != null) {
            lease = null;
            held.release();
        }
    }
}

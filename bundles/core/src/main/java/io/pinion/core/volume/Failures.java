package io.pinion.core.volume;

import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import java.util.Optional;

/**
 * What the failures of single operations mean for their volume. When an operation failed, or a read ended before the device
 * did, the device is looked at: what it gives for an error when it was pulled out is anything, success included. Any thread.
 */
public final class Failures {
    private final Gate gate;
    private final Keeper keeper;
    private final boolean lossIsForGood;
    private final Loss loss = new Loss();

    private Failures(Gate gate, Keeper keeper, boolean lossIsForGood) {
        this.gate = gate;
        this.keeper = keeper;
        this.lossIsForGood = lossIsForGood;
    }

    /** {@return what becomes of a volume's failures: one of a flush is the volume's, until the loss is accepted} */
    static Failures ofVolume(Gate gate, Keeper keeper) {
        return new Failures(gate, keeper, true);
    }

    /**
     * {@return what becomes of a drive's failures: one of a flush is over once the tape has been repositioned, because whoever
     * does that has learnt where the tape's last good record is}
     */
    static Failures ofDrive(Gate gate, Keeper keeper) {
        return new Failures(gate, keeper, false);
    }

    /** Counts an operation that failed. */
    void count() {
        gate.failed();
    }

    /** {@return what an operation ends with, whatever was thrown; counts it} */
    StorageException failed(Tenure tenure, String operation, Throwable thrown) {
        count();
        return explained(tenure, Faults.asStorageException(tenure, operation, thrown));
    }

    /** {@return the failure of an operation; that of its device when there is something wrong with that} */
    StorageException explained(Tenure tenure, StorageException failure) {
        return trouble(tenure).map(trouble -> because(trouble, failure)).orElse(failure);
    }

    /** {@return what is wrong with the device of a tenure; the volume's keeper knows it then, too} */
    public Optional<StorageException> trouble(Tenure tenure) {
        return trouble(tenure.device());
    }

    /** As {@link #trouble(Tenure)}. */
    public Optional<StorageException> trouble(DeviceWatch device) {
        Optional<StorageException> trouble = device.look();
        trouble.ifPresent(known -> keeper.lostDevice(device, known));
        return trouble;
    }

    private static StorageException because(StorageException trouble, StorageException failure) {
        if (failure.kind() == trouble.kind() && failure.detail().startsWith(trouble.detail())) {
            return failure;
        }
        StorageException known = StorageException.of(
                        trouble.kind(), failure.operation(), trouble.detail() + " (" + failure.detail() + ")", failure)
                .target(failure.target())
                .strategy(failure.strategy())
                .range(failure.offset(), failure.length())
                .transferred(failure.transferred())
                .build();
        return failure.isBufferKept() ? known.keepingBuffer() : known;
    }

    /**
     * A read did not do what it wanted, or says so: looks whether it met an end, and whether that is the device's.
     *
     * @param moved by how much it moved the buffer's position
     * @throws StorageException also when the driver broke its contract; as {@link #checkEnd}
     */
    void checkShort(Tenure tenure, long position, int wanted, int done, int moved) throws StorageException {
        if (moved != Math.max(done, 0) || done < 0 && wanted == 0) {
            throw Faults.miscounted(tenure, "read", done, moved);
        }
        checkEnd(tenure, position, wanted, done);
    }

    /**
     * A read has met an end: looks whether that is the device's.
     *
     * @param done what it returned: less than it wanted
     * @throws StorageException when there is something wrong with the device; what was read is told as transferred
     */
    void checkEnd(Tenure tenure, long position, long wanted, long done) throws StorageException {
        StorageException early = early(tenure, position, wanted, done);
        if (early != null) {
            throw early;
        }
    }

    /** {@return the failure of a read that met an end which is none; null when it is one} As {@link #checkEnd}. */
    StorageException early(Tenure tenure, long position, long wanted, long done) {
        long transferred = Math.max(done, 0);
        return position + transferred < tenure.device().size()
                ? trouble(tenure)
                        .map(trouble -> failure(tenure, "read", trouble)
                                .range(position, wanted)
                                .transferred(transferred)
                                .build())
                        .orElse(null)
                : null;
    }

    /** The target has no length: looks whether that is so because its device is gone. */
    void checkEmpty(Tenure tenure) throws StorageException {
        Optional<StorageException> trouble = tenure.device().size() > 0 ? trouble(tenure) : Optional.empty();
        if (trouble.isPresent()) {
            throw failure(tenure, "size", trouble.get()).build();
        }
    }

    private static StorageException.Builder failure(Tenure tenure, String operation, StorageException trouble) {
        return StorageException.of(trouble.kind(), operation, trouble.detail())
                .target(tenure.target())
                .strategy(tenure.strategy());
    }

    /** {@return why a flush that the driver's queue completed has failed all the same; null when it hasn't} */
    StorageException ofCompletedFlush(Tenure tenure) {
        Throwable lost = tenure.flushes().failure();
        if (lost != null) {
            return Faults.flushFailed(tenure, lost);
        }
        return tenure.device()
                .look()
                .map(trouble -> flushFailed(tenure, trouble))
                .orElse(null);
    }

    /**
     * A flush that nobody called for has failed, or has not ended: with a drive the next caller is told. (Of a volume it is the
     * volume's, and fails them all.)
     */
    public void lost(Tenure tenure, StorageException failure) {
        if (!lossIsForGood && failure.kind() != Kind.REMOVED) {
            loss.note(Faults.flushFailed(tenure, failure));
        }
    }

    /** {@return the failure of a flush, of which its caller is told by it} */
    StorageException told(StorageException failure) {
        if (!lossIsForGood && failure.kind() != Kind.REMOVED) {
            loss.note(failure);
            loss.isTold();
        }
        return failure;
    }

    /** {@return whether a flush of the drive has failed, and that is not over yet} */
    public boolean hasLost() {
        return loss.isPending();
    }

    /** Fails if a flush that nobody called for did, and no caller has been told. */
    void tellOfLoss() throws StorageException {
        loss.tell();
    }

    /** Fails as long as what a flush has lost is not over. */
    void refuseFlush() throws StorageException {
        loss.refuse();
    }

    /** Refuses what depends on where the tape stands. What is lost comes first: that the place is not known does not say it. */
    void refuseInDoubt(Tenure tenure, String operation) throws StorageException {
        loss.tell();
        tenure.refuseInDoubt(operation);
    }

    /** The tape has been repositioned, by a caller who knew. */
    void repositioned(Tenure tenure) throws StorageException {
        loss.over();
        tenure.repositioned();
    }

    /**
     * {@return what a flush that failed ends with} Of a volume it is the volume's from this moment on: {@code REMOVED} where the
     * device is gone, and what it did not flush counts when that is back; else {@code FLUSH_FAILED}.
     */
    public StorageException flushFailed(Tenure tenure, Throwable thrown) {
        StorageException failure = Faults.flushFailed(tenure, thrown);
        Optional<StorageException> trouble = trouble(tenure);
        if (trouble.isPresent() && trouble.get().kind() == Kind.REMOVED) {
            return because(trouble.get(), Faults.asStorageException(tenure, "flush", thrown));
        }
        if (lossIsForGood) {
            keeper.lostData(failure);
        }
        return failure;
    }
}

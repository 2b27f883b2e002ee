package io.pinion.volume.tape;

import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;

/** Failures in the words of streams: charged to a record, or told once more. */
final class Failed {
    private Failed() {}

    /** {@return the failure of a drive as that of a stream, in other words; it keeps what drive and driver told} */
    static StorageException of(Kind kind, StorageException thrown, String operation, String detail) {
        return of(kind, thrown, operation, detail, thrown.offset(), thrown.length());
    }

    /** {@return as above, concerning so many bytes from this one of the stream on} */
    static StorageException of(
            Kind kind, StorageException thrown, String operation, String detail, long offset, long length) {
        return StorageException.of(kind, operation, detail, thrown)
                .target(thrown.target())
                .strategy(thrown.strategy())
                .range(offset, length)
                .transferred(thrown.transferred())
                .build();
    }

    /**
     * {@return a failure that was told before, as a new exception} One object thrown twice, by a call and by the close after it,
     * would have try-with-resources add it to itself.
     */
    static StorageException again(StorageException told) {
        StorageException again = of(told.kind(), told, told.operation(), told.detail());
        for (Throwable suppressed : told.getSuppressed()) {
            again.addSuppressed(suppressed);
        }
        return again;
    }

    /** {@return what the drive threw and is no failure that its contract allows} */
    static StorageException fault(String operation, Throwable thrown) {
        return fault(operation, "the drive", thrown);
    }

    /** {@return the same of the callback that gives tapes} */
    static StorageException faultOfNext(Throwable thrown) {
        return fault("next", "who was asked for the next tape,", thrown);
    }

    private static StorageException fault(String operation, String who, Throwable thrown) {
        return StorageException.of(Kind.STRATEGY_FAULT, operation, who + " threw " + thrown)
                .cause(thrown)
                .build();
    }

    static StorageException interrupted(String operation) {
        Thread.currentThread().interrupt();
        return StorageException.of(
                        Kind.INTERRUPTED, operation, "the thread was interrupted; nothing is lost, call again to go on")
                .build();
    }

    static StorageException closed(String operation) {
        return StorageException.of(Kind.CLOSED, operation, "the stream is closed")
                .build();
    }
}

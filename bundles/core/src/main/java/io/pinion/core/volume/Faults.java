package io.pinion.core.volume;

import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import java.nio.ByteBuffer;

/** Turns what drivers throw, and what they do against their contract, into the one typed failure. */
public final class Faults {
    private Faults() {}

    /** {@return what was thrown, as a {@link StorageException}; anything else than one is the driver's fault} */
    public static StorageException asStorageException(Tenure tenure, String operation, Throwable thrown) {
        return thrown instanceof StorageException failure
                ? failure.in(tenure.target(), tenure.strategy())
                : fault(tenure, operation, "it threw " + thrown, thrown);
    }

    /** {@return the failure of a flush, whatever the driver threw} */
    public static StorageException flushFailed(Tenure tenure, Throwable thrown) {
        if (thrown instanceof StorageException failure && failure.kind() == Kind.FLUSH_FAILED) {
            return failure.in(tenure.target(), tenure.strategy());
        }
        String remedy = tenure.tape() == null
                ? "reopen the volume accepting the loss"
                : "reposition the tape, and write again what followed the last flush";
        String detail = "data that was written may be lost: " + thrown.getMessage() + "; " + remedy;
        StorageException.Builder failure = thrown instanceof StorageException known
                ? StorageException.of(Kind.FLUSH_FAILED, "flush", detail, known)
                : StorageException.of(Kind.FLUSH_FAILED, "flush", detail).cause(thrown);
        return failure.target(tenure.target()).strategy(tenure.strategy()).build();
    }

    /** {@return whether it is the driver that broke its contract, and not what it drives} */
    static boolean isFault(Throwable thrown) {
        return !(thrown instanceof StorageException failure) || failure.kind() == Kind.STRATEGY_FAULT;
    }

    static StorageException miscounted(Tenure tenure, String operation, long returned, long moved) {
        String detail = "it returned " + returned + " but moved the buffer by " + moved;
        return fault(tenure, operation, detail, null);
    }

    /** {@return the failure of a driver that broke its contract} */
    public static StorageException fault(Tenure tenure, String operation, String detail, Throwable cause) {
        return StorageException.of(
                        Kind.STRATEGY_FAULT,
                        operation,
                        "strategy " + tenure.strategy() + " broke its contract: " + detail)
                .target(tenure.target())
                .strategy(tenure.strategy())
                .cause(cause)
                .build();
    }

    /**
     * Puts the buffer where the failure says it is, and its limit where it was, whatever the driver did to them.
     *
     * @param wanted how much remained behind the position before
     * @return how much was transferred
     */
    static int rewind(ByteBuffer buffer, int before, int wanted, long transferred) {
        int done = (int) Math.max(0, Math.min(transferred, wanted));
        buffer.limit(before + wanted).position(before + done);
        return done;
    }

    /** {@return what a driver returned, which must not be null} */
    static <T> T given(Tenure tenure, String operation, T returned) throws StorageException {
        if (returned == null) {
            throw fault(tenure, operation, "it returned null", null);
        }
        return returned;
    }
}

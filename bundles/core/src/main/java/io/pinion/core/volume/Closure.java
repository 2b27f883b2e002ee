package io.pinion.core.volume;

import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import java.util.Objects;

/**
 * Why a gate is closed, and until when an operation waits at it. Immutable.
 *
 * @param why a sentence for whoever waits in vain
 * @param deadline of {@link System#nanoTime()}: waiting beyond it ends with the failure
 * @param kind of that failure
 * @param cause of that failure, or null
 * @param yieldsToInterrupt whether an interrupted thread stops waiting; not for the moment that a swap of a volume takes
 */
public record Closure(String why, long deadline, Kind kind, Throwable cause, boolean yieldsToInterrupt) {
    /** Checks. */
    public Closure {
        Objects.requireNonNull(why);
        Objects.requireNonNull(kind);
    }

    /**
     * {@return closed for the moment of a swap, which takes no longer than so many nanoseconds}
     *
     * @param yieldsToInterrupt where it may be long
     */
    public static Closure forSwap(String why, long boundNanos, boolean yieldsToInterrupt) {
        return new Closure(why, System.nanoTime() + boundNanos, Kind.TIMEOUT, null, yieldsToInterrupt);
    }

    /** {@return closed until a strategy comes, or so many nanoseconds are over} */
    public static Closure waiting(String why, long graceNanos) {
        return new Closure(why, System.nanoTime() + graceNanos, Kind.UNAVAILABLE, null, true);
    }

    /** {@return closed to every operation at once} */
    public static Closure shut(Kind kind, String why, Throwable cause) {
        return new Closure(why, System.nanoTime(), kind, cause, true);
    }

    /** {@return this closure with other words} */
    public Closure because(String newWhy) {
        return new Closure(newWhy, deadline, kind, cause, yieldsToInterrupt);
    }

    /** {@return how long to wait yet, in nanoseconds; not positive when the time is over} */
    long remaining() {
        return deadline - System.nanoTime();
    }

    StorageException failure(String operation, String gated) {
        return StorageException.of(kind, operation, gated + ": " + why)
                .cause(cause)
                .build();
    }
}

package io.pinion.core.volume;

import io.pinion.strategy.Claim;
import io.pinion.strategy.Presence;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.Target;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Watches the device of one claim: whether it is still there, and not smaller than it was. It asks the claim, and nobody on
 * the way of an operation that succeeds asks it, flushes excepted. What was found wrong once stays so; what shrank may be
 * gone later. Safe for any thread: who asks waits up to 5 s, whoever made the claim, and while an answer is overdue nobody
 * asks again.
 */
public final class DeviceWatch {
    /** Watches nothing: the target has no claim that could tell. */
    public static final DeviceWatch NONE = new DeviceWatch(null, null, null);

    private static final long ANSWER_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final String SILENCE =
            "its claim has not told within " + TimeUnit.NANOSECONDS.toSeconds(ANSWER_NANOS)
                    + " s whether the device is there, and is not asked again until that call returns or the volume is reopened:"
                    + " a removal is nothing but operations that fail, and no strategy is opened";

    private final Target target;
    private final Claim claim;
    private final BoundedCalls calls;
    /** How many calls of the claim nobody waits for any more. An answer may be counted before the wait for it is given up. */
    private final AtomicInteger overdue = new AtomicInteger();

    private volatile long size = -1;
    private volatile StorageException trouble;

    private DeviceWatch(Target target, Claim claim, BoundedCalls calls) {
        this.target = target;
        this.claim = claim;
        this.calls = calls;
    }

    /**
     * {@return what watches the device that was claimed just now; {@link #NONE} where the claim can't tell}
     *
     * @throws StorageException {@code TIMEOUT} when it does not say so in time
     */
    public static DeviceWatch of(Target target, Claim claim, BoundedCalls calls) throws StorageException {
        DeviceWatch watch = new DeviceWatch(target, claim, calls);
        Presence now = watch.ask();
        watch.refuseIfSilent();
        watch.size = now.size().orElse(-1);
        return now.isKnown() ? watch : NONE;
    }

    /** {@return whether there is anything to watch} */
    public boolean isWatching() {
        return claim != null;
    }

    /** {@return the size in bytes when it was looked at last; -1 where there is none} */
    public long size() {
        return size;
    }

    /**
     * {@return what is wrong with the device, as the failure of looking at it: {@code REMOVED}, {@code TARGET_CHANGED}} While
     * an answer is overdue, what is known to be wrong.
     */
    public Optional<StorageException> look() {
        if (claim != null && !isGone()) {
            compare(ask());
        }
        return Optional.ofNullable(trouble);
    }

    /**
     * Looks, for who goes on only if nothing is wrong.
     *
     * @throws StorageException as {@link #look}; {@code TIMEOUT} while an answer is overdue
     */
    public void check() throws StorageException {
        Optional<StorageException> wrong = look();
        if (wrong.isPresent()) {
            throw wrong.get();
        }
        refuseIfSilent();
    }

    /** {@return that an answer is overdue, in words for the operator} */
    public Optional<String> silence() {
        return overdue.get() > 0 ? Optional.of(SILENCE) : Optional.empty();
    }

    private void refuseIfSilent() throws StorageException {
        Optional<String> silence = silence();
        if (silence.isPresent()) {
            throw failure(target, Kind.TIMEOUT, silence.get());
        }
    }

    private boolean isGone() {
        StorageException known = trouble;
        return known != null && known.kind() == Kind.REMOVED;
    }

    private Presence ask() {
        if (overdue.get() > 0) {
            return Presence.unknown();
        }
        try {
            return calls.call("presence", ANSWER_NANOS, this::presence, this::answered);
        } catch (StorageException e) {
            if (e.kind() == Kind.TIMEOUT) {
                overdue.incrementAndGet();
            }
            return Presence.unknown();
        }
    }

    /** An answer has come that nobody waits for. */
    private void answered(Presence late) {
        compare(late);
        overdue.decrementAndGet();
    }

    /** A guard's defect is not to change what its volume's operations end with. */
    private Presence presence() {
        try {
            return Objects.requireNonNull(claim.presence());
        } catch (RuntimeException e) {
            return Presence.unknown();
        }
    }

    private synchronized void compare(Presence now) {
        if (isGone()) {
            return;
        }
        if (now.isGone()) {
            trouble = failure(target, Kind.REMOVED, "the device is gone: " + now.detail());
        } else if (trouble != null) {
            return;
        } else if (now.size().isPresent() && now.size().getAsLong() < size) {
            trouble = shrunk(target, size, now.size().getAsLong());
        } else {
            size = now.size().orElse(size);
        }
    }

    /** {@return the failure of a device that has become smaller} */
    public static StorageException shrunk(Target target, long before, long now) {
        return failure(target, Kind.TARGET_CHANGED, "the device shrank from " + before + " to " + now + " bytes");
    }

    /** {@return in words, that a device has become larger just now} */
    public static String grown(long before, long now) {
        return "its device grew from " + before + " to " + now + " bytes at "
                + Instant.now().truncatedTo(ChronoUnit.SECONDS);
    }

    private static StorageException failure(Target target, Kind kind, String detail) {
        return StorageException.of(kind, "look", detail).target(target).build();
    }
}

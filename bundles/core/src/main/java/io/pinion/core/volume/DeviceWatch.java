package io.pinion.core.volume;

import io.pinion.strategy.Claim;
import io.pinion.strategy.Presence;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.Target;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Watches the device of one claim: whether it is still there, and not smaller than it was. It asks the claim, and nobody on
 * the way of an operation that succeeds asks it, flushes excepted. What was found wrong once stays so; what shrank may be gone later. Safe for any thread.
 */
public final class DeviceWatch {
    /** Watches nothing: the target has no claim that could tell. */
    public static final DeviceWatch NONE = new DeviceWatch(null, null, -1);

    private final Target target;
    private final Claim claim;
    private volatile long size;
    private volatile StorageException trouble;

    private DeviceWatch(Target target, Claim claim, long size) {
        this.target = target;
        this.claim = claim;
        this.size = size;
    }

    /** {@return what watches the device that was claimed just now; {@link #NONE} where the claim can't tell} */
    public static DeviceWatch of(Target target, Claim claim) {
        Presence now = presence(claim);
        return now.isKnown() ? new DeviceWatch(target, claim, now.size().orElse(-1)) : NONE;
    }

    /** {@return whether there is anything to watch} */
    public boolean isWatching() {
        return claim != null;
    }

    /** {@return the size in bytes when it was looked at last; -1 where there is none} */
    public long size() {
        return size;
    }

    /** {@return what is wrong with the device, as the failure of looking at it: {@code REMOVED}, {@code TARGET_CHANGED}} */
    public Optional<StorageException> look() {
        if (claim != null && !isGone()) {
            compare(presence(claim));
        }
        return Optional.ofNullable(trouble);
    }

    private boolean isGone() {
        StorageException known = trouble;
        return known != null && known.kind() == Kind.REMOVED;
    }

    /** A guard's defect is not to change what its volume's operations end with. */
    private static Presence presence(Claim claim) {
        try {
            return claim.presence();
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

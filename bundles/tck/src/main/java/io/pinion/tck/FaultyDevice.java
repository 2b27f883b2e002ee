package io.pinion.tck;

import io.pinion.strategy.Presence;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.Target;
import io.pinion.strategy.TargetInspection;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What a {@link FaultyGuard} takes its targets for: a device that is pulled out and put back, exchanged for another, and changes
 * its size. What drivers get from it meanwhile is for a {@link FaultyStrategy} to say. Safe for any thread.
 */
public final class FaultyDevice {
    private volatile String lastingIdentity;
    private volatile long size;
    private volatile boolean attached = true;
    /** Another one each time that a device is put in. */
    private final AtomicInteger attachment = new AtomicInteger();

    FaultyDevice(String lastingIdentity, long size) {
        this.lastingIdentity = Objects.requireNonNull(lastingIdentity);
        this.size = size;
    }

    /** Pulls it out: claims that there are say that it is gone, and no other can be made. */
    public void remove() {
        attached = false;
    }

    /** Puts it in again. Claims that were made before stay those of a device that is gone. */
    public void insert() {
        attachment.incrementAndGet();
        attached = true;
    }

    /** Puts another device in, under the same name. */
    public void insert(String otherLastingIdentity) {
        lastingIdentity = Objects.requireNonNull(otherLastingIdentity);
        insert();
    }

    /** It has so many bytes from now on. */
    public void resize(long bytes) {
        size = bytes;
    }

    int attachment() {
        return attachment.get();
    }

    String lastingIdentity() {
        return lastingIdentity;
    }

    Presence presence(int claimed) {
        return attached && claimed == attachment.get() ? Presence.present(size) : Presence.gone("it was pulled out");
    }

    TargetInspection seen(TargetInspection found) {
        return attached
                ? found.known(lastingIdentity)
                : TargetInspection.of(TargetInspection.Kind.MISSING, "", 0, found.access(), "pulled out");
    }

    void requireAttached(Target target) throws StorageException {
        if (!attached) {
            throw StorageException.of(Kind.NOT_FOUND, "claim", "it was pulled out")
                    .target(target)
                    .build();
        }
    }
}

package io.pinion.volume;

import org.osgi.annotation.versioning.ProviderType;

/** A {@link TrafficObserver} at work. Ends by itself with the volume. */
@ProviderType
public interface Observation extends AutoCloseable {
    /** Ends it; a call that is under way may still come through. Any thread; further calls do nothing. */
    @Override
    void close();
}

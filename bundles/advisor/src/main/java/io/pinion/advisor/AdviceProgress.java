package io.pinion.advisor;

import java.time.Duration;
import org.osgi.annotation.versioning.ConsumerType;

/** Told how far it is. Called on the thread that asked for advice; must return soon. */
@ConsumerType
@FunctionalInterface
public interface AdviceProgress {
    /**
     * Told before each sample, which takes a second at most.
     *
     * @param doing what is being measured, in a few words
     * @param done which part of it is over, 0 to 1
     * @param left how long it will take, about
     */
    void at(String doing, double done, Duration left);
}

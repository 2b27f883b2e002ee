package io.pinion.volume.choice;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Chooses strategies for volumes that are configured with {@code strategy=auto}. A service; of several the one with the highest
 * ranking is used. When another comes, or this one leaves, each choosing is closed, and the volume goes on as it is.
 */
@ConsumerType
public interface StrategyChooser {
    /**
     * Begins to choose for a volume. Called on a thread of core's, for each such volume once; must be back within 5 s and
     * choose on a thread of its own. A volume for which nothing has been chosen yet, and whose configuration lists no
     * strategies, waits for the first choice.
     *
     * @param volume for which to choose; its methods work until the choosing is closed
     * @return what goes on from now on
     */
    Choosing begin(Candidacy volume);
}

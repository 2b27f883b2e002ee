package io.pinion.volume.choice;

import io.pinion.strategy.Access;
import io.pinion.strategy.PageCacheUse;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.Target;
import io.pinion.volume.Observation;
import io.pinion.volume.StrategyChoice;
import io.pinion.volume.SwapReport;
import io.pinion.volume.TrafficObserver;
import io.pinion.volume.VolumeStatistics;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** A volume whose strategy is to be chosen. Any thread. */
@ProviderType
public interface Candidacy {
    /** {@return the volume's name} */
    String volume();

    /** {@return what it stores its bytes on} */
    Target target();

    /** {@return what it may be used for} */
    Access access();

    /**
     * {@return the strategies that may be chosen: those that the configuration lists, else all that serve the target's scheme; each
     * with what it says of the target, which may be that it can't} Asks them, each for up to 5 s.
     *
     * @throws StorageException when the target can't be looked at
     */
    List<StrategyChoice> strategies() throws StorageException;

    /** {@return the strategy that serves now; empty while none does} */
    Optional<String> serving();

    /** {@return the strategy that an operator has swapped to by hand: until that ends nothing is chosen; empty while none} */
    Optional<String> override();

    /** {@return what the volume has done} */
    VolumeStatistics statistics();

    /** {@return what the page cache has of the target; empty where nobody can tell, or while the volume holds no target} */
    Optional<PageCacheUse> pageCache();

    /** Has some of the traffic shown to the observer, until it is closed or the choosing ends. */
    Observation observe(TrafficObserver observer);

    /**
     * Has the volume swapped to a strategy, and keeps it there. Waits for that, within the bounds of a swap.
     *
     * @param strategy one of {@link #strategies()}
     * @param why in a few words, for the swap's report
     * @return what came of it; {@code REFUSED} also while an operator's choice overrides it
     * @throws StorageException {@code CLOSED} when the choosing has ended, {@code INTERRUPTED}, {@code TIMEOUT}
     */
    SwapReport choose(String strategy, String why) throws StorageException;
}

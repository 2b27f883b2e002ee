package io.pinion.core.control;

import io.pinion.volume.StrategyStatus;
import java.util.Collection;
import java.util.List;

/** Knows of strategies that ought to be registered and are not, as those of a bundle that does not resolve. */
public interface Absentees {
    /** Without a container nothing can be absent: what was added is there. */
    Absentees NONE = present -> List.of();

    /**
     * {@return each of them, and why it is not there} Looks at all that is installed, so it is for somebody who asks; never
     * while a lock is held.
     *
     * @param present the registrations that have come to core
     */
    List<StrategyStatus> besides(Collection<StrategyEntry> present);
}

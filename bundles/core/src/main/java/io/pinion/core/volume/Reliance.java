package io.pinion.core.volume;

import io.pinion.strategy.Examination;
import io.pinion.strategy.Geometry;
import io.pinion.strategy.TransferFlags;
import java.util.Optional;

/** What callers of a volume rely on, because they have used it: who lacks it does not serve the volume. Any thread. */
public final class Reliance {
    private volatile TransferFlags flags = TransferFlags.NONE;
    /** Its limits are those of the last tenure on which an atomic write was made. */
    private volatile Geometry atomicWrites = Geometry.builder().build();

    Reliance() {}

    /** Notes what was granted, by a tenure of this geometry. Takes a lock for what is new alone. */
    void note(TransferFlags granted, Geometry geometry) {
        boolean moreAtomic = granted.contains(TransferFlags.ATOMIC) && atomicWrites != geometry;
        if (moreAtomic || !flags.contains(granted)) {
            add(granted, geometry);
        }
    }

    private synchronized void add(TransferFlags granted, Geometry geometry) {
        // First, as nobody looks at it before the flag is there.
        if (granted.contains(TransferFlags.ATOMIC)) {
            atomicWrites = geometry;
        }
        flags = flags.with(granted);
    }

    /** {@return in which words a strategy that found this falls short of it; empty when it does not} */
    public Optional<String> unmetBy(Examination found) {
        TransferFlags missing = Tenure.unmet(flags, found);
        if (!missing.isEmpty()) {
            return Optional.of("does not support flags " + missing + ", which callers of the volume use");
        }
        Geometry used = atomicWrites;
        Geometry offered = found.geometry();
        boolean narrower = offered.atomicWriteMinimum() > used.atomicWriteMinimum()
                || offered.atomicWriteMaximum() < used.atomicWriteMaximum();
        return flags.contains(TransferFlags.ATOMIC) && narrower
                ? Optional.of("has " + atomicLimits(offered) + "; callers of the volume rely on " + atomicLimits(used))
                : Optional.empty();
    }

    private static String atomicLimits(Geometry geometry) {
        return "atomic writes from " + geometry.atomicWriteMinimum() + " to " + geometry.atomicWriteMaximum()
                + " bytes";
    }
}

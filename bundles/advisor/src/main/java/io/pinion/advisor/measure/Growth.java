package io.pinion.advisor.measure;

import io.pinion.advisor.play.Stint;
import io.pinion.strategy.StorageException;

/** How much of the target a stint leaves in the page cache, over all its laps; between cold ones it is emptied. For one thread. */
final class Growth implements Stint.Breaks {
    private final TargetCache cache;
    private final boolean cold;
    private long before;
    private long grown;

    Growth(TargetCache cache, boolean cold) {
        this.cache = cache;
        this.cold = cold;
        before = cache.cached();
    }

    @Override
    public void lap() throws StorageException {
        grown = bytes();
        cache.empty();
        before = cache.cached();
    }

    @Override
    public boolean isBetweenLaps() {
        return cold;
    }

    /** {@return so many bytes until now; 0 where nobody can tell} */
    long bytes() {
        return before < 0 ? 0 : grown + cache.cached() - before;
    }
}

package io.pinion.core.volume;

import java.util.ArrayList;
import java.util.List;

/** The drivers' queues that were given back and are not quiet yet. One thread at a time; {@link #isSettled} any thread. */
final class Leftovers {
    private final List<Unreaped> unreaped = new ArrayList<>();
    private volatile boolean settled = true;

    void add(Unreaped rest) {
        unreaped.add(rest);
        settled = false;
    }

    /** {@return whether there are none} */
    boolean isSettled() {
        return settled;
    }

    /** Lets go of what drivers are done with by now, counting it as ended; {@return whether nothing is left} */
    boolean settle(Cell cell) {
        unreaped.removeIf(rest -> rest.settle(cell));
        settled = unreaped.isEmpty();
        return settled;
    }
}

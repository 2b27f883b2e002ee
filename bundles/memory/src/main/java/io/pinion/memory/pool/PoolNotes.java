package io.pinion.memory.pool;

import io.pinion.linux.Pagemap;
import io.pinion.memory.PoolStatus;
import io.pinion.memory.mlock.Bytes;
import java.util.ArrayList;
import java.util.List;

/** What the pool holds and how, as sentences for the operator. */
final class PoolNotes {
    private PoolNotes() {}

    /** @param hugePages whether they are wanted */
    static List<String> of(PoolStatus status, boolean hugePages) {
        List<String> notes = new ArrayList<>();
        notes.add("leased " + Bytes.text(status.leased()) + " of " + Bytes.text(status.held()) + " in "
                + status.arenas() + " arenas, limit=" + Bytes.text(status.limit()));
        String small = hugePages && status.huge() < status.held() ? " (" + Pagemap.NO_HUGE_PAGES + ")" : "";
        notes.add("on huge pages " + Bytes.text(status.huge()) + small + ", pinned " + Bytes.text(status.pinned()));
        if (!status.unpinned().isEmpty()) {
            notes.add("not all is pinned: " + status.unpinned());
        }
        if (status.waiting() > 0) {
            notes.add(status.waiting() + " threads wait for a lease: close leases, or raise limit in "
                    + PoolConfiguration.PID);
        }
        if (status.leaks() > 0) {
            notes.add(status.leaks() + " leases were never closed: see the log; leak.detail in " + PoolConfiguration.PID
                    + " tells where they were taken");
        }
        return notes;
    }
}

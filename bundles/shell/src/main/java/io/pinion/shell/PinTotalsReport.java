package io.pinion.shell;

import io.pinion.memory.PinTotals;
import io.pinion.shell.text.Units;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** What is pinned in all, beside the kernel's own counts, and what limits it. */
final class PinTotalsReport {
    private static final String UNKNOWN = "unknown";

    private PinTotalsReport() {}

    /** @param registered by Pinion's rings, in bytes */
    static List<String> lines(PinTotals totals, OptionalLong registered) {
        List<String> lines = new ArrayList<>();
        lines.add("pinned " + Units.bytes(totals.pinned()) + ", each page once, limit=" + amount(totals.budget())
                + " in io.pinion.memory");
        lines.add("locked by the process (VmLck) "
                + process(totals.locked(), OptionalLong.of(totals.pinned()), "pinned here", "locked"));
        lines.add("registered in the process (VmPin) "
                + process(totals.registered(), registered, "registered by Pinion's rings", "pinned"));
        lines.add("RLIMIT_MEMLOCK=" + limit(totals.resourceLimit())
                + (totals.isExempt()
                        ? ", which does not hold for this process (CAP_IPC_LOCK)"
                        : ", for what is locked and, apart from that, for what the user's rings have; raise it with"
                                + " LimitMEMLOCK= or ulimit -l"));
        return lines;
    }

    /** What the kernel counts for the process, ours of it, and the difference, which changes between two looks. */
    private static String process(OptionalLong all, OptionalLong ours, String whose, String what) {
        if (all.isEmpty()) {
            return UNKNOWN;
        }
        if (ours.isEmpty()) {
            return Units.bytes(all.getAsLong());
        }
        long others = all.getAsLong() - ours.getAsLong();
        String rest = others < 0
                ? "of which the kernel counts " + Units.bytes(-others) + " no more"
                : Units.bytes(others) + " " + what + " by others in the process";
        return Units.bytes(all.getAsLong()) + ": " + Units.bytes(ours.getAsLong()) + " " + whose + ", " + rest;
    }

    private static String limit(OptionalLong limit) {
        return limit.isPresent() ? amount(limit.getAsLong()) : UNKNOWN;
    }

    private static String amount(long bytes) {
        return bytes == Long.MAX_VALUE ? "unlimited" : Units.bytes(bytes);
    }
}

package io.pinion.shell;

import io.pinion.memory.PinStatus;
import io.pinion.memory.PinnedPage;
import io.pinion.shell.text.Table;
import io.pinion.shell.text.Units;
import java.util.ArrayList;
import java.util.List;

/**
 * The pages of the open pins; those that follow each other in memory and among the frames, or whose frames are hidden, in one
 * row. Pages under several pins are shown with each.
 */
final class PageTable {
    /** Of what size frames are numbered; where it is another, huge pages don't share a row. */
    private static final long FRAME = 4096;

    /** What no file is behind has no name (proc_pid_maps(5)). */
    private static final String ANONYMOUS = "anonymous";

    private static final String HIDDEN = "frame numbers are hidden from this process; the kernel shows them to"
            + " CAP_SYS_ADMIN alone (proc_pid_pagemap(5))";

    /** Pages of one size and mapping, from the first to the last. */
    private record Run(PinnedPage first, PinnedPage last, int count) {
        boolean isFollowedBy(PinnedPage page) {
            long frames = first.frame().isPresent() ? count * frames(page) : 0;
            return page.address() == last.address() + last.size()
                    && page.size() == last.size()
                    && page.mapping().equals(last.mapping())
                    && page.frame().orElse(0) == first.frame().orElse(0) + frames;
        }

        /** {@return how many frames a page has} */
        private static long frames(PinnedPage page) {
            return page.size() / FRAME;
        }
    }

    private PageTable() {}

    static List<String> lines(List<PinStatus> pins) {
        Table table = Table.of("ADDRESS", ">SIZE", ">PAGES", ">PAGE SIZE", "FRAME", "MAPPING", "OWNER");
        boolean isHidden = false;
        boolean isEmpty = true;
        for (PinStatus pin : pins) {
            for (Run run : runs(pin.pages())) {
                row(table, run, pin.owner());
                isHidden |= run.first.frame().isEmpty();
                isEmpty = false;
            }
        }
        if (isEmpty) {
            return List.of("no page is pinned");
        }
        List<String> lines = new ArrayList<>(table.lines());
        if (isHidden) {
            lines.add(HIDDEN);
        }
        return lines;
    }

    private static List<Run> runs(List<PinnedPage> pages) {
        List<Run> runs = new ArrayList<>();
        Run run = null;
        for (PinnedPage page : pages) {
            if (run != null && run.isFollowedBy(page)) {
                run = new Run(run.first, page, run.count + 1);
                runs.set(runs.size() - 1, run);
            } else {
                run = new Run(page, page, 1);
                runs.add(run);
            }
        }
        return runs;
    }

    private static void row(Table table, Run run, String owner) {
        PinnedPage page = run.first;
        table.row(
                PinTable.address(page.address()),
                Units.bytes(run.count * page.size()),
                Units.count(run.count),
                Units.bytes(page.size()),
                page.frame().isPresent() ? "0x" + Long.toHexString(page.frame().getAsLong()) : "-",
                page.mapping().isEmpty() ? ANONYMOUS : page.mapping(),
                owner);
    }
}

package io.pinion.linux.claim;

import io.pinion.linux.Linux;
import io.pinion.linux.Statx;
import io.pinion.linux.SystemCalls;
import java.nio.file.Path;
import java.util.Optional;

/** A device node of a block device, or a link to one. */
final class BlockNode {
    private BlockNode() {}

    /** {@return MAJOR:MINOR of the block device that a path leads to} Opens nothing. */
    static Optional<String> number(SystemCalls calls, Path path) {
        Statx stat = new Statx();
        return stat.fill(calls, path, Linux.STATX_BASIC_STATS) >= 0 && stat.type() == Linux.S_IFBLK
                ? Optional.of(stat.device())
                : Optional.empty();
    }
}

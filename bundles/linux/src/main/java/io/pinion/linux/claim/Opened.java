package io.pinion.linux.claim;

import io.pinion.linux.Errno;
import io.pinion.linux.Linux;
import io.pinion.linux.Statx;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.Target;
import java.util.List;

/**
 * What was opened for a claim, and locked.
 *
 * @param notes what an operator should know of it
 * @param forced whether others use it besides
 */
record Opened(Descriptor descriptor, List<String> notes, boolean forced) {
    private static final String OPERATION = "claim";

    static Opened alone(Descriptor descriptor) {
        return new Opened(descriptor, List.of(), false);
    }

    /** {@return the exception for an open that failed, with what can be done about it} */
    static StorageException failure(long result, Statx stat, Target target) {
        String remedy = remedy(result, stat);
        return (remedy.isEmpty() ? Errno.failure(OPERATION, result) : Errno.failure(OPERATION, result, remedy))
                .target(target)
                .build();
    }

    private static String remedy(long result, Statx stat) {
        boolean marked = stat.isMarked(Linux.STATX_ATTR_IMMUTABLE) || stat.isMarked(Linux.STATX_ATTR_APPEND);
        if (Errno.EROFS.is(result)) {
            return "use access=read-only";
        }
        if (TapeNode.isTape(stat)) {
            return tapeRemedy(result, TapeNode.of(stat));
        }
        return Errno.EPERM.is(result) && marked
                ? "it is marked immutable or append-only; use access=read-only, or chattr -i -a"
                : "";
    }

    private static String tapeRemedy(long result, TapeNode node) {
        if (Errno.EBUSY.is(result)) {
            return "somebody else has the tape drive open, which one alone can: as root, 'fuser -v "
                    + node.withoutRewind() + "' tells who";
        }
        return Errno.ENXIO.is(result) ? "no tape drive is behind the node now: it is off, or was taken away" : "";
    }
}

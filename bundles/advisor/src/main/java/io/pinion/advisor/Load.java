package io.pinion.advisor;

import java.util.List;

/**
 * The load that is played on a target, or that was seen on a volume.
 *
 * @param sizes of requests, in bytes, ascending; each is measured by itself
 * @param writePercent how many of a hundred requests are writes; 0 where nothing may be written
 * @param sequential whether each request begins where the one before ended; else at random
 * @param depth how many requests are under way at once, 1 to 4096
 * @param span over how many bytes of the target requests are spread; 0 for all of it
 * @param once whether no byte is asked for a second time, so that a cache never has it, however large it is
 */
public record Load(List<Integer> sizes, int writePercent, boolean sequential, int depth, long span, boolean once) {
    /** A load that comes back to what it has asked for. */
    public Load(List<Integer> sizes, int writePercent, boolean sequential, int depth, long span) {
        this(sizes, writePercent, sequential, depth, span, false);
    }

    /** Copies the sizes. */
    public Load {
        sizes = List.copyOf(sizes);
        if (sizes.isEmpty() || sizes.stream().anyMatch(size -> size < 512)) {
            throw new IllegalArgumentException("sizes=" + sizes + "; allowed: one or more of 512 bytes and more");
        }
        if (writePercent < 0 || writePercent > 100) {
            throw new IllegalArgumentException("writePercent=" + writePercent + "; allowed: 0 to 100");
        }
        if (depth < 1 || depth > 4096) {
            throw new IllegalArgumentException("depth=" + depth + "; allowed: 1 to 4096");
        }
        if (span < 0) {
            throw new IllegalArgumentException("span=" + span + " is negative");
        }
    }
}

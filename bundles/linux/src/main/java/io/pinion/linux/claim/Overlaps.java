package io.pinion.linux.claim;

import io.pinion.linux.Linux;
import io.pinion.linux.Statx;
import io.pinion.linux.SystemCalls;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the identities that share bytes with a target. Downwards from it (a partition's whole device, what a mapping lies
 * on, the file behind a loop device) and upwards (partitions, holders, loop devices), but never down and then up again:
 * two partitions of one device share nothing.
 */
final class Overlaps {
    private static final String BLOCK = "blk:";

    private final SystemCalls calls;
    private final BlockDevices devices;

    Overlaps(SystemCalls calls, BlockDevices devices) {
        this.calls = calls;
        this.devices = devices;
    }

    /** {@return the identities, as of now, its own first} */
    Set<String> of(String identity) {
        Set<String> below = new LinkedHashSet<>();
        Set<String> above = new LinkedHashSet<>();
        addBelow(identity, below);
        addAbove(identity, above);
        below.addAll(above);
        return below;
    }

    private void addBelow(String identity, Set<String> found) {
        if (!found.add(identity) || !identity.startsWith(BLOCK)) {
            return;
        }
        String device = identity.substring(BLOCK.length());
        devices.below(device).forEach(d -> addBelow(BLOCK + d, found));
        backing(device).ifPresent(i -> addBelow(i, found));
    }

    private void addAbove(String identity, Set<String> found) {
        if (!found.add(identity)) {
            return;
        }
        if (identity.startsWith(BLOCK)) {
            devices.above(identity.substring(BLOCK.length())).forEach(d -> addAbove(BLOCK + d, found));
        }
        for (String loop : devices.loops()) {
            if (backing(loop).filter(identity::equals).isPresent()) {
                addAbove(BLOCK + loop, found);
            }
        }
    }

    /** A file that was deleted, or is not visible from here, has no identity that anybody could claim. */
    private Optional<String> backing(String device) {
        return devices.backing(device).flatMap(path -> {
            Statx stat = new Statx();
            return stat.fill(calls, path, Linux.STATX_BASIC_STATS) < 0
                    ? Optional.empty()
                    : Optional.of(stat.identity());
        });
    }
}

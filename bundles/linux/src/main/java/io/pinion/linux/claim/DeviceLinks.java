package io.pinion.linux.claim;

import io.pinion.linux.SystemCalls;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The links to block devices that udev(7) and the device mapper keep, as they were when this was made. Best first: what goes with
 * the device itself, then with what is on it, then with the port that it is in; last what is another after a start.
 */
final class DeviceLinks {
    private static final List<String> RANKS = List.of(
            "by-id",
            "mapper",
            "by-partuuid",
            "by-uuid",
            "by-partlabel",
            "by-label",
            "by-path",
            "by-loop-ref",
            "by-diskseq");

    private final Map<String, List<Path>> links = new HashMap<>();

    DeviceLinks(SystemCalls calls, Path dev) {
        List<Path> directories = new ArrayList<>(KernelText.children(dev.resolve("disk")));
        directories.add(dev.resolve("mapper"));
        for (Path directory : directories) {
            for (Path link : KernelText.children(directory)) {
                if (KernelText.link(link).isPresent()) {
                    BlockNode.number(calls, link)
                            .ifPresent(device -> links.computeIfAbsent(device, d -> new ArrayList<>())
                                    .add(link));
                }
            }
        }
        links.values()
                .forEach(all -> all.sort(Comparator.comparing(DeviceLinks::rank).thenComparing(Path::toString)));
    }

    /** {@return the links to a device, best first} */
    List<Path> to(String device) {
        return links.getOrDefault(device, List.of());
    }

    private static int rank(Path link) {
        int rank = RANKS.indexOf(KernelText.name(link.resolveSibling("")));
        return rank < 0 ? RANKS.size() : rank;
    }
}

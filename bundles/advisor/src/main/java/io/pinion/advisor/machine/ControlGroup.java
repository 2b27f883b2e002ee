package io.pinion.advisor.machine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * What the control groups that this process is in allow it (cgroups(7)), version 2, or of version 1 memory alone.
 *
 * @param memoryLimit bytes of memory, the page cache that it fills included; empty where there is no limit
 * @param memoryUsed bytes of it in use now; 0 where there is no limit
 * @param ioLimits what io.max says, with the group's name
 */
public record ControlGroup(OptionalLong memoryLimit, long memoryUsed, List<String> ioLimits) {
    /** Version 1 says no limit by a number of pages that no machine has. */
    private static final long UNLIMITED = 1L << 60;

    /** Copies the list. */
    public ControlGroup {
        ioLimits = List.copyOf(ioLimits);
    }

    static ControlGroup of(Path proc, Path sys) {
        Path root = sys.resolve("fs/cgroup");
        List<String> limits = new ArrayList<>();
        OptionalLong limit = OptionalLong.empty();
        long used = 0;
        for (Path group : groups(proc, root)) {
            for (String line : KernelText.lines(group.resolve("io.max"))) {
                limits.add("io.max of " + group.getFileName() + ": " + line);
            }
            OptionalLong here = first(group, "memory.max", "memory.limit_in_bytes");
            if (here.isPresent() && here.getAsLong() < Math.min(UNLIMITED, limit.orElse(UNLIMITED))) {
                limit = here;
                used = first(group, "memory.current", "memory.usage_in_bytes").orElse(0);
            }
        }
        return new ControlGroup(limit, used, limits);
    }

    /** The process's own, and all above: each of them limits. */
    private static List<Path> groups(Path proc, Path root) {
        List<Path> groups = new ArrayList<>();
        for (String line : KernelText.lines(proc.resolve("self/cgroup"))) {
            String[] parts = line.split(":", 3);
            boolean second = parts.length == 3 && parts[1].isEmpty();
            boolean memory = parts.length == 3 && List.of(parts[1].split(",")).contains("memory");
            if (second || memory) {
                Path top = second ? root : root.resolve("memory");
                // Within a container the group's name may be one of outside.
                for (Path group = top.resolve(parts[2].substring(1)).normalize();
                        group != null && group.startsWith(top);
                        group = group.getParent()) {
                    groups.add(group);
                }
            }
        }
        return groups;
    }

    private static OptionalLong first(Path group, String name, String older) {
        OptionalLong figure = KernelText.number(group.resolve(name));
        return figure.isPresent() ? figure : KernelText.number(group.resolve(older));
    }
}

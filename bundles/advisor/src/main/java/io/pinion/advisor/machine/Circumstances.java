package io.pinion.advisor.machine;

import io.pinion.advisor.Confounder;
import io.pinion.advisor.Confounder.Kind;
import io.pinion.shell.text.Units;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What about this machine makes figures of a target mean less, whatever they turn out to be. */
public final class Circumstances {
    private static final Set<String> IN_MEMORY = Set.of("tmpfs", "ramfs", "hugetlbfs");

    private final Machine machine;

    /** Of a machine. */
    public Circumstances(Machine machine) {
        this.machine = machine;
    }

    /**
     * {@return them all}
     *
     * @param path what is measured
     * @param device whether that is a block device
     * @param span over how much of it requests are spread; {@link Long#MAX_VALUE} where none comes a second time
     * @param cached how much of it is in the page cache
     */
    public List<Confounder> of(Path path, boolean device, long span, long cached) {
        List<Confounder> found = new ArrayList<>();
        Optional<Disk> disk = machine.disk(path, device);
        boolean memory = isInMemory(path, device);
        if (memory) {
            found.add(new Confounder(Kind.IN_MEMORY, inMemory(path, device, disk)));
        } else {
            fits(span, machine.pageCacheRoom(cached)).ifPresent(found::add);
            host(disk).ifPresent(found::add);
        }
        limits(span, machine.controlGroup()).forEach(found::add);
        machine.crowd()
                .ifPresent(load -> found.add(new Confounder(
                        Kind.NOISE,
                        "The load average was " + load + " when it began, on "
                                + Units.count(Runtime.getRuntime().availableProcessors(), "processor")
                                + ": others compete for them, and figures are lower and less sure than on a quiet"
                                + " machine.")));
        if (device) {
            machine.mountedAt(path)
                    .ifPresent(point -> found.add(new Confounder(
                            Kind.IN_USE,
                            path + " is mounted at " + point
                                    + ": what its users do meanwhile is in the figures, and a file in it is what they"
                                    + " would measure.")));
        }
        return found;
    }

    /** {@return whether the target is memory: no page cache stands between it and anybody} */
    public boolean isInMemory(Path path, boolean device) {
        return device
                ? machine.disk(path, true).filter(Disk::inMemory).isPresent()
                : machine.fileSystem(path).filter(IN_MEMORY::contains).isPresent()
                        || machine.disk(path, false).filter(Disk::inMemory).isPresent();
    }

    private String inMemory(Path path, boolean device, Optional<Disk> disk) {
        Optional<String> type =
                device ? Optional.empty() : machine.fileSystem(path).filter(IN_MEMORY::contains);
        return type.map(
                        name -> path + " is on " + name
                                + ", which is memory: its pages are the file itself, so there is nothing that direct I/O could pass by.")
                .orElseGet(() -> path + " is " + (device ? "" : "on ")
                        + disk.map(Disk::name).orElse("a RAM disk")
                        + ", which is memory: what is measured is the processor, not a device.");
    }

    private static Optional<Confounder> fits(long span, long room) {
        if (room == 0 || span > room) {
            return Optional.empty();
        }
        return Optional.of(new Confounder(
                Kind.FITS_CACHE,
                "The working set (" + Units.bytes(span) + ") fits the page cache, which could have " + Units.bytes(room)
                        + ": whatever is read a second time comes from memory. If your application reads each byte once,"
                        + " or competes for that memory, look at the cold figures."));
    }

    private Optional<Confounder> host(Optional<Disk> disk) {
        boolean virtualDisk = disk.filter(Disk::virtual).isPresent();
        if (!machine.isVirtual() && !virtualDisk) {
            return Optional.empty();
        }
        return Optional.of(new Confounder(
                Kind.HOST_CACHE,
                "This is a virtual machine"
                        + (virtualDisk ? ", and " + disk.get().name() + " its host's affair" : "")
                        + ": what goes past the page cache here may come from the host's, and so seem faster than the"
                        + " storage is."));
    }

    private static List<Confounder> limits(long span, ControlGroup group) {
        List<Confounder> found = new ArrayList<>();
        if (group.memoryLimit().isPresent()) {
            long limit = group.memoryLimit().getAsLong();
            found.add(new Confounder(
                    Kind.CGROUP_LIMIT,
                    "A control group limits memory to " + Units.bytes(limit) + " (" + Units.bytes(group.memoryUsed())
                            + " in use), the page cache included: "
                            + (span > limit
                                    ? "what requests are spread over does not fit, whatever the machine has."
                                    : "it counts as the cache's room.")));
        }
        for (String line : group.ioLimits()) {
            found.add(new Confounder(
                    Kind.CGROUP_LIMIT, "A control group limits I/O (" + line + "): what is measured is the limit."));
        }
        return found;
    }
}

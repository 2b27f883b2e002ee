package io.pinion.advisor.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** This machine, as far as it matters to a file or device. Read when asked. Any thread. */
public final class Machine {
    private final Path proc;
    private final Path sys;

    /** The one that this runs on. */
    public Machine() {
        this(Path.of("/proc"), Path.of("/sys"));
    }

    Machine(Path proc, Path sys) {
        this.proc = proc;
        this.sys = sys;
    }

    /** {@return its memory} */
    public Memory memory() {
        return Memory.of(proc);
    }

    /** {@return what this process is allowed} */
    public ControlGroup controlGroup() {
        return ControlGroup.of(proc, sys);
    }

    /**
     * {@return how many bytes of one target the page cache could hold: what programs could have, and what it has of it already;
     * no more than the control group allows; 0 where it can't be told}
     *
     * @param cached what it has of the target
     */
    public long pageCacheRoom(long cached) {
        long room = memory().available();
        ControlGroup group = controlGroup();
        return group.memoryLimit().isPresent()
                ? Math.min(room, group.memoryLimit().getAsLong())
                : Math.max(room, cached);
    }

    /** {@return the load average, if there is more to run than processors to run it} */
    Optional<String> crowd() {
        return KernelText.text(proc.resolve("loadavg"))
                .map(load -> load.split(" ")[0])
                .filter(load -> Double.parseDouble(load) > Runtime.getRuntime().availableProcessors());
    }

    /** {@return whether a hypervisor runs it, as its processors say} */
    public boolean isVirtual() {
        return KernelText.lines(proc.resolve("cpuinfo")).stream()
                .anyMatch(line -> line.startsWith("flags") && (line + " ").contains(" hypervisor "));
    }

    /** {@return the file system that the path is on; for a device that of its node} */
    public Optional<String> fileSystem(Path path) {
        return Mount.of(proc, path).map(Mount::type);
    }

    /** {@return where the block device at the path is mounted; empty where it is not} */
    public Optional<String> mountedAt(Path device) {
        Optional<String> number = number(device, "unix:rdev");
        return Mount.all(proc).stream()
                .filter(mount -> number.filter(mount.device()::equals).isPresent())
                .map(mount -> mount.point().toString())
                .findFirst();
    }

    /** {@return the disk that the path is, or is on} */
    Optional<Disk> disk(Path path, boolean device) {
        return number(path, device ? "unix:rdev" : "unix:dev").flatMap(number -> Disk.of(sys, number));
    }

    /** {@return what it is, by name, in the order in which a reader wants it} */
    public Map<String, String> environment(Path path, boolean device) {
        Map<String, String> all = new LinkedHashMap<>();
        KernelText.text(proc.resolve("sys/kernel/osrelease"))
                .ifPresent(release -> all.put("kernel", "Linux " + release));
        String model = KernelText.value(proc.resolve("cpuinfo"), "model name").orElse(System.getProperty("os.arch"));
        all.put("processors", Runtime.getRuntime().availableProcessors() + " × " + model);
        Memory memory = memory();
        all.put("memory", gib(memory.total()) + ", " + gib(memory.available()) + " available");
        if (isVirtual()) {
            all.put("virtual machine", "yes");
        }
        KernelText.text(proc.resolve("loadavg"))
                .ifPresent(load -> all.put("load average", load.split(" ")[0] + " when it began"));
        if (!device) {
            Mount.of(proc, path)
                    .ifPresent(mount -> all.put(
                            "file system", mount.type() + " at " + mount.point() + " (" + mount.source() + ")"));
        }
        disk(path, device).ifPresent(disk -> all.put("disk", disk.words()));
        all.put("Java", System.getProperty("java.vm.name") + " " + Runtime.version());
        return all;
    }

    private static String gib(long bytes) {
        return String.format(Locale.ROOT, "%.1f GiB", bytes / (double) (1L << 30));
    }

    /** As glibc's major and minor take it apart. */
    private static Optional<String> number(Path path, String attribute) {
        try {
            long device = ((Number) Files.getAttribute(path, attribute, new LinkOption[0])).longValue();
            long major = device >>> 8 & 0xfff | device >>> 32 & ~0xfffL;
            long minor = device & 0xff | device >>> 12 & ~0xffL;
            return Optional.of(major + ":" + (minor & 0xffffffffL));
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}

package io.pinion.linux.claim;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * What sysfs tells of block devices, which are named by MAJOR:MINOR (Documentation/ABI/stable/sysfs-block). Read afresh
 * each time: partitions and holders come and go.
 */
final class BlockDevices {
    private static final int SECTOR = 512;
    private static final Pattern DIGITS = Pattern.compile("\\d+");

    private final Path sys;

    BlockDevices(Path sys) {
        this.sys = sys;
    }

    /** {@return all devices that have a node, each followed by its partitions, in the order of their names} */
    List<String> all() {
        List<String> found = new ArrayList<>();
        for (Path directory : named(KernelText.children(sys.resolve("block")))) {
            if (KernelText.number(directory.resolve("hidden")).orElse(0) == 0) {
                numberOf(directory).ifPresent(found::add);
                for (Path child : named(KernelText.children(directory))) {
                    if (isPartition(child)) {
                        numberOf(child).ifPresent(found::add);
                    }
                }
            }
        }
        return found;
    }

    /** As people count: sda9 before sda10. */
    private static List<Path> named(List<Path> directories) {
        Function<Path, String> padded = directory -> DIGITS.matcher(KernelText.name(directory))
                .replaceAll(m -> "0000000000".substring(Math.min(10, m.group().length())) + m.group());
        return directories.stream().sorted(Comparator.comparing(padded)).toList();
    }

    /** {@return the kernel's name, such as {@code sda1}; MAJOR:MINOR where sysfs does not know it} */
    String name(String device) {
        return directory(device).map(KernelText::name).orElse(device);
    }

    /** {@return the size in bytes, without opening the device; 0 where sysfs does not know it} */
    long size(String device) {
        return own(device, "size").orElse(0) * SECTOR;
    }

    boolean isReadOnly(String device) {
        return own(device, "ro").orElse(0) != 0;
    }

    /** {@return a figure of the device's queue, of which a partition has none of its own} */
    OptionalLong queue(String device, String attribute) {
        return wholeDirectory(device)
                .map(d -> KernelText.number(d.resolve("queue").resolve(attribute)))
                .orElse(OptionalLong.empty());
    }

    /** {@return a word that the whole device says of itself, such as {@code queue/write_cache}; empty when it does not} */
    String word(String device, String attribute) {
        return wholeDirectory(device)
                .flatMap(d -> KernelText.text(d.resolve(attribute)))
                .orElse("");
    }

    /** {@return the bytes of a page that the whole device's drive told; empty when it did not} */
    byte[] page(String device, String attribute) {
        return wholeDirectory(device)
                .map(d -> KernelText.bytes(d.resolve(attribute)))
                .orElse(new byte[0]);
    }

    /** {@return the device that this one is a partition of} */
    Optional<String> whole(String device) {
        return directory(device).filter(BlockDevices::isPartition).flatMap(d -> numberOf(d.resolveSibling("")));
    }

    private Optional<Path> wholeDirectory(String device) {
        return directory(device).map(d -> isPartition(d) ? d.resolveSibling("") : d);
    }

    /** {@return the devices whose bytes this one's are part of: the whole of a partition, what a mapping lies on} */
    List<String> below(String device) {
        List<String> found = new ArrayList<>();
        directory(device).ifPresent(d -> {
            whole(device).ifPresent(found::add);
            linked(d.resolve("slaves"), found);
        });
        return found;
    }

    /** {@return the devices whose bytes are part of this one's: its partitions, and what is mapped onto it} */
    List<String> above(String device) {
        List<String> found = new ArrayList<>();
        directory(device).ifPresent(d -> {
            for (Path child : KernelText.children(d)) {
                if (isPartition(child)) {
                    numberOf(child).ifPresent(found::add);
                }
            }
            linked(d.resolve("holders"), found);
        });
        return found;
    }

    /** {@return the types of the file systems that have the device mounted, in whatever namespace; not of all types is that told} */
    List<String> mountedTypes(String device) {
        String name = name(device);
        return KernelText.children(sys.resolve("fs")).stream()
                .filter(type -> Files.isDirectory(type.resolve(name)))
                .map(KernelText::name)
                .toList();
    }

    /** {@return the devices of each btrfs that is mounted: it has several, of which a mount names one} */
    List<Set<String>> btrfs() {
        List<Set<String>> found = new ArrayList<>();
        for (Path system : KernelText.children(sys.resolve("fs/btrfs"))) {
            List<String> devices = new ArrayList<>();
            linked(system.resolve("devices"), devices);
            found.add(Set.copyOf(devices));
        }
        return found;
    }

    /** {@return whether the device is mapped onto others: device mapper, RAID} */
    boolean isMapping(String device) {
        return directory(device).map(d -> !isPartition(d)).orElse(false)
                && !below(device).isEmpty();
    }

    /** {@return the path of the file, or device, behind a loop device; empty for others and idle ones} */
    Optional<Path> backing(String device) {
        return directory(device)
                .flatMap(d -> KernelText.text(d.resolve("loop/backing_file")))
                .map(Path::of);
    }

    /** {@return the loop devices that have something behind them} */
    List<String> loops() {
        List<String> found = new ArrayList<>();
        for (Path directory : KernelText.children(sys.resolve("block"))) {
            if (Files.exists(directory.resolve("loop/backing_file"))) {
                numberOf(directory).ifPresent(found::add);
            }
        }
        return found;
    }

    /** {@return the link to the device's directory, which is there as long as the device is} */
    Path node(String device) {
        return sys.resolve("dev/block").resolve(device);
    }

    /** {@return the same of a character device} */
    Path characterNode(String device) {
        return sys.resolve("dev/char").resolve(device);
    }

    private Optional<Path> directory(String device) {
        try {
            return Optional.of(node(device).toRealPath());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private OptionalLong own(String device, String attribute) {
        return directory(device)
                .map(d -> KernelText.number(d.resolve(attribute)))
                .orElse(OptionalLong.empty());
    }

    private static boolean isPartition(Path directory) {
        return Files.exists(directory.resolve("partition"));
    }

    private static Optional<String> numberOf(Path directory) {
        return KernelText.text(directory.resolve("dev"));
    }

    private static void linked(Path links, List<String> found) {
        for (Path link : KernelText.children(links)) {
            numberOf(link).ifPresent(found::add);
        }
    }
}

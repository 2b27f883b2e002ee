package io.pinion.linux.claim;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What sysfs tells of block devices, which are named by MAJOR:MINOR (Documentation/ABI/stable/sysfs-block). Read afresh
 * each time: partitions and holders come and go.
 */
final class BlockDevices {
    private static final int SECTOR = 512;

    private final Path sys;

    BlockDevices(Path sys) {
        this.sys = sys;
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
        Optional<Path> directory = directory(device);
        if (directory.isEmpty()) {
            return OptionalLong.empty();
        }
        Path whole = isPartition(directory.get()) ? directory.get().resolveSibling("") : directory.get();
        return KernelText.number(whole.resolve("queue").resolve(attribute));
    }

    /** {@return the devices whose bytes this one's are part of: the whole of a partition, what a mapping lies on} */
    List<String> below(String device) {
        List<String> found = new ArrayList<>();
        directory(device).ifPresent(d -> {
            if (isPartition(d)) {
                numberOf(d.resolveSibling("")).ifPresent(found::add);
            }
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

    private Optional<Path> directory(String device) {
        try {
            return Optional.of(sys.resolve("dev/block").resolve(device).toRealPath());
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

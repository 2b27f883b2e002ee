package io.pinion.advisor.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A block device, by what sysfs tells of it.
 *
 * @param name such as {@code vda}
 * @param words what it is, in words
 * @param inMemory whether it is a RAM disk
 * @param virtual whether it is one that a hypervisor has made
 */
record Disk(String name, String words, boolean inMemory, boolean virtual) {
    /** {@return the device of this number; empty for what sysfs does not have} */
    static Optional<Disk> of(Path sys, String number) {
        try {
            Path directory = sys.resolve("dev/block/" + number).toRealPath();
            return Optional.of(of(directory));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** A partition has the queue of its disk. */
    private static Disk of(Path directory) {
        boolean partition = Files.exists(directory.resolve("partition"));
        Path disk = partition ? directory.resolveSibling("").normalize() : directory;
        String name = name(disk);
        List<String> words = new ArrayList<>();
        words.add(name(directory));
        KernelText.text(disk.resolve("device/model"))
                .filter(model -> !model.isEmpty())
                .ifPresent(words::add);
        KernelText.text(disk.resolve("dm/name")).ifPresent(mapped -> words.add("mapped as " + mapped));
        KernelText.text(disk.resolve("loop/backing_file")).ifPresent(file -> words.add("a loop over " + file));
        boolean inMemory = name.matches("(ram|zram)\\d+");
        boolean virtual = name.matches("(vd[a-z]+|xvd[a-z]+)") || isVirtual(disk);
        if (inMemory) {
            words.add("a RAM disk");
        } else if (virtual) {
            words.add("a virtual machine's");
        } else if (!name.startsWith("loop")) {
            KernelText.text(disk.resolve("queue/rotational"))
                    .ifPresent(rotates -> words.add(rotates.equals("1") ? "rotating" : "not rotating"));
        }
        KernelText.text(disk.resolve("queue/scheduler")).ifPresent(all -> words.add("scheduler " + chosen(all)));
        KernelText.text(disk.resolve("queue/nr_requests")).ifPresent(count -> words.add("queue of " + count));
        return new Disk(name(directory), String.join(", ", words), inMemory, virtual);
    }

    private static String name(Path directory) {
        return String.valueOf(directory.getFileName());
    }

    private static boolean isVirtual(Path disk) {
        return KernelText.text(disk.resolve("device/vendor"))
                .filter(vendor -> vendor.matches("(?i)(QEMU|VMware|Msft|VBOX).*"))
                .isPresent();
    }

    /** The one in brackets. */
    private static String chosen(String schedulers) {
        return schedulers.replaceFirst(".*\\[(.*)].*", "$1");
    }
}

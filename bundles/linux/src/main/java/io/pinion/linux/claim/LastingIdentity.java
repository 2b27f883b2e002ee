package io.pinion.linux.claim;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * By what a device is known again in another slot, under another number: what it says of itself, as sysfs has it. Loop, RAM
 * and network devices have nothing of the sort; nor have cheap ones, whose serial number is blank or zeroes.
 */
final class LastingIdentity {
    /** Relative to the whole device's directory, the best first: of NVMe, SCSI, virtio, MMC, device mapper, RAID. */
    private static final List<String> UNIQUE =
            List.of("wwid", "device/wwid", "serial", "device/cid", "device/serial", "dm/uuid", "md/uuid");

    private static final Pattern MEANINGLESS = Pattern.compile("[0\\s._:-]*");

    private LastingIdentity() {}

    /**
     * {@return the text of {@link io.pinion.strategy.Claim#lastingIdentity()}}
     *
     * @param node the device's place in sysfs, {@code /sys/dev/block/MAJOR:MINOR}
     */
    static String of(Path node) {
        try {
            Path directory = node.toRealPath();
            boolean partition = Files.exists(directory.resolve("partition"));
            Path whole = partition ? directory.resolveSibling("") : directory;
            Optional<String> own = own(whole);
            Optional<String> known = own.isPresent() ? own : ofUsb(whole);
            return known.map(disk -> partition ? disk + partition(directory) : disk)
                    .orElse("");
        } catch (IOException e) {
            return "";
        }
    }

    private static Optional<String> own(Path whole) {
        return UNIQUE.stream()
                .flatMap(attribute -> meaningful(whole.resolve(attribute))
                        .map(value -> attribute.substring(attribute.indexOf('/') + 1) + " " + value)
                        .stream())
                .findFirst();
    }

    /** What hangs on USB and has no WWID goes by the serial number of its plug, and its own number there. */
    private static Optional<String> ofUsb(Path whole) throws IOException {
        if (!Files.exists(whole.resolve("device"))) {
            return Optional.empty();
        }
        Path device = whole.resolve("device").toRealPath();
        for (Path up = device; up != null; up = up.getParent()) {
            Optional<String> serial = meaningful(up.resolve("serial"));
            if (serial.isPresent() && Files.exists(up.resolve("idVendor"))) {
                String address = KernelText.name(device);
                return Optional.of(
                        "usb " + KernelText.text(up.resolve("idVendor")).orElse("") + ":"
                                + KernelText.text(up.resolve("idProduct")).orElse("") + " " + serial.get() + ", unit "
                                + address.substring(address.lastIndexOf(':') + 1));
            }
        }
        return Optional.empty();
    }

    /** Which part of the disk; its UUID where the kernel tells. */
    private static String partition(Path directory) {
        String number = KernelText.text(directory.resolve("partition")).orElse("");
        String start = KernelText.text(directory.resolve("start")).orElse("");
        String uuid = KernelText.lines(directory.resolve("uevent")).stream()
                .filter(line -> line.startsWith("PARTUUID="))
                .findFirst()
                .map(line -> ", " + line)
                .orElse("");
        return ", partition " + number + " from sector " + start + uuid;
    }

    private static Optional<String> meaningful(Path file) {
        return KernelText.text(file).filter(text -> !MEANINGLESS.matcher(text).matches());
    }
}

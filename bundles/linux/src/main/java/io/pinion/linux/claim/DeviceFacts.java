package io.pinion.linux.claim;

import io.pinion.linux.Linux;
import io.pinion.linux.SystemCalls;
import io.pinion.volume.BlockDevice;
import io.pinion.volume.BlockLimits;
import io.pinion.volume.DeviceUser;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Puts together what there is to know of block devices without opening one; for one look at them. */
final class DeviceFacts {
    private static final int SECTOR = 512;

    /** Of a page of vital product data (SPC-5, 7.7): how long its text is, and where that begins. */
    private static final int VPD_LENGTH = 3;

    private static final int VPD_TEXT = 4;

    private final SystemCalls calls;
    private final BlockDevices devices;
    private final Path dev;
    private final DeviceUsers users;
    private final DeviceLinks links;

    DeviceFacts(SystemCalls calls, BlockDevices devices, DeviceUsers users, Path dev) {
        this.calls = calls;
        this.devices = devices;
        this.users = users;
        this.dev = dev;
        links = new DeviceLinks(calls, dev);
    }

    /** {@return a device of that number} Of one that has gone meanwhile nothing is known but that. */
    BlockDevice of(String device) {
        String name = devices.name(device);
        // The kernel writes ! in sysfs where a name has a slash.
        Path node = dev.resolve(name.replace('!', '/'));
        List<DeviceUser> using = users.of(device);
        BlockDevice.Builder facts = BlockDevice.builder(name, device, node)
                .links(links.to(device))
                .backing(devices.backing(device).map(Path::toString).orElse(devices.word(device, "dm/name")))
                .size(devices.size(device))
                .limits(limits(device))
                .readOnly(devices.isReadOnly(device))
                .removable(devices.word(device, "removable").equals("1"))
                .hardware(model(device), serial(device), wwid(device))
                .users(using, !users.isComplete());
        devices.whole(device).map(devices::name).ifPresent(facts::partitionOf);
        refusal(device, node, using).ifPresent(facts::refusal);
        return facts.build();
    }

    private BlockLimits limits(String device) {
        String model = devices.word(device, "queue/zoned");
        long limit = queue(device, "discard_max_bytes");
        boolean zoned = DeviceZones.has(devices, device);
        return BlockLimits.builder()
                .blocks((int) queue(device, "logical_block_size"), (int) queue(device, "physical_block_size"))
                .optimalIoSize(queue(device, "optimal_io_size"))
                .writeCache(devices.word(device, "queue/write_cache"), queue(device, "fua") != 0)
                .rotational(queue(device, "rotational") != 0)
                .zones(zoned ? model : "none", zoned ? queue(device, "chunk_sectors") * SECTOR : 0)
                .discard(limit == 0 ? 0 : queue(device, "discard_granularity"), limit)
                .writeZeroesLimit(queue(device, "write_zeroes_max_bytes"))
                .build();
    }

    private long queue(String device, String attribute) {
        return devices.queue(device, attribute).orElse(0);
    }

    /** The vendor of a virtual device is a number. */
    private String model(String device) {
        return Stream.of("device/vendor", "device/model", "device/name")
                .map(attribute -> devices.word(device, attribute))
                .filter(word -> !word.isEmpty() && !word.startsWith("0x"))
                .collect(Collectors.joining(" "));
    }

    private String serial(String device) {
        return Stream.of("serial", "device/serial")
                .map(attribute -> devices.word(device, attribute))
                .filter(word -> !word.isEmpty())
                .findFirst()
                .orElseGet(() -> serialOnPage(devices.page(device, "device/vpd_pg80")));
    }

    private static String serialOnPage(byte[] page) {
        int length = page.length <= VPD_LENGTH ? 0 : Math.min(page[VPD_LENGTH] & 0xff, page.length - VPD_TEXT);
        return new String(page, Math.min(VPD_TEXT, page.length), length, StandardCharsets.US_ASCII).strip();
    }

    private String wwid(String device) {
        return Stream.of("wwid", "device/wwid", "dm/uuid", "md/uuid")
                .map(attribute -> devices.word(device, attribute))
                .filter(word -> !word.isEmpty())
                .findFirst()
                .orElse("");
    }

    private Optional<String> refusal(String device, Path node, List<DeviceUser> using) {
        if (devices.size(device) == 0) {
            return Optional.of("it has no size: no medium, or nothing behind it");
        }
        if (devices.isReadOnly(device)) {
            return Optional.of("it is set read-only");
        }
        if (!Files.exists(node)) {
            return Optional.of("it has no node " + node + " here");
        }
        List<String> excluding = using.stream()
                .filter(DeviceUser::excludes)
                .map(DeviceUser::toString)
                .toList();
        if (!excluding.isEmpty()) {
            return Optional.of(String.join(", ", excluding));
        }
        return calls.faccessat(Linux.AT_FDCWD, SystemCalls.path(node), Linux.R_OK | Linux.W_OK, 0) < 0
                ? Optional.of("this process may not read and write it")
                : Optional.empty();
    }
}

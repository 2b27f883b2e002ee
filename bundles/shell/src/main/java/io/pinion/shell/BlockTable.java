package io.pinion.shell;

import io.pinion.shell.text.Table;
import io.pinion.shell.text.Units;
import io.pinion.volume.BlockDevice;
import io.pinion.volume.BlockLimits;
import io.pinion.volume.DeviceUser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The block devices that have a size, a row each, partitions below what they are part of. */
final class BlockTable {
    private static final String HIDDEN = "what other users' processes have open is not seen by this one; root sees it";

    private BlockTable() {}

    /** @param volumes the names of volumes by the identity of what they hold */
    static List<String> lines(List<BlockDevice> devices, Map<String, String> volumes) {
        Table table = Table.of(
                "DEVICE", ">SIZE", "BLOCKS", ">BEST I/O", "CACHE", ">DISCARD", ">ZEROES", "OPENS", "USED, NAMED");
        int left = 0;
        boolean hides = false;
        for (BlockDevice device : devices) {
            if (device.size() == 0) {
                left++;
            } else {
                row(table, device, volumes);
                hides |= device.isHidingUsers();
            }
        }
        List<String> lines = new ArrayList<>();
        if (left < devices.size()) {
            lines.addAll(table.lines());
        } else {
            lines.add("there are no block devices here");
        }
        if (left > 0) {
            lines.add(Units.count(left, "device")
                    + " without a size left out: idle loop devices, drives without a medium");
        }
        if (hides) {
            lines.add(HIDDEN);
        }
        return lines;
    }

    private static void row(Table table, BlockDevice device, Map<String, String> volumes) {
        BlockLimits limits = device.limits();
        table.row(
                device.whole().isPresent() ? "  " + device.name() : device.name(),
                Units.bytes(device.size()),
                limits.logicalBlockSize() + "/" + limits.physicalBlockSize(),
                bytes(limits.optimalIoSize()),
                cache(limits),
                bytes(limits.discardLimit()),
                bytes(limits.writeZeroesLimit()),
                device.refusal().isEmpty() ? "yes" : "no",
                remarks(device, volumes));
    }

    private static String bytes(long bytes) {
        return bytes == 0 ? "-" : Units.bytes(bytes);
    }

    /** {@return {@code back}, {@code through}, and whether there is FUA} */
    private static String cache(BlockLimits limits) {
        String mode = limits.writeCache().replace("write ", "");
        return (mode.isEmpty() ? "-" : mode) + (limits.hasFua() ? ", FUA" : "");
    }

    private static String remarks(BlockDevice device, Map<String, String> volumes) {
        List<String> remarks = new ArrayList<>();
        boolean held = volumes.containsKey(device.identity());
        if (held) {
            remarks.add("volume " + volumes.get(device.identity()));
        }
        for (DeviceUser user : device.users()) {
            boolean own = user.device().equals(device.name());
            // The volume's claim is told by its name already.
            if (!(held && own && user.kind() == DeviceUser.Kind.CLAIM)) {
                remarks.add(own ? user.way() : user.toString());
            }
        }
        // Else it is one of those who use it.
        device.refusal()
                .filter(reason -> device.users().stream().noneMatch(DeviceUser::excludes))
                .ifPresent(remarks::add);
        if (!device.backing().isEmpty()) {
            remarks.add("on " + device.backing());
        }
        remarks.addAll(traits(device));
        device.links().stream().findFirst().ifPresent(link -> remarks.add(link.toString()));
        return String.join(", ", remarks);
    }

    private static List<String> traits(BlockDevice device) {
        List<String> traits = new ArrayList<>();
        if (device.isRemovable()) {
            traits.add("removable");
        }
        if (device.limits().isRotational()) {
            traits.add("rotating");
        }
        if (device.limits().zoneSize() > 0) {
            traits.add("zoned (" + device.limits().zoneModel() + ")");
        }
        return traits;
    }
}

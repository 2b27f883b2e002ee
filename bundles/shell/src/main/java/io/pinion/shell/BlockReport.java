package io.pinion.shell;

import io.pinion.shell.text.Table;
import io.pinion.shell.text.Units;
import io.pinion.volume.BlockDevice;
import io.pinion.volume.BlockLimits;
import io.pinion.volume.DeviceUser;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** All that is known of one block device, a line each. */
final class BlockReport {
    private final Table table;

    private BlockReport(BlockDevice device) {
        table = Table.of(device.name(), device.node().toString());
    }

    /** @param volumes the names of volumes by the identity of what they hold */
    static List<String> lines(BlockDevice device, Map<String, String> volumes) {
        BlockReport report = new BlockReport(device);
        report.names(device);
        report.limits(device.limits());
        report.users(device, volumes);
        return report.table.lines();
    }

    private void names(BlockDevice device) {
        for (Path link : device.links()) {
            say("named", link);
        }
        say("number", device.number());
        device.whole().ifPresent(whole -> say("partition of", whole));
        sayIfKnown("on", device.backing());
        sayIfKnown("model", device.model());
        sayIfKnown("serial", device.serial());
        sayIfKnown("wwid", device.wwid());
        say("size", device.size() == 0 ? "none: no medium, or nothing behind it" : exact(device.size()));
        say("read-only", device.isReadOnly() ? "yes" : "no");
        say("removable", device.isRemovable() ? "yes" : "no");
    }

    private void limits(BlockLimits limits) {
        say("logical block size", limits.logicalBlockSize());
        say("physical block size", limits.physicalBlockSize());
        say("optimal I/O size", limits.optimalIoSize() == 0 ? "not told" : exact(limits.optimalIoSize()));
        say("write cache", limits.writeCache().isEmpty() ? "not told" : limits.writeCache());
        say("FUA", limits.hasFua() ? "yes" : "no: a durable write is a write and a flush");
        say("rotating", limits.isRotational() ? "yes" : "no");
        say("zones", limits.zoneSize() == 0 ? "none" : limits.zoneModel() + ", " + exact(limits.zoneSize()) + " each");
        say(
                "discard",
                limits.discardLimit() == 0
                        ? "no"
                        : "in units of " + exact(limits.discardGranularity()) + ", up to "
                                + exact(limits.discardLimit()) + " a request");
        say(
                "write zeroes",
                limits.writeZeroesLimit() == 0
                        ? "by sending them"
                        : "up to " + exact(limits.writeZeroesLimit()) + " a request");
    }

    private void users(BlockDevice device, Map<String, String> volumes) {
        sayIfKnown("volume", volumes.getOrDefault(device.identity(), ""));
        for (DeviceUser user : device.users()) {
            say("used", user);
        }
        if (device.isHidingUsers()) {
            say("not seen", "what other users' processes have open; root sees it");
        }
        say(
                "opens for writing",
                device.refusal().map(reason -> "no: " + reason).orElse("yes, as far as is seen from here"));
    }

    private void sayIfKnown(String what, String value) {
        if (!value.isEmpty()) {
            say(what, value);
        }
    }

    private void say(String what, Object value) {
        table.row(what, value);
    }

    /** {@return {@code 1.50 GiB (1610612736)}; what is less than a KiB needs no second figure} */
    private static String exact(long bytes) {
        return bytes < 1024 ? Units.bytes(bytes) : Units.bytes(bytes) + " (" + bytes + ")";
    }
}

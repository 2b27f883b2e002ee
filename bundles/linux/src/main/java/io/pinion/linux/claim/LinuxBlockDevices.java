package io.pinion.linux.claim;

import io.pinion.linux.SystemCalls;
import io.pinion.volume.BlockDevice;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Shows block devices from sysfs, /proc and the links in /dev. Needs no privileges; without them it sees fewer users. */
@Component
public final class LinuxBlockDevices implements io.pinion.volume.BlockDevices {
    private final SystemCalls calls;
    private final BlockDevices devices;
    private final Path proc;
    private final Path dev;

    /** Started by the component runtime. */
    @Activate
    public LinuxBlockDevices(@Reference SystemCalls calls) {
        this(calls, Path.of("/sys"), Path.of("/proc"), Path.of("/dev"));
    }

    LinuxBlockDevices(SystemCalls calls, Path sys, Path proc, Path dev) {
        this.calls = calls;
        this.proc = proc;
        this.dev = dev;
        devices = new BlockDevices(sys);
    }

    @Override
    public List<BlockDevice> list() {
        DeviceFacts facts = look();
        return devices.all().stream().map(facts::of).toList();
    }

    @Override
    public Optional<BlockDevice> find(String name) {
        List<String> all = devices.all();
        Predicate<String> named =
                device -> device.equals(name) || devices.name(device).equals(name);
        return all.stream()
                .filter(named)
                .findFirst()
                .or(() -> byPath(name).filter(all::contains))
                .map(device -> look().of(device));
    }

    private Optional<String> byPath(String name) {
        try {
            return BlockNode.number(calls, dev.resolve(name));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private DeviceFacts look() {
        return new DeviceFacts(calls, devices, DeviceUsers.with(calls, devices, proc), dev);
    }
}

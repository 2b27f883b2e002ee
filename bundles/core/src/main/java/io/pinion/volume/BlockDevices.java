package io.pinion.volume;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The service that shows the machine's block devices. The operating system's bundle supplies it. It reads what the kernel tells
 * anybody and opens no device: not even to try whether it could be had, because an O_EXCL open makes another's fail for that
 * instant, such as a mount or a RAID's assembly. So it says who is seen to use a device; the claim itself asks the kernel.
 *
 * <p>Safe for any thread. A call takes milliseconds for each device, and at most two seconds more to look through the processes.
 * Devices that come or go meanwhile are there or not.
 */
@ProviderType
public interface BlockDevices {
    /** {@return all devices as they are now, each followed by its partitions, in the order of their names} */
    List<BlockDevice> list();

    /**
     * {@return one device; empty when nothing of that name is a block device}
     *
     * @param name the kernel's name, {@code MAJOR:MINOR}, or the path of a node or of a link to one
     */
    Optional<BlockDevice> find(String name);
}

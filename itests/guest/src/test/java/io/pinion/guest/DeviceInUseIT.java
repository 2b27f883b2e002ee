package io.pinion.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.guest.boot.InGuest;
import io.pinion.guest.device.Content;
import io.pinion.guest.device.Disk;
import io.pinion.guest.device.Mapping;
import io.pinion.guest.device.PartitionedDisk;
import io.pinion.guest.device.Volumes;
import io.pinion.linux.claim.LinuxTargetGuard;
import io.pinion.linux.libc.LibC;
import io.pinion.strategy.Access;
import io.pinion.strategy.ClaimRequest;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.Target;
import io.pinion.strategy.TargetGuard;
import io.pinion.volume.Volume;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A SCSI disk with two partitions, of which somebody else uses one: neither that nor the whole is written. */
@InGuest
class DeviceInUseIT {
    private final TargetGuard guard = new LinuxTargetGuard(new LibC());

    @Test
    void is_refused_while_a_partition_is_mounted() throws Exception {
        try (PartitionedDisk parted = new PartitionedDisk()) {
            Disk used = parted.first();
            try (AutoCloseable mounted = parted.mount(used)) {
                assertRefused(used, used.name() + " is mounted at ");
                assertRefused(parted.disk(), used.name() + " is mounted at ");
                assertClaimed(parted.second());
            }
            assertClaimed(used);
            assertClaimed(parted.disk());
        }
    }

    @Test
    void is_refused_while_a_partition_is_swap_space() throws Exception {
        try (PartitionedDisk parted = new PartitionedDisk()) {
            Disk used = parted.first();
            try (AutoCloseable swap = parted.swapTo(used)) {
                assertRefused(used, used.name() + " is swap space");
                assertRefused(parted.disk(), used.name() + " is swap space");
                assertClaimed(parted.second());
            }
            assertClaimed(used);
        }
    }

    @Test
    void is_refused_while_a_partition_is_mapped() throws Exception {
        try (PartitionedDisk parted = new PartitionedDisk()) {
            Disk used = parted.first();
            try (Mapping mapping = new Mapping("above", List.of("0 2048 linear " + used.node() + " 0"))) {
                assertRefused(
                        used, used.name() + " is held by " + mapping.disk().name());
                assertRefused(
                        parted.disk(),
                        used.name() + " is held by " + mapping.disk().name());
                assertClaimed(parted.second());
                assertClaimed(mapping.disk());
            }
            assertClaimed(used);
        }
    }

    @Test
    void cannot_be_mounted_nor_mapped_while_a_volume_has_it() throws Exception {
        try (PartitionedDisk parted = new PartitionedDisk()) {
            parted.mount(parted.first()).close(); // it could be
            try (Volumes volumes = new Volumes()) {
                Content content = Content.on(parted.second(), 0, 65_536);
                Volume whole = volumes.open("plain", parted.disk());
                assertThrows(AssertionError.class, () -> parted.mount(parted.first()));
                assertThrows(
                        AssertionError.class,
                        () -> new Mapping(
                                "above",
                                List.of("0 2048 linear " + parted.first().node() + " 0")));
                volumes.configure("plain", parted.second(), Map.of());
                volumes.awaitRefusal(parted.second(), whole.name());
                content.check(parted.second());
            }
            parted.mount(parted.first()).close();
        }
    }

    private void assertRefused(Disk disk, String user) {
        StorageException refusal = assertThrows(
                StorageException.class,
                () -> guard.claim(Target.of(disk.node()), ClaimRequest.of(Access.READ_WRITE))
                        .close());
        assertEquals(Kind.IN_USE, refusal.kind(), refusal::getMessage);
        assertTrue(refusal.getMessage().contains(user), refusal::getMessage);
    }

    private void assertClaimed(Disk disk) throws StorageException {
        guard.claim(Target.of(disk.node()), ClaimRequest.of(Access.READ_WRITE)).close();
    }
}

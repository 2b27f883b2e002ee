package io.pinion.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pinion.shell.text.CommandFailure;
import io.pinion.shell.text.Table;
import io.pinion.volume.BlockDevice;
import io.pinion.volume.BlockDevices;
import io.pinion.volume.BlockLimits;
import io.pinion.volume.DeviceUser;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BlockCommandsTest {
    private static final long GIB = 1L << 30;
    private static final Path BY_ID = Path.of("/dev/disk/by-id/nvme-ACME_4");

    private final BlockCommands commands = new BlockCommands();
    private final Typed typed = new Typed(commands, "blocks");
    private final List<BlockDevice> devices = new ArrayList<>();

    private final BlockDevices service = new BlockDevices() {
        @Override
        public List<BlockDevice> list() {
            return devices;
        }

        @Override
        public Optional<BlockDevice> find(String name) {
            return devices.stream().filter(device -> device.name().equals(name)).findFirst();
        }
    };

    @BeforeEach
    void bind() {
        commands.bindDevices(service);
    }

    @AfterEach
    void close() {
        typed.close();
    }

    private static BlockDevice.Builder device(String name, String number, long size) {
        return BlockDevice.builder(name, number, Path.of("/dev/" + name)).size(size);
    }

    private static BlockLimits limits() {
        return BlockLimits.builder()
                .blocks(512, 4096)
                .optimalIoSize(128 << 10)
                .writeCache("write back", true)
                .discard(4096, 2 * GIB)
                .writeZeroesLimit(2 << 20)
                .build();
    }

    private static BlockDevice disk() {
        return device("nvme0n1", "259:0", 512 * GIB)
                .links(List.of(BY_ID, Path.of("/dev/disk/by-path/pci-1")))
                .hardware("ACME 4", "S123", "eui.0025")
                .limits(limits())
                .users(List.of(DeviceUser.of(DeviceUser.Kind.MOUNT, "nvme0n1p1", "mounted at /boot")), false)
                .refusal("nvme0n1p1 is mounted at /boot")
                .build();
    }

    @Test
    void each_device_has_a_row_that_a_stranger_can_read() throws Exception {
        devices.add(disk());
        devices.add(device("nvme0n1p1", "259:1", GIB)
                .partitionOf("nvme0n1")
                .limits(limits())
                .users(List.of(DeviceUser.of(DeviceUser.Kind.MOUNT, "nvme0n1p1", "mounted at /boot")), false)
                .refusal("nvme0n1p1 is mounted at /boot")
                .build());
        devices.add(device("sda", "8:0", 4 * GIB)
                .removable(true)
                .limits(BlockLimits.builder()
                        .blocks(4096, 4096)
                        .rotational(true)
                        .zones("host-managed", GIB / 4)
                        .build())
                .build());
        assertThat(typed.run("blocks"))
                .containsExactly(
                        "DEVICE          SIZE  BLOCKS     BEST I/O  CACHE      DISCARD  ZEROES  OPENS  USED, NAMED",
                        "nvme0n1      512 GiB  512/4096    128 KiB  back, FUA    2 GiB   2 MiB  no     nvme0n1p1 is mounted at"
                                + " /boot,",
                        " ".repeat(78) + "/dev/disk/by-id/nvme-ACME_4",
                        "  nvme0n1p1    1 GiB  512/4096    128 KiB  back, FUA    2 GiB   2 MiB  no     mounted at /boot",
                        "sda            4 GiB  4096/4096         -  -                -       -  yes    removable, rotating,"
                                + " zoned",
                        " ".repeat(78) + "(host-managed)");
        assertThat(typed.run("blocks")).allMatch(line -> line.length() <= Table.WIDTH);
    }

    @Test
    void what_has_no_size_is_counted_and_what_is_hidden_is_told() throws Exception {
        devices.add(device("loop0", "7:0", 0).build());
        devices.add(device("loop1", "7:1", 0).build());
        assertThat(typed.run("blocks"))
                .containsExactly(
                        "there are no block devices here",
                        "2 devices without a size left out: idle loop devices, drives without a medium");
        devices.add(device("loop2", "7:2", GIB)
                .backing("/a/file")
                .users(List.of(), true)
                .build());
        assertThat(typed.run("blocks"))
                .anyMatch(line -> line.endsWith("on /a/file"))
                .last()
                .asString()
                .contains("root sees it");
    }

    @Test
    void a_refusal_that_is_nobodys_is_told() throws Exception {
        devices.add(device("sr0", "11:0", GIB).refusal("it is set read-only").build());
        assertThat(typed.run("blocks")).anyMatch(line -> line.endsWith("no     it is set read-only"));
    }

    @Test
    void a_volume_that_holds_one_is_named() throws Exception {
        FakeAdmin admin = new FakeAdmin();
        admin.volumes.add(Samples.open("data", "direct", "blk:8:0"));
        commands.bindAdmin(admin);
        DeviceUser claim = DeviceUser.of(DeviceUser.Kind.CLAIM, "sda", "claimed by process 7 (java, this one)");
        devices.add(device("sda", "8:0", GIB).users(List.of(claim), false).build());
        assertThat(typed.run("blocks")).anyMatch(line -> line.endsWith("volume data"));
        assertThat(typed.run("blocks sda")).contains("volume               data");
    }

    @Test
    void one_device_is_told_in_full() throws Exception {
        devices.add(disk());
        assertThat(typed.run("blocks nvme0n1"))
                .containsExactly(
                        "nvme0n1              /dev/nvme0n1",
                        "named                /dev/disk/by-id/nvme-ACME_4",
                        "named                /dev/disk/by-path/pci-1",
                        "number               259:0",
                        "model                ACME 4",
                        "serial               S123",
                        "wwid                 eui.0025",
                        "size                 512 GiB (549755813888)",
                        "read-only            no",
                        "removable            no",
                        "logical block size   512",
                        "physical block size  4096",
                        "optimal I/O size     128 KiB (131072)",
                        "write cache          write back",
                        "FUA                  yes",
                        "rotating             no",
                        "zones                none",
                        "discard              in units of 4 KiB (4096), up to 2 GiB (2147483648) a request",
                        "write zeroes         up to 2 MiB (2097152) a request",
                        "used                 nvme0n1p1 is mounted at /boot",
                        "opens for writing    no: nvme0n1p1 is mounted at /boot");
    }

    @Test
    void what_is_not_there_is_told() {
        assertThatThrownBy(() -> typed.run("blocks sdz"))
                .isInstanceOf(CommandFailure.class)
                .hasMessage("there is no block device sdz; 'blocks' lists them");
        assertThatThrownBy(() -> typed.run("blocks a b")).hasMessageContaining("usage: blocks [NAME]");
        commands.unbindDevices(service);
        assertThatThrownBy(() -> typed.run("blocks")).hasMessageContaining("bundle io.pinion.linux is not active");
    }
}

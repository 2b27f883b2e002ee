package io.pinion.linux.claim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.linux.DiskDirectory;
import io.pinion.linux.ScriptedCalls;
import io.pinion.strategy.Access;
import io.pinion.strategy.Claim;
import io.pinion.strategy.ClaimRequest;
import io.pinion.strategy.Target;
import io.pinion.volume.BlockDevice;
import io.pinion.volume.BlockLimits;
import io.pinion.volume.DeviceUser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinuxBlockDevicesTest {
    private static final int SIZE = 4 << 20;

    private final ScriptedCalls script = new ScriptedCalls();

    @TempDir(factory = DiskDirectory.class)
    Path directory;

    private Path sys;
    private Path proc;
    private Path dev;

    @BeforeEach
    void build() throws IOException {
        sys = Files.createDirectories(directory.resolve("sys"));
        proc = Files.createDirectories(directory.resolve("proc"));
        dev = Files.createDirectories(directory.resolve("dev"));
    }

    /** On a sysfs of our own. */
    private Path device(Path parent, String name, String number, String... attributes) throws IOException {
        Path made = Files.createDirectories(parent.resolve(name));
        attribute(made, "dev", number);
        for (String attribute : attributes) {
            String[] parts = attribute.split("=", 2);
            attribute(made, parts[0], parts[1]);
        }
        Files.createSymbolicLink(
                Files.createDirectories(sys.resolve("dev/block")).resolve(number), made);
        Files.createFile(dev.resolve(name));
        return made;
    }

    private Path device(String name, String number, String... attributes) throws IOException {
        return device(sys.resolve("block"), name, number, attributes);
    }

    private static void attribute(Path device, String name, String value) throws IOException {
        Path file = device.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, value + "\n");
    }

    private LinuxBlockDevices devices() {
        return new LinuxBlockDevices(script.calls(), sys, proc, dev);
    }

    @Test
    void tellsWhatTheKernelTells() throws IOException {
        Path sda = device(
                "sda",
                "8:0",
                "size=8388608",
                "removable=0",
                "ro=0",
                "queue/logical_block_size=512",
                "queue/physical_block_size=4096",
                "queue/optimal_io_size=1048576",
                "queue/write_cache=write back",
                "queue/fua=1",
                "queue/rotational=1",
                "queue/zoned=host-managed",
                "queue/chunk_sectors=524288",
                "queue/discard_granularity=4096",
                "queue/discard_max_bytes=2147450880",
                "queue/write_zeroes_max_bytes=33553920",
                "device/vendor=ATA     ",
                "device/model=ACME 4000",
                "device/wwid=naa.5000c500a1b2c3d4");
        byte[] page = {0, (byte) 0x80, 0, 6, ' ', 'W', 'D', '4', '2', ' '};
        Files.write(sda.resolve("device/vpd_pg80"), page);
        device(sda, "sda1", "8:1", "partition=1", "size=2048", "ro=1");
        BlockDevice disk = devices().find("sda").orElseThrow();
        assertEquals("sda 8:0 blk:8:0", disk.name() + " " + disk.number() + " " + disk.identity());
        assertEquals(dev.resolve("sda"), disk.node());
        assertEquals(8388608L * 512, disk.size());
        assertEquals(
                "ATA ACME 4000, WD42, naa.5000c500a1b2c3d4", disk.model() + ", " + disk.serial() + ", " + disk.wwid());
        BlockLimits limits = disk.limits();
        assertEquals(512, limits.logicalBlockSize());
        assertEquals(4096, limits.physicalBlockSize());
        assertEquals(1 << 20, limits.optimalIoSize());
        assertEquals("write back", limits.writeCache());
        assertTrue(limits.hasFua());
        assertTrue(limits.isRotational());
        assertEquals("host-managed", limits.zoneModel());
        assertEquals(256 << 20, limits.zoneSize());
        assertEquals(4096, limits.discardGranularity());
        assertEquals(2147450880, limits.discardLimit());
        assertEquals(33553920, limits.writeZeroesLimit());
        BlockDevice partition = devices().find("8:1").orElseThrow();
        assertEquals(Optional.of("sda"), partition.whole());
        assertEquals(2048 * 512, partition.size());
        assertEquals(4096, partition.limits().physicalBlockSize());
        assertEquals(Optional.of("it is set read-only"), partition.refusal());
    }

    @Test
    void listsAsPeopleCountAndLeavesOutWhatHasNoNode() throws IOException {
        Path tenth = device("loop10", "7:10");
        device(tenth, "loop10p1", "259:0", "partition=1");
        device("loop9", "7:9", "size=8");
        device("nvme0c0n1", "259:9", "hidden=1");
        List<BlockDevice> all = devices().list();
        assertEquals(
                List.of("loop9", "loop10", "loop10p1"),
                all.stream().map(BlockDevice::name).toList());
        assertEquals(Optional.empty(), all.get(0).refusal());
        assertTrue(all.get(1).refusal().orElse("").startsWith("it has no size"));
        Files.delete(dev.resolve("loop9"));
        assertTrue(devices().list().get(0).refusal().orElse("").startsWith("it has no node"));
    }

    @Test
    void namesWhoUsesIt() throws IOException {
        Path sda = device("sda", "8:0", "size=8");
        Path sda1 = device(sda, "sda1", "8:1", "partition=1", "size=4");
        device(sda, "sda2", "8:2", "partition=2", "size=4");
        Path mapping = device("dm-0", "252:0", "size=4", "dm/name=vg-root");
        hold(mapping, sda1);
        device("sdb", "8:16", "size=8");
        device("sdc", "8:32", "size=8");
        device("sdd", "8:48", "size=8");
        for (String name : List.of("sdb", "sdc")) {
            Path shared = Files.createDirectories(sys.resolve("fs/btrfs/uuid/devices"));
            Files.createSymbolicLink(shared.resolve(name), sys.resolve("block").resolve(name));
        }
        Files.createDirectories(sys.resolve("fs/ext4/sdd"));
        Files.createDirectories(proc.resolve("self"));
        Files.writeString(
                proc.resolve("self/mountinfo"),
                "30 1 252:0 / / rw - ext4 /dev/mapper/vg-root rw\n31 30 252:0 /a /b\\040c rw - ext4 /dev/mapper/vg-root rw\n"
                        + "40 30 8:16 / /data rw - btrfs /dev/none rw\n");
        String held = "sda1 is held by dm-0 (vg-root)";
        String root = "dm-0 is mounted at /, /b c";
        assertEquals(List.of(held, root), users("sda"));
        assertEquals(List.of(held, root), users("sda1"));
        assertEquals(List.of(), users("sda2"));
        assertEquals(List.of(root), users("dm-0"));
        assertEquals(List.of("sdb is mounted at /data"), users("sdb"));
        assertEquals(List.of("sdc is part of the btrfs that is mounted at /data"), users("sdc"));
        assertEquals(List.of("sdd is mounted (ext4) where this process does not see it"), users("sdd"));
        BlockDevice disk = devices().find("sda").orElseThrow();
        assertEquals(Optional.of(held + ", " + root), disk.refusal());
        assertEquals("vg-root", devices().find("dm-0").orElseThrow().backing());
    }

    private List<String> users(String name) {
        return devices().find(name).orElseThrow().users().stream()
                .map(DeviceUser::toString)
                .toList();
    }

    private static void hold(Path holder, Path held) throws IOException {
        Files.createSymbolicLink(
                Files.createDirectories(held.resolve("holders")).resolve("h"), holder);
        Files.createSymbolicLink(
                Files.createDirectories(holder.resolve("slaves")).resolve("s"), held);
    }

    @Test
    void livesWithOneThatGoesMeanwhile() throws IOException {
        Path sda = device("sda", "8:0", "size=8");
        Files.delete(sys.resolve("dev/block/8:0"));
        BlockDevice gone = devices().list().get(0);
        assertEquals(0, gone.size());
        assertTrue(gone.refusal().isPresent());
        Files.delete(sda.resolve("dev"));
        assertEquals(List.of(), devices().list());
        assertEquals(Optional.empty(), devices().find("sda"));
        assertEquals(Optional.empty(), devices().find("no\0name"));
    }

    /** With partitions that go with them. */
    @Test
    void standsDevicesThatComeAndGo() throws Exception {
        Path image = Files.write(directory.resolve("image"), filled());
        LinuxBlockDevices real = new LinuxBlockDevices(script.calls());
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger found = new AtomicInteger();
        CompletableFuture<Void> looks = CompletableFuture.runAsync(() -> {
            while (!over.get()) {
                for (BlockDevice device : real.list()) {
                    if (real.find(device.name()).isPresent() && device.size() == SIZE) {
                        found.incrementAndGet();
                    }
                }
            }
        });
        try {
            for (int i = 0; i < 20 || found.get() == 0 && i < 1000; i++) {
                try (LoopDevice loop = new LoopDevice(image, "--partscan")) {
                    loop.partition(1, 64, 64);
                }
            }
        } finally {
            over.set(true);
        }
        looks.get();
        assertTrue(found.get() > 0, "none was seen");
    }

    @Test
    void findsARealOneByEveryName() throws Exception {
        Path image = Files.write(directory.resolve("image"), filled());
        try (LoopDevice loop = new LoopDevice(image)) {
            Files.createDirectories(dev.resolve("disk/by-id"));
            Files.createDirectories(dev.resolve("disk/by-uuid"));
            Path uuid = Files.createSymbolicLink(dev.resolve("disk/by-uuid/1"), loop.path());
            Path id = Files.createSymbolicLink(dev.resolve("disk/by-id/9"), loop.path());
            LinuxBlockDevices real = new LinuxBlockDevices(script.calls());
            BlockDevice found = real.find(loop.name()).orElseThrow();
            for (String name : List.of(loop.path().toString(), id.toString(), found.number())) {
                assertEquals(loop.name(), real.find(name).orElseThrow().name());
            }
            LinuxBlockDevices linked = new LinuxBlockDevices(script.calls(), Path.of("/sys"), Path.of("/proc"), dev);
            assertEquals(
                    List.of(id, uuid), linked.find(loop.name()).orElseThrow().links());
            assertEquals(image.toString(), found.backing());
            assertEquals(SIZE, found.size());
            assertEquals(512, found.limits().logicalBlockSize());
            assertTrue(found.limits().discardLimit() > 0);
            assertEquals(Optional.empty(), found.refusal());
            assertFalse(found.isReadOnly());
            assertTrue(real.find(image.toString()).isEmpty());
            Files.delete(id);
            Files.delete(uuid);
        }
    }

    @Test
    void showsAClaimAndWhoHasItOpenAndTakesNoHold() throws Exception {
        Path image = Files.write(directory.resolve("image"), filled());
        LinuxTargetGuard guard = new LinuxTargetGuard(script.calls());
        LinuxBlockDevices real = new LinuxBlockDevices(script.calls());
        try (LoopDevice loop = new LoopDevice(image)) {
            String me = "process " + ProcessHandle.current().pid() + " (java, this one)";
            try (Claim claim = guard.claim(Target.of(loop.path()), ClaimRequest.of(Access.READ_WRITE))) {
                BlockDevice claimed = real.find(loop.name()).orElseThrow();
                assertEquals(claim.identity(), claimed.identity());
                assertEquals(
                        List.of(loop.name() + " is claimed by " + me),
                        claimed.users().stream().map(DeviceUser::toString).toList());
                assertEquals(Optional.of(loop.name() + " is claimed by " + me), claimed.refusal());
            }
            try (var open = Files.newByteChannel(loop.path())) {
                assertTrue(open.isOpen());
                long opens = script.made().stream().filter("open"::equals).count();
                BlockDevice opened = real.list().stream()
                        .filter(device -> device.name().equals(loop.name()))
                        .findFirst()
                        .orElseThrow();
                assertEquals(
                        List.of(loop.name() + " is open by " + me + ", for reading"),
                        opened.users().stream().map(DeviceUser::toString).toList());
                assertEquals(Optional.empty(), opened.refusal());
                assertEquals(
                        opens, script.made().stream().filter("open"::equals).count());
            }
        }
    }

    private static byte[] filled() {
        byte[] bytes = new byte[SIZE];
        Arrays.fill(bytes, (byte) 0x5a);
        return bytes;
    }
}

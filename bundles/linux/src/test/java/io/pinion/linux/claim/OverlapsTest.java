package io.pinion.linux.claim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.pinion.linux.Linux;
import io.pinion.linux.Statx;
import io.pinion.linux.SystemCalls;
import io.pinion.linux.libc.LibC;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a sysfs of our own: sda with two partitions, a mapping dm-0 on sda1 and sdb, and loop0 on a file. */
class OverlapsTest {
    private final SystemCalls calls = new LibC();

    @TempDir
    Path sys;

    private Overlaps overlaps;
    private BlockDevices devices;
    private String backing;

    @BeforeEach
    void build() throws IOException {
        Path sda = device("sda", "8:0");
        Path sda1 = partition(sda, "sda1", "8:1");
        partition(sda, "sda2", "8:2");
        Path sdb = device("sdb", "8:16");
        Path dm0 = device("dm-0", "252:0");
        hold(dm0, sda1);
        hold(dm0, sdb);
        Path loop0 = device("loop0", "7:0");
        Path loop0p1 = partition(loop0, "loop0p1", "259:0");
        Path file = Files.createFile(sys.resolve("image"));
        Files.createDirectory(loop0.resolve("loop"));
        Files.writeString(loop0.resolve("loop/backing_file"), file + "\n");
        device("loop1", "7:1");
        assertFalse(Files.exists(loop0p1.resolve("loop")));
        Statx stat = new Statx();
        assertEquals(0, stat.fill(calls, file, Linux.STATX_BASIC_STATS));
        backing = stat.identity();
        devices = new BlockDevices(sys);
        overlaps = new Overlaps(calls, devices);
    }

    @Test
    void reachesFromAWholeDeviceToAllThatLiesOnIt() {
        assertEquals(Set.of("blk:8:0", "blk:8:1", "blk:8:2", "blk:252:0"), overlaps.of("blk:8:0"));
        assertEquals(Set.of("blk:8:16", "blk:252:0"), overlaps.of("blk:8:16"));
    }

    @Test
    void reachesFromAPartitionDownAndUpButNotToItsNeighbour() {
        assertEquals(Set.of("blk:8:1", "blk:8:0", "blk:252:0"), overlaps.of("blk:8:1"));
        assertEquals(Set.of("blk:8:2", "blk:8:0"), overlaps.of("blk:8:2"));
    }

    @Test
    void reachesFromAMappingToWhatItLiesOn() {
        assertEquals(Set.of("blk:252:0", "blk:8:1", "blk:8:0", "blk:8:16"), overlaps.of("blk:252:0"));
    }

    @Test
    void joinsALoopDeviceAndItsFile() {
        assertEquals(Set.of("blk:7:0", "blk:259:0", backing), overlaps.of("blk:7:0"));
        assertEquals(Set.of("blk:7:0", "blk:259:0", backing), overlaps.of("blk:259:0"));
        assertEquals(Set.of("blk:7:0", "blk:259:0", backing), overlaps.of(backing));
        assertEquals(Set.of("blk:7:1"), overlaps.of("blk:7:1"));
    }

    @Test
    void livesWithDevicesThatVanished() {
        assertEquals(Set.of("blk:99:9"), overlaps.of("blk:99:9"));
        assertEquals(0, devices.size("99:9"));
        assertEquals("99:9", devices.name("99:9"));
    }

    @Test
    void readsAPartitionsFigures() {
        assertEquals(2048 * 512, devices.size("8:1"));
        assertEquals("sda1", devices.name("8:1"));
        assertEquals(4096, devices.queue("8:1", "logical_block_size").orElseThrow());
        assertEquals(List.of("8:0"), devices.below("8:1"));
        assertFalse(devices.isMapping("8:1"));
        assertEquals(true, devices.isMapping("252:0"));
    }

    private Path device(String name, String number) throws IOException {
        Path directory = Files.createDirectories(sys.resolve("block").resolve(name));
        Files.createDirectories(directory.resolve("queue"));
        Files.writeString(directory.resolve("queue/logical_block_size"), "4096\n");
        return described(directory, number);
    }

    private Path partition(Path whole, String name, String number) throws IOException {
        Path directory = Files.createDirectories(whole.resolve(name));
        Files.writeString(directory.resolve("partition"), "1\n");
        return described(directory, number);
    }

    private Path described(Path directory, String number) throws IOException {
        Files.createDirectories(directory.resolve("holders"));
        Files.createDirectories(directory.resolve("slaves"));
        Files.writeString(directory.resolve("dev"), number + "\n");
        Files.writeString(directory.resolve("size"), "2048\n");
        Path links = Files.createDirectories(sys.resolve("dev/block"));
        Files.createSymbolicLink(links.resolve(number), directory);
        return directory;
    }

    private static void hold(Path holder, Path held) throws IOException {
        Files.createSymbolicLink(held.resolve("holders").resolve(holder.getFileName()), holder);
        Files.createSymbolicLink(holder.resolve("slaves").resolve(held.getFileName()), held);
    }
}

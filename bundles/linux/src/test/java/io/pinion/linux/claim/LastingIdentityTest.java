package io.pinion.linux.claim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On a sysfs of our own. */
class LastingIdentityTest {
    @TempDir
    Path sys;

    private Path device(String path) throws IOException {
        return Files.createDirectories(sys.resolve("devices").resolve(path));
    }

    private static void write(Path directory, String attribute, String text) throws IOException {
        Path file = directory.resolve(attribute);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @ParameterizedTest
    @CsvSource({
        "wwid, 'nvme.1b36-31-51-00000001\n', 'wwid nvme.1b36-31-51-00000001'",
        "device/wwid, 'naa.5000c500a1b2c3d4\n', 'wwid naa.5000c500a1b2c3d4'",
        "serial, overlayblk, 'serial overlayblk'",
        "device/cid, '150100524e42344d', 'cid 150100524e42344d'",
        "dm/uuid, 'LVM-abc', 'uuid LVM-abc'",
        "serial, '0000 0000', ''",
        "serial, '\n', ''"
    })
    void isWhatTheDeviceSaysOfItself(String attribute, String text, String expected) throws Exception {
        Path disk = device("block/sda");
        write(disk, attribute, text);
        assertEquals(expected, LastingIdentity.of(disk));
    }

    @Test
    void ofAWwidAndASerialNumberTheWwidCounts() throws Exception {
        Path disk = device("block/nvme0n1");
        write(disk, "wwid", "eui.1");
        write(disk, "device/serial", "of the controller");
        assertEquals("wwid eui.1", LastingIdentity.of(disk));
    }

    @Test
    void ofAPartitionIsTheDisksAndWhichPartItIs() throws Exception {
        Path disk = device("block/sda");
        write(disk, "device/wwid", "naa.1");
        Path first = part(disk, 1, 2048, "");
        Path second = part(disk, 2, 4096, "MAJOR=8\nPARTUUID=8f0c\n");
        assertEquals("wwid naa.1, partition 1 from sector 2048", LastingIdentity.of(first));
        assertEquals("wwid naa.1, partition 2 from sector 4096, PARTUUID=8f0c", LastingIdentity.of(second));
    }

    private static Path part(Path disk, int number, int start, String uevent) throws IOException {
        Path part = disk.resolve("sda" + number);
        write(part, "partition", number + "\n");
        write(part, "start", start + "\n");
        write(part, "uevent", uevent);
        return part;
    }

    @Test
    void ofAUsbStickIsItsPlugsInWhateverSocket() throws Exception {
        assertEquals("usb 0781:5567 4C530001, unit 0", LastingIdentity.of(stick("1-1", "6:0:0:0")));
        assertEquals("usb 0781:5567 4C530001, unit 0", LastingIdentity.of(stick("2-3", "7:0:0:0")));
        assertNotEquals(LastingIdentity.of(stick("1-1", "6:0:0:0")), LastingIdentity.of(stick("1-1", "6:0:0:1")));
    }

    private Path stick(String socket, String address) throws IOException {
        Path plug = device("pci/usb1/" + socket);
        write(plug, "idVendor", "0781\n");
        write(plug, "idProduct", "5567\n");
        write(plug, "serial", "4C530001\n");
        Path scsi = Files.createDirectories(plug.resolve("host/target").resolve(address));
        Path disk = Files.createDirectories(scsi.resolve("block/sdb"));
        Files.deleteIfExists(disk.resolve("device"));
        Files.createSymbolicLink(disk.resolve("device"), scsi);
        return disk;
    }

    @Test
    void loopDevicesAndWhatIsGoneHaveNone() throws Exception {
        assertEquals("", LastingIdentity.of(device("virtual/block/loop0")));
        assertEquals("", LastingIdentity.of(sys.resolve("nowhere")));
    }
}

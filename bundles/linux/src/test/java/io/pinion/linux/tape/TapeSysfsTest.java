package io.pinion.linux.tape;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.linux.Linux;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TapeSysfsTest {
    @TempDir
    Path sys;

    private TapeSysfs tape() {
        return new TapeSysfs(sys, "9:128");
    }

    private void write(String file, String text) throws IOException {
        Path path = sys.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text + "\n");
    }

    @Test
    void readsDriveDriverAndAdapter() throws Exception {
        write("devices/2:0:0:0/vendor", "IBM     ");
        write("devices/2:0:0:0/model", "ULT3580-TD8     ");
        write("devices/2:0:0:0/rev", "HB82");
        write("dev/char/9:128/options", "0x00000d07");
        write("dev/char/9:128/position_lost_in_reset", "1");
        Files.createSymbolicLink(sys.resolve("dev/char/9:128/device"), sys.resolve("devices/2:0:0:0"));
        write("bus/scsi/drivers/st/max_sg_segs", "256");
        write("bus/scsi/drivers/st/try_direct_io", "0");
        write("class/scsi_host/host2/sg_tablesize", "128");
        TapeSysfs tape = tape();
        assertEquals("IBM ULT3580-TD8, revision HB82", tape.model());
        assertEquals(0xd07, tape.options().orElseThrow());
        assertTrue(tape.has(Linux.MT_ST_CAN_PARTITIONS | Linux.MT_ST_SCSI2LOGICAL));
        assertFalse(tape.has(Linux.MT_ST_CAN_PARTITIONS | Linux.MT_ST_SILI));
        assertTrue(tape.isPositionLost());
        assertEquals(128, tape.segments());
        assertFalse(tape.triesDirect());
    }

    /** Another kernel, or no sysfs: what a driver does by default. */
    @Test
    void doesWithout() throws Exception {
        write("dev/char/9:128/options", "none");
        TapeSysfs tape = tape();
        assertEquals("", tape.model());
        assertTrue(tape.options().isEmpty());
        assertFalse(tape.isPositionLost());
        assertEquals(256, tape.segments());
        assertTrue(tape.triesDirect());
    }
}

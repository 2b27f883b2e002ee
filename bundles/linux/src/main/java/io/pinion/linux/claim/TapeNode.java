package io.pinion.linux.claim;

import io.pinion.linux.Linux;
import io.pinion.linux.Statx;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * A device node of the SCSI tape driver (Documentation/scsi/st.rst). Eight nodes lead to one drive: four modes, each with
 * and without rewinding at close.
 *
 * @param drive the drive's number, as in {@code nst0}
 */
record TapeNode(int minor, int drive) {
    private static final int NO_REWIND = 0x80;
    private static final int MODE = 0x60;

    static boolean isTape(Statx stat) {
        return stat.type() == Linux.S_IFCHR && stat.deviceMajor() == Linux.SCSI_TAPE_MAJOR;
    }

    static TapeNode of(Statx stat) {
        int minor = stat.deviceMinor();
        return new TapeNode(minor, (minor & ~0xff) >> 3 | minor & 0x1f);
    }

    /** {@return whether closing the node winds the tape back to its beginning} */
    boolean rewinds() {
        return (minor & NO_REWIND) == 0;
    }

    /** {@return the node to name instead of one that rewinds} */
    String withoutRewind() {
        return "/dev/nst" + drive;
    }

    /** {@return the identities of all nodes of a drive, from that of one} */
    static Set<String> siblings(String identity, String device) {
        int minor = Integer.parseInt(device.substring(device.indexOf(':') + 1));
        Set<String> all = new LinkedHashSet<>();
        all.add(identity);
        for (int node = 0; node < 8; node++) {
            all.add("chr:" + Linux.SCSI_TAPE_MAJOR + ":" + (minor & ~(NO_REWIND | MODE) | node << 5));
        }
        return all;
    }
}

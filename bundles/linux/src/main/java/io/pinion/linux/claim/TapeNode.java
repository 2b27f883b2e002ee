package io.pinion.linux.claim;

import io.pinion.linux.Linux;
import io.pinion.linux.Statx;
import io.pinion.linux.SystemCalls;
import io.pinion.linux.tape.TapeDevice;
import io.pinion.linux.tape.TapeSysfs;
import io.pinion.strategy.StorageException;
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
    private static final String[] MODES = {"", "l", "m", "a"};

    static boolean isTape(Statx stat) {
        return TapeSysfs.isTape(stat);
    }

    static TapeNode of(Statx stat) {
        int minor = stat.deviceMinor();
        return new TapeNode(minor, (minor & ~0xff) >> 3 | minor & 0x1f);
    }

    /** {@return whether closing the node winds the tape back to its beginning} */
    boolean rewinds() {
        return (minor & NO_REWIND) == 0;
    }

    /** {@return the node to name instead of one that rewinds: in the same mode, which the last letter tells} */
    String withoutRewind() {
        return "/dev/nst" + drive + MODES[(minor & MODE) >> 5];
    }

    /**
     * Has the driver forget that it wrote last, so that its close adds no file mark. Spacing over no record does it, and
     * neither moves the tape nor writes, which of writing no mark (MTWEOF with count 0) is not true of every drive: there are
     * those that take the tape to end wherever it stands then. To put what was written on the medium is the channel's
     * business.
     */
    static void forgetWriting(SystemCalls calls, Descriptor descriptor) {
        try {
            descriptor.call("close", fd -> new TapeDevice(calls, fd).operate(Linux.MTFSR, 0));
        } catch (StorageException e) {
            // It was closed already.
        }
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

package io.pinion.linux.tape;

import io.pinion.linux.Linux;
import io.pinion.linux.Statx;
import io.pinion.linux.claim.KernelText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What sysfs has of a tape drive and of its driver (Documentation/scsi/st.rst, Sysfs support). Read afresh each time: an
 * operator changes settings while the drive is open. Needs no privileges, and no call waits for the drive. Safe for any
 * thread.
 */
public final class TapeSysfs {
    /** Where it is mounted. */
    public static final Path MOUNT = Path.of("/sys");

    /** Segments of a transfer, where neither driver nor adapter tells (st_options.h, ST_MAX_SG). */
    private static final int USUAL_SEGMENTS = 256;

    private final Path sys;
    private final Path node;

    /**
     * Of a device node.
     *
     * @param sys where sysfs is: {@link #MOUNT}
     * @param device MAJOR:MINOR of a node of the drive
     */
    public TapeSysfs(Path sys, String device) {
        this.sys = sys;
        node = sys.resolve("dev/char").resolve(device);
    }

    /** {@return whether it is a node of the SCSI tape driver} */
    public static boolean isTape(Statx stat) {
        return stat.type() == Linux.S_IFCHR && stat.deviceMajor() == Linux.SCSI_TAPE_MAJOR;
    }

    /** {@return what the drive says of itself: vendor, model and revision; empty when sysfs does not know} */
    public String model() {
        String words = word("vendor") + " " + word("model");
        String revision = word("rev");
        return words.isBlank() ? "" : words.strip() + (revision.isEmpty() ? "" : ", revision " + revision);
    }

    private String word(String attribute) {
        return KernelText.text(node.resolve("device").resolve(attribute)).orElse("");
    }

    /** {@return the driver's options for the drive, MT_ST_… together; empty when sysfs does not know} */
    public OptionalLong options() {
        Optional<String> text = KernelText.text(node.resolve("options"));
        try {
            return text.isPresent() ? OptionalLong.of(Long.decode(text.get())) : OptionalLong.empty();
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    /** {@return whether all of these options are set, MT_ST_…} */
    public boolean has(int wanted) {
        return (options().orElse(0) & wanted) == wanted;
    }

    /** {@return whether the driver says that the place of the tape was lost in a reset; Linux 6.15} */
    public boolean isPositionLost() {
        return KernelText.number(node.resolve("position_lost_in_reset")).orElse(0) != 0;
    }

    /** {@return a parameter of the driver, such as {@code max_sg_segs}; empty when it has none of that name} */
    public OptionalLong parameter(String name) {
        return KernelText.number(sys.resolve("bus/scsi/drivers/st").resolve(name));
    }

    /** {@return whether the driver has the adapter transfer from and to the caller's memory where it can} */
    public boolean triesDirect() {
        return parameter("try_direct_io").orElse(1) != 0;
    }

    /** {@return how many pages a transfer may lie on to go from and to the caller's memory} */
    public int segments() {
        long driver = parameter("max_sg_segs").orElse(USUAL_SEGMENTS);
        long adapter = adapter()
                .map(a -> KernelText.number(a.resolve("sg_tablesize")).orElse(USUAL_SEGMENTS))
                .orElse((long) USUAL_SEGMENTS);
        return (int) Math.max(1, Math.min(driver, adapter));
    }

    /** A SCSI device is named HOST:CHANNEL:TARGET:LUN. */
    private Optional<Path> adapter() {
        try {
            String name = KernelText.name(node.resolve("device").toRealPath());
            return Optional.of(sys.resolve("class/scsi_host").resolve("host" + name.substring(0, name.indexOf(':'))));
        } catch (IOException | StringIndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }
}

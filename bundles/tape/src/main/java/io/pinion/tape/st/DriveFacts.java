package io.pinion.tape.st;

import io.pinion.linux.Linux;
import io.pinion.linux.tape.ScsiCommands;
import io.pinion.linux.tape.TapeSysfs;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.StringJoiner;

/** What the drive, its pages and its driver's settings tell an operator. For the channel's thread alone. */
final class DriveFacts {
    private static final int SERIAL_NUMBER_PAGE = 0x80;
    private static final int COMPRESSION_PAGE = 0x0f;
    private static final int PARTITION_PAGE = 0x11;

    /** Of what a mode page comes behind. */
    private static final int MODE_HEADER = 4;

    private static final int COMPRESSES = 0x80;
    private static final int CAN_COMPRESS = 0x40;

    private final TapeSysfs sysfs;
    private final ScsiCommands scsi;

    DriveFacts(TapeSysfs sysfs, ScsiCommands scsi) {
        this.sysfs = sysfs;
        this.scsi = scsi;
    }

    /** {@return the drive's name and number, as a sentence; empty when neither is known} */
    Optional<String> identity() {
        byte[] page = scsi.inquiry(SERIAL_NUMBER_PAGE);
        String serial = page.length <= MODE_HEADER
                ? ""
                : new String(
                                page,
                                MODE_HEADER,
                                Math.min(page[3] & 0xff, page.length - MODE_HEADER),
                                StandardCharsets.US_ASCII)
                        .strip();
        String model = sysfs.model();
        return model.isEmpty() && serial.isEmpty()
                ? Optional.empty()
                : Optional.of("drive " + model + (serial.isEmpty() ? "" : ", serial number " + serial));
    }

    /** {@return whether the drive compresses (SSC-3, 8.3.2); empty when it can't, or can't be asked} */
    Optional<Boolean> compression() {
        int flags = octet(scsi.mode(COMPRESSION_PAGE), MODE_HEADER + 2).orElse(0);
        return (flags & CAN_COMPRESS) == 0 ? Optional.empty() : Optional.of((flags & COMPRESSES) != 0);
    }

    /** {@return how many partitions the tape has (SSC-3, 8.3.4)} */
    int partitions() {
        return sysfs.has(Linux.MT_ST_CAN_PARTITIONS)
                ? 1 + octet(scsi.mode(PARTITION_PAGE), MODE_HEADER + 3).orElse(0)
                : 1;
    }

    private static OptionalInt octet(byte[] page, int index) {
        return page.length > index ? OptionalInt.of(page[index] & 0xff) : OptionalInt.empty();
    }

    /** {@return what the drive complains of} */
    Alerts alerts() {
        return Alerts.of(scsi);
    }

    /** {@return sentences on the driver's settings that matter here} */
    List<String> driver() {
        List<String> notes = new ArrayList<>();
        StringJoiner parameters = new StringJoiner(", ", "driver st: ", "");
        for (String name : List.of("try_direct_io", "fixed_buffer_size", "max_sg_segs")) {
            sysfs.parameter(name).ifPresent(value -> parameters.add(name + "=" + value));
        }
        sysfs.options().ifPresent(all -> parameters.add(String.format("options=0x%x", all)));
        notes.add(parameters.toString());
        if (sysfs.has(Linux.MT_ST_NOWAIT)) {
            notes.add(
                    "its option no-wait is set: it does not wait for the drive to have moved the tape; 'mt stclearoptions no-wait'");
        }
        if (sysfs.has(Linux.MT_ST_NOWAIT_EOF)) {
            notes.add("its option no-wait-eof is set: each flush asks the drive itself besides");
        }
        return notes;
    }

    /** {@return why records could be cut without a word; empty when not} */
    Optional<String> danger() {
        return sysfs.has(Linux.MT_ST_SILI)
                ? Optional.of(
                        "the driver's option sili is set for the drive, so that a record longer than the buffer is cut"
                                + " without a word; clear it with 'mt stclearoptions sili'")
                : Optional.empty();
    }
}

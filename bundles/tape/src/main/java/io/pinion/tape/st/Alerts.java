package io.pinion.tape.st;

import io.pinion.linux.tape.ScsiCommands;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What a drive complains of: the flags of its TapeAlert page that are set (SSC-3, annex A), by number. Most drives forget a
 * flag when it was read.
 */
record Alerts(List<Integer> flags) {
    private static final int PAGE = 0x2e;
    private static final int HEADER = 4;
    private static final int CLEAN_NOW = 20;
    private static final int CLEAN_PERIODIC = 21;

    /** From 1 on; those that later standards have dropped are empty. */
    private static final String[] NAMES = {
        "read warning",
        "write warning",
        "hard error",
        "medium",
        "read failure",
        "write failure",
        "medium life",
        "not data grade",
        "write protect",
        "medium removal prevented",
        "cleaning medium",
        "unsupported format",
        "recoverable mechanical cartridge failure",
        "unrecoverable mechanical cartridge failure",
        "memory chip in cartridge failure",
        "forced eject",
        "read-only format",
        "tape directory corrupted on load",
        "nearing medium life",
        "cleaning required",
        "cleaning requested",
        "expired cleaning medium",
        "invalid cleaning tape",
        "retension requested",
        "multi-port interface error",
        "cooling fan failure",
        "power supply failure",
        "power consumption",
        "drive preventive maintenance required",
        "hardware A",
        "hardware B",
        "primary interface",
        "eject medium",
        "microcode update failure",
        "drive humidity",
        "drive temperature",
        "drive voltage",
        "predictive failure of the drive",
        "diagnostics required",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "lost statistics",
        "tape directory invalid at unload",
        "tape system area write failure",
        "tape system area read failure",
        "no start of data",
        "loading or threading failure",
        "unrecoverable unload failure",
        "automation interface failure",
        "microcode failure",
        "WORM integrity check failed",
        "WORM overwrite attempted"
    };

    static Alerts of(ScsiCommands scsi) {
        List<Integer> set = new ArrayList<>();
        byte[] page = scsi.log(PAGE);
        ByteBuffer answer = ByteBuffer.wrap(page);
        // Parameters of a number, a control byte, a length and so many bytes of value (SPC-4, 7.3.2).
        for (int at = HEADER; at + HEADER < page.length; at += HEADER + (page[at + 3] & 0xff)) {
            if (page[at + 3] > 0 && (page[at + HEADER] & 1) != 0) {
                set.add((int) answer.getShort(at));
            }
        }
        return new Alerts(List.copyOf(set));
    }

    boolean isCleaningWanted() {
        return flags.contains(CLEAN_NOW) || flags.contains(CLEAN_PERIODIC);
    }

    /** {@return a sentence for each} */
    List<String> notes() {
        return flags.stream()
                .map(flag -> "TapeAlert " + flag
                        + (flag >= 1 && flag <= NAMES.length && !NAMES[flag - 1].isEmpty()
                                ? ": " + NAMES[flag - 1]
                                : ""))
                .toList();
    }
}

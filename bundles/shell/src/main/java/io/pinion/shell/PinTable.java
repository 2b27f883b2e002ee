package io.pinion.shell;

import io.pinion.memory.PinStatus;
import io.pinion.shell.text.Table;
import io.pinion.shell.text.Units;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** The open pins, a row each. */
final class PinTable {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("MM-dd HH:mm:ss", Locale.ROOT);

    private PinTable() {}

    static List<String> lines(List<PinStatus> pins) {
        if (pins.isEmpty()) {
            return List.of("there are no pins; 'why NAME' of a volume and 'health' say what is not pinned, and why");
        }
        Table table = Table.of("ADDRESS", ">SIZE", "SINCE", "OWNER");
        for (PinStatus pin : pins) {
            table.row(
                    address(pin.address()),
                    Units.bytes(pin.length()),
                    TIME.format(pin.since().atZone(ZoneId.systemDefault())),
                    pin.owner());
        }
        return table.lines();
    }

    static String address(long address) {
        return String.format(Locale.ROOT, "0x%012x", address);
    }
}

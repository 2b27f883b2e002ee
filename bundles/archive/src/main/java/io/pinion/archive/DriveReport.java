package io.pinion.archive;

import io.pinion.shell.text.Table;
import io.pinion.shell.text.Units;
import io.pinion.strategy.Capability;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.TapeStatus;
import io.pinion.volume.TapeDrive;
import io.pinion.volume.VolumeStatus;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** All that a drive says of itself and its tape, a line each. */
final class DriveReport {
    /** What a drive can do that an operator asks for by name. */
    private static final Set<Capability> SETTINGS = EnumSet.of(
            Capability.FIXED_BLOCKS,
            Capability.DENSITY,
            Capability.COMPRESSION,
            Capability.ERASE,
            Capability.LOAD,
            Capability.PARTITIONS);

    private DriveReport() {}

    static List<String> lines(TapeDrive drive, Optional<VolumeStatus> known) throws StorageException {
        TapeStatus status = drive.status();
        Table table = Table.of(
                drive.name(), known.map(volume -> volume.target().toString()).orElse(""));
        known.flatMap(VolumeStatus::strategy).ifPresent(strategy -> table.row("served by", strategy));
        table.row("access", drive.access());
        table.row("state", state(status));
        table.row("position", position(drive));
        table.row("records", records(status.blockSize()));
        table.row("largest record", largest(drive));
        status.density().ifPresent(code -> table.row("density", density(code)));
        table.row(
                "compression", status.compression().map(on -> on ? "on" : "off").orElse("not told"));
        if (status.partitions() > 1) {
            table.row("partitions", status.partitions());
        }
        table.row("can", can(drive.capabilities()));
        status.notes().forEach(note -> table.row("note", note));
        return table.lines();
    }

    private static String state(TapeStatus status) {
        if (status.conditions().isEmpty()) {
            return "not ready: no tape is loaded";
        }
        return words(status.conditions());
    }

    private static String largest(TapeDrive drive) throws StorageException {
        int most = drive.geometry().maximumRecordSize();
        return most == 0 ? "not told" : Units.bytes(most);
    }

    /** Without a tape there is no position, which the drive says by failing. */
    private static String position(TapeDrive drive) {
        try {
            return Stand.of(drive.position());
        } catch (StorageException e) {
            return e.detail();
        }
    }

    private static String can(Set<Capability> capabilities) {
        String settings = words(capabilities.stream().filter(SETTINGS::contains).collect(Collectors.toSet()));
        return settings.isEmpty() ? "no more than read, write and space" : settings;
    }

    private static String words(Set<? extends Enum<?>> constants) {
        return constants.stream()
                .sorted()
                .map(constant -> constant.name().toLowerCase(Locale.ROOT).replace('_', ' '))
                .collect(Collectors.joining(", "));
    }

    static String records(int blockSize) {
        return blockSize == 0
                ? "variable: each has its own length"
                : "fixed: " + blockSize + " bytes each (" + Units.bytes(blockSize) + ")";
    }

    static String density(int code) {
        return String.format("0x%02x", code);
    }
}

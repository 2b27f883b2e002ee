package io.pinion.archive;

import io.pinion.archive.tar.Printable;
import io.pinion.archive.tar.TarEntry;
import io.pinion.archive.tar.TarKind;
import io.pinion.archive.tar.TarOwner;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** An entry of an archive in a line, as {@code tar -tv} shows it. */
final class EntryLine {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);
    private static final String LETTERS = "rwxrwxrwx";
    private static final int HIGHEST = 0b100_000_000;

    private EntryLine() {}

    static String of(TarEntry entry) {
        return String.format(
                Locale.ROOT,
                "%s %-17s %12d %s %s%s",
                mode(entry),
                name(entry.owner()) + "/" + name(entry.group()),
                entry.size(),
                TIME.format(entry.modified().atZone(ZoneId.systemDefault())),
                Printable.of(entry.name()) + (entry.kind() == TarKind.DIRECTORY ? "/" : ""),
                link(entry));
    }

    private static String name(TarOwner owner) {
        return owner.name().isEmpty() ? Long.toString(owner.id()) : Printable.of(owner.name());
    }

    private static String link(TarEntry entry) {
        return switch (entry.kind()) {
            case SYMBOLIC_LINK -> " -> " + Printable.of(entry.linkName());
            case HARD_LINK -> " link to " + Printable.of(entry.linkName());
            case SPARSE -> " (sparse: not read back)";
            case OTHER -> " (not read back)";
            default -> "";
        };
    }

    private static String mode(TarEntry entry) {
        StringBuilder mode = new StringBuilder();
        mode.append(
                switch (entry.kind()) {
                    case DIRECTORY -> 'd';
                    case SYMBOLIC_LINK -> 'l';
                    case HARD_LINK -> 'h';
                    case FILE, SPARSE -> '-';
                    default -> '?';
                });
        for (int bit = 0; bit < LETTERS.length(); bit++) {
            mode.append((entry.mode() & HIGHEST >> bit) == 0 ? '-' : LETTERS.charAt(bit));
        }
        return mode.toString();
    }
}

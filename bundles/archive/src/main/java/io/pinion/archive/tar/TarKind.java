package io.pinion.archive.tar;

/** What an entry of an archive is, by its type flag (pax(1), "ustar Header Block"; GNU tar, "Basic Tar Format"). */
public enum TarKind {
    /** A file, with its content. */
    FILE('0'),
    /** Another name of a file that came before. */
    HARD_LINK('1'),
    /** A symbolic link. */
    SYMBOLIC_LINK('2'),
    /** A directory. */
    DIRECTORY('5'),
    /** A file with holes, as {@code tar -S} writes it: its content is the parts between, and not what it seems. */
    SPARSE('S'),
    /** A device, a pipe, the rest of a file from another tape, a label, or what is not known: listed, never read back. */
    OTHER('?');

    /** The flag of a sparse file of GNU's whose map was passed over. */
    static final byte PASSED = 's';

    private final char flag;

    TarKind(char flag) {
        this.flag = flag;
    }

    byte flag() {
        return (byte) flag;
    }

    /** {@return the kind} A directory of old archives is a file whose name ends with a slash. */
    static TarKind of(byte flag, String name) {
        return switch (flag) {
            case '0', '7', 0 -> name.endsWith("/") ? DIRECTORY : FILE;
            // GNU's D: a directory, with the names in it as its content.
            case '5', 'D' -> DIRECTORY;
            case '1' -> HARD_LINK;
            case '2' -> SYMBOLIC_LINK;
            case 'S', PASSED -> SPARSE;
            default -> OTHER;
        };
    }
}

package io.pinion.archive;

import io.pinion.archive.tar.TarEntry;
import io.pinion.archive.tar.TarKind;
import io.pinion.archive.tar.TarOwner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;

/** What an archive says of files of this machine (inode(7)). One for an archive: it knows hard links again. */
final class FileEntry {
    private static final int TYPE = 0xF000;
    private static final int REGULAR = 0x8000;
    private static final int DIRECTORY = 0x4000;
    private static final int SYMBOLIC_LINK = 0xA000;
    private static final int PERMISSIONS = 0xFFF;

    private final Map<Object, String> linked = new HashMap<>();

    /** {@return the entry of a file by this name; one of kind OTHER for what no archive can hold} */
    TarEntry of(Path file, String name) throws IOException {
        Map<String, Object> attributes = Files.readAttributes(file, "unix:*", LinkOption.NOFOLLOW_LINKS);
        int mode = (int) attributes.get("mode");
        return switch (mode & TYPE) {
            case REGULAR -> regular(attributes, name);
            case DIRECTORY -> entry(attributes, name, TarKind.DIRECTORY, 0, "");
            case SYMBOLIC_LINK ->
                entry(
                        attributes,
                        name,
                        TarKind.SYMBOLIC_LINK,
                        0,
                        Files.readSymbolicLink(file).toString());
            default -> entry(attributes, name, TarKind.OTHER, 0, "");
        };
    }

    private TarEntry regular(Map<String, Object> attributes, String name) {
        if ((int) attributes.get("nlink") > 1) {
            String first = linked.putIfAbsent(attributes.get("fileKey"), name);
            if (first != null) {
                return entry(attributes, name, TarKind.HARD_LINK, 0, first);
            }
        }
        return entry(attributes, name, TarKind.FILE, (long) attributes.get("size"), "");
    }

    private static TarEntry entry(
            Map<String, Object> attributes, String name, TarKind kind, long size, String linkName) {
        return new TarEntry(
                name,
                kind,
                size,
                (int) attributes.get("mode") & PERMISSIONS,
                ((FileTime) attributes.get("lastModifiedTime")).toInstant(),
                linkName,
                owner(attributes, "uid", "owner"),
                owner(attributes, "gid", "group"));
    }

    /** Who has no name here is called by the number, which is no name. */
    private static TarOwner owner(Map<String, Object> attributes, String id, String name) {
        long number = Integer.toUnsignedLong((int) attributes.get(id));
        String called = attributes.get(name).toString();
        return new TarOwner(number, called.equals(Long.toString(number)) ? "" : called);
    }
}

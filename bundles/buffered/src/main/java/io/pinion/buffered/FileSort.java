package io.pinion.buffered;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** What a path leads to. */
enum FileSort {
    REGULAR("is a regular file"),
    BLOCK_DEVICE("is a block device"),
    DIRECTORY("is a directory"),
    CHARACTER_DEVICE("is a character device"),
    OTHER("is neither a file nor a directory");

    /** The type bits of st_mode; see inode(7). */
    private static final int S_IFMT = 0170000;

    private static final int S_IFCHR = 0020000;
    private static final int S_IFBLK = 0060000;

    private final String words;

    FileSort(String words) {
        this.words = words;
    }

    static FileSort of(Path path) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
        if (attributes.isRegularFile()) {
            return REGULAR;
        }
        if (attributes.isDirectory()) {
            return DIRECTORY;
        }
        if (path.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            int type = (Integer) Files.getAttribute(path, "unix:mode") & S_IFMT;
            if (type == S_IFBLK) {
                return BLOCK_DEVICE;
            }
            if (type == S_IFCHR) {
                return CHARACTER_DEVICE;
            }
        }
        return OTHER;
    }

    /** {@return whether it is on the page cache's side of things: it has bytes at offsets} */
    boolean isServed() {
        return this == REGULAR || this == BLOCK_DEVICE;
    }

    /** {@return what to say of a target of this sort that is not served} */
    String words() {
        return words + "; allowed: a regular file or a block device";
    }
}

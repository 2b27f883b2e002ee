package io.pinion.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * Where entries of an archive may go: below one directory, by no name that leads out of it, and through no symbolic link,
 * whoever made that. Every refusal is a {@link NotPlaced}.
 */
final class Places {
    private final Path root;
    private final boolean overwrite;

    Places(Path root, boolean overwrite) {
        this.root = root;
        this.overwrite = overwrite;
    }

    /** Why an entry has no place. */
    static final class NotPlaced extends IOException {
        private static final long serialVersionUID = 1;

        NotPlaced(String reason) {
            super(reason);
        }
    }

    boolean isRoot(Path place) {
        return place.equals(root);
    }

    boolean overwrites() {
        return overwrite;
    }

    /** {@return the place of a name, whether or not something is there} */
    Path of(String name) throws NotPlaced {
        if (name.startsWith("/")) {
            throw new NotPlaced("left out: an absolute name");
        }
        Path place = root;
        try {
            for (String part : name.split("/")) {
                if (part.equals("..")) {
                    throw new NotPlaced("left out: '..' in a name leads out of the directory");
                }
                if (!part.isEmpty() && !part.equals(".")) {
                    place = place.resolve(part);
                }
            }
        } catch (InvalidPathException e) {
            throw new NotPlaced("left out: it can't be a name here: " + e.getReason());
        }
        return place;
    }

    /** Makes a directory, and those above it. Those that are there are directories, and no links to any. */
    void make(Path directory) throws IOException {
        Path made = root;
        for (Path part : root.relativize(directory)) {
            made = made.resolve(part);
            if (!Files.exists(made, LinkOption.NOFOLLOW_LINKS)) {
                Files.createDirectory(made);
            } else if (!Files.isDirectory(made, LinkOption.NOFOLLOW_LINKS)) {
                throw new NotPlaced("left out: " + root.relativize(made) + " is no directory"
                        + (Files.isSymbolicLink(made) ? ", but a symbolic link" : ""));
            }
        }
    }

    /** Makes room: what is there is removed if that was asked for, and is never opened, so that no other name of it is hurt. */
    void clear(Path place) throws IOException {
        if (!Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!overwrite) {
            throw new NotPlaced("left out: it is there already; --overwrite replaces it");
        }
        if (Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
            throw new NotPlaced("left out: a directory is there");
        }
        Files.delete(place);
    }
}

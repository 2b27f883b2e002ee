package io.pinion.archive;

import io.pinion.shell.text.CommandFailure;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Files as they were named, and all that is in those that are directories, each before its content, in the order of names. A
 * symbolic link is taken as one, and not followed.
 */
final class Selection {
    private final List<Named> roots;

    /**
     * A file, and what it is called in an archive.
     *
     * @param path where it is
     * @param name as it was typed, without what leads up or to the root
     */
    record Named(Path path, String name) {}

    private Selection(List<Named> roots) {
        this.roots = roots;
    }

    /** {@return those of these names, as they are typed in a directory} All of them are there. */
    static Selection of(Path directory, List<String> names) throws CommandFailure {
        List<Named> roots = new ArrayList<>();
        for (String name : names) {
            Path path = directory.resolve(name);
            if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                throw new CommandFailure("there is no file " + path + "; nothing was written");
            }
            roots.add(new Named(path, inside(Path.of(name).normalize())));
        }
        return new Selection(roots);
    }

    /** As tar(1): {@code /etc/hosts} becomes {@code etc/hosts}, {@code ../a} becomes {@code a}, what is nothing else is {@code .}. */
    private static String inside(Path name) {
        StringBuilder inside = new StringBuilder();
        for (Path part : name) {
            String text = part.toString();
            if (!text.isEmpty() && !text.equals("..")) {
                inside.append(inside.length() == 0 ? "" : "/").append(text);
            }
        }
        return inside.length() == 0 ? "." : inside.toString();
    }

    /** What is done with each file. */
    interface Visitor {
        void visit(Named file) throws IOException;

        /** A directory whose content can't be had. */
        void lacks(Named directory, IOException reason);
    }

    /** Goes through all of them. */
    void visit(Visitor visitor) throws IOException {
        for (Named root : roots) {
            visit(root, visitor);
        }
    }

    private static void visit(Named file, Visitor visitor) throws IOException {
        visitor.visit(file);
        if (Files.isDirectory(file.path(), LinkOption.NOFOLLOW_LINKS)) {
            for (Path child : children(file, visitor)) {
                visit(new Named(child, file.name() + "/" + child.getFileName()), visitor);
            }
        }
    }

    private static List<Path> children(Named directory, Visitor visitor) {
        List<Path> children = new ArrayList<>();
        try (DirectoryStream<Path> content = Files.newDirectoryStream(directory.path())) {
            content.forEach(children::add);
        } catch (IOException e) {
            visitor.lacks(directory, e);
        } catch (DirectoryIteratorException e) {
            visitor.lacks(directory, e.getCause());
        }
        children.sort(null);
        return children;
    }

    /** {@return how many bytes the files have} */
    long bytes() throws CommandFailure {
        long[] sum = {0};
        Visitor adding = new Visitor() {
            @Override
            public void visit(Named file) {
                if (Files.isRegularFile(file.path(), LinkOption.NOFOLLOW_LINKS)) {
                    sum[0] += file.path().toFile().length();
                }
            }

            @Override
            public void lacks(Named directory, IOException reason) {
                // Said when it is written.
            }
        };
        try {
            visit(adding);
        } catch (IOException e) {
            throw new CommandFailure("the files can't be counted: " + e, e);
        }
        return sum[0];
    }
}

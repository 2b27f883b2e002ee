package io.pinion.linux.claim;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads the small files of /proc and /sys. What can't be read is empty: devices and processes come and go meanwhile.
 * Streams of java.io, because channels, and so Files.readString, fail in a thread that was interrupted.
 */
public final class KernelText {
    private KernelText() {}

    /** {@return what a file holds, without blanks around it} */
    public static Optional<String> text(Path file) {
        try {
            return Optional.of(new String(read(file), StandardCharsets.UTF_8).strip());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    static byte[] bytes(Path file) {
        try {
            return read(file);
        } catch (IOException e) {
            return new byte[0];
        }
    }

    private static byte[] read(Path file) throws IOException {
        try (InputStream in = new FileInputStream(file.toFile())) {
            return in.readAllBytes();
        }
    }

    /** {@return where a symbolic link leads, as it is written; empty for what is none, or may not be read} */
    static Optional<Path> link(Path path) {
        try {
            return Optional.of(Files.readSymbolicLink(path));
        } catch (IOException | UnsupportedOperationException e) {
            return Optional.empty();
        }
    }

    static List<String> lines(Path file) {
        return text(file).map(t -> t.lines().toList()).orElse(List.of());
    }

    /** {@return the number that a file holds} */
    public static OptionalLong number(Path file) {
        Optional<String> text = text(file);
        try {
            return text.isPresent() ? OptionalLong.of(Long.parseLong(text.get())) : OptionalLong.empty();
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    /** {@return the last name of a path that has one} */
    public static String name(Path path) {
        return path.getName(path.getNameCount() - 1).toString();
    }

    static List<Path> children(Path directory) {
        List<Path> children = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            stream.forEach(children::add);
        } catch (IOException | DirectoryIteratorException e) {
            return children;
        }
        return children;
    }
}

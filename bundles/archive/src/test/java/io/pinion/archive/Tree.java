package io.pinion.archive;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Directories with all that an archive can hold, and what makes two of them equal. */
final class Tree {
    static final String LONG = "a-name-that-is-long-".repeat(9);
    static final Instant THEN = Instant.parse("2021-03-04T05:06:07Z");

    private Tree() {}

    static Path make(Path root) throws IOException {
        Files.createDirectories(root.resolve("empty"));
        file(root.resolve("small"), "hello".getBytes(StandardCharsets.UTF_8));
        file(root.resolve("nothing"), new byte[0]);
        byte[] random = new byte[700_001];
        new Random(7).nextBytes(random);
        file(root.resolve("large"), random);
        Path deep = Files.createDirectories(root.resolve("d".repeat(60)).resolve("e".repeat(60)));
        file(deep.resolve("parted at a slash"), new byte[512]);
        file(deep.resolve(LONG), new byte[513]);
        Files.createSymbolicLink(root.resolve("link"), Path.of("small"));
        Files.createSymbolicLink(root.resolve("far"), Path.of("/nowhere/" + LONG));
        Files.createLink(root.resolve("same"), root.resolve("large"));
        Files.setPosixFilePermissions(root.resolve("small"), PosixFilePermissions.fromString("r-x-w---x"));
        Files.setPosixFilePermissions(root.resolve("empty"), PosixFilePermissions.fromString("r-xr-x---"));
        Files.setLastModifiedTime(root.resolve("empty"), FileTime.from(THEN));
        return root;
    }

    private static void file(Path file, byte[] content) throws IOException {
        Files.write(file, content);
        Files.setLastModifiedTime(file, FileTime.from(THEN.plusSeconds(content.length)));
    }

    /** {@return what there is by name: kind, permissions, content, time; of directories no time, which every change alters} */
    static TreeMap<String, String> describe(Path root) throws IOException {
        TreeMap<String, String> described = new TreeMap<>();
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : all.filter(path -> !path.equals(root)).toList()) {
                described.put(root.relativize(path).toString(), describe1(path));
            }
        }
        return described;
    }

    private static String describe1(Path path) throws IOException {
        if (Files.isSymbolicLink(path)) {
            return "-> " + Files.readSymbolicLink(path);
        }
        String permissions =
                PosixFilePermissions.toString(Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
        if (Files.isDirectory(path)) {
            return "directory " + permissions;
        }
        return permissions + " " + Files.getAttribute(path, "unix:nlink") + " " + Files.getLastModifiedTime(path) + " "
                + sum(Files.readAllBytes(path));
    }

    private static String sum(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Runs tar(1); {@return what it printed} It must succeed. */
    static String tar(List<String> arguments) throws IOException, InterruptedException {
        List<String> command =
                Stream.concat(Stream.of("tar"), arguments.stream()).toList();
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError(command + " ended with " + process.exitValue() + ": " + printed);
        }
        return printed;
    }
}

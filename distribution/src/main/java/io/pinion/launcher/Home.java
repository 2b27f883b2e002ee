package io.pinion.launcher;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Where everything is.
 *
 * @param directory the distribution's
 * @param data what a running Pinion writes: volumes, the framework's storage, the control socket
 * @param log log files
 */
record Home(Path directory, Path data, Path log) {
    /** A Unix socket's path has 108 bytes at most, with the zero at its end; see unix(7). */
    private static final int SOCKET_PATH_LIMIT = 107;

    private static final String SOCKET = "control";

    private static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rwx------");

    static Home find() throws IOException {
        String property = System.getProperty("pinion.home");
        if (property == null) {
            throw new IOException("system property pinion.home is not set; start Pinion by bin/pinion");
        }
        Path directory = Path.of(property).toRealPath();
        String elsewhere = System.getenv("PINION_DATA");
        if (elsewhere == null || elsewhere.isBlank()) {
            return new Home(directory, directory.resolve("data"), directory.resolve("log"));
        }
        Path data = Path.of(elsewhere).toAbsolutePath();
        return new Home(directory, data, data.resolve("log"));
    }

    Path bundles() {
        return directory.resolve("bundle");
    }

    /** Makes the directories that are written to. */
    void prepare() throws IOException {
        Files.createDirectories(data);
        Files.createDirectories(log);
        if (!Files.isWritable(data) || !Files.isWritable(log)) {
            throw new IOException(data + " or " + log + " is not writable; set PINION_DATA to a directory that is");
        }
        makePrivate(controlDirectory());
    }

    /** {@return the control socket} */
    Path socket() {
        return controlDirectory().resolve(SOCKET);
    }

    /** Below the data; where that path is too long for a socket, below the directory for temporary files. */
    private Path controlDirectory() {
        Path near = data.resolve("run");
        if (near.resolve(SOCKET).toString().getBytes(StandardCharsets.UTF_8).length <= SOCKET_PATH_LIMIT) {
            return near;
        }
        UUID name = UUID.nameUUIDFromBytes(data.toString().getBytes(StandardCharsets.UTF_8));
        return Path.of("/tmp", "pinion-" + System.getProperty("user.name") + "-" + name);
    }

    /** {@return how many volumes and tape drives are configured by files} */
    long configuredVolumes() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("etc"))) {
            return files.map(file -> file.toFile().getName())
                    .filter(name -> name.matches("io\\.pinion\\.(volume|tape)-.*\\.cfg"))
                    .count();
        }
    }

    /** {@return the framework's properties: {@code etc/config.properties}, and where everything is} */
    Map<String, String> properties() throws IOException {
        Map<String, String> places = new HashMap<>();
        places.put("pinion.home", directory.toString());
        places.put("pinion.data", data.toString());
        places.put("pinion.log", log.toString());
        Properties written = new Properties();
        try (Reader file = Files.newBufferedReader(directory.resolve("etc/config.properties"))) {
            written.load(file);
        }
        Map<String, String> properties = new HashMap<>(places);
        written.stringPropertyNames().forEach(key -> properties.put(key, filled(written.getProperty(key), places)));
        properties.put("pinion.control", socket().toString());
        return properties;
    }

    private static String filled(String value, Map<String, String> places) {
        String filled = value;
        for (Map.Entry<String, String> place : places.entrySet()) {
            filled = filled.replace("${" + place.getKey() + "}", place.getValue());
        }
        return filled;
    }

    /** Whoever can enter the socket's directory can command Pinion: that must be its user alone. */
    private static void makePrivate(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(PRIVATE));
        }
        UserPrincipal owner = Files.getOwner(directory);
        if (!owner.equals(Files.getOwner(Path.of("/proc/self")))) {
            throw new IOException(directory + " belongs to " + owner.getName() + "; remove it, or set PINION_DATA");
        }
        Files.setPosixFilePermissions(directory, PRIVATE);
    }
}

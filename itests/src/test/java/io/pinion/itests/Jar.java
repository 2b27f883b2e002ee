package io.pinion.itests;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/** A bundle that a scenario makes, of this module's classes and whatever headers it wants to try. */
final class Jar {
    private final Manifest manifest = new Manifest();
    private final Map<String, byte[]> entries = new TreeMap<>();

    private Jar() {}

    static Jar of(String symbolicName, String version) {
        Jar jar = new Jar();
        return jar.header("Manifest-Version", "1.0")
                .header("Bundle-ManifestVersion", "2")
                .header("Bundle-SymbolicName", symbolicName)
                .header("Bundle-Version", version);
    }

    Jar header(String key, String value) {
        manifest.getMainAttributes().putValue(key, value);
        return this;
    }

    /** Says that it has a strategy of this name. */
    Jar promising(String strategy) {
        return header("Provide-Capability", "pinion.strategy;pinion.strategy=" + strategy);
    }

    Jar entry(String name, String text) {
        entries.put(name, text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** Adds a class of this module, with what is nested in it. */
    Jar with(Class<?> type) throws IOException {
        Path classes = Container.BUILD.resolve("test-classes");
        Path folder = classes.resolve(type.getPackageName().replace('.', '/'));
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, type.getSimpleName() + "*.class")) {
            for (Path file : files) {
                if (file.getFileName().toString().split("[$.]")[0].equals(type.getSimpleName())) {
                    entries.put(classes.relativize(file).toString(), Files.readAllBytes(file));
                }
            }
        }
        return this;
    }

    /** Adds a copy of a package, out of the jar of a bundle of Pinion's. */
    Jar withCopyOf(String packageName, String artifact) throws IOException {
        String folder = packageName.replace('.', '/') + "/";
        try (JarFile jar = new JarFile(Container.jar(artifact).toFile())) {
            for (ZipEntry entry : jar.stream()
                    .filter(e -> e.getName().startsWith(folder) && e.getName().endsWith(".class"))
                    .toList()) {
                try (InputStream in = jar.getInputStream(entry)) {
                    entries.put(entry.getName(), in.readAllBytes());
                }
            }
        }
        return this;
    }

    InputStream stream() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                jar.putNextEntry(new ZipEntry(entry.getKey()));
                jar.write(entry.getValue());
            }
        }
        return new ByteArrayInputStream(bytes.toByteArray());
    }
}

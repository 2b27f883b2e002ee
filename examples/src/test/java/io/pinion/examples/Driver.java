package io.pinion.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;

/** A driver's project, far from this build's. */
final class Driver {
    private final String name;
    private final Path directory;

    private Driver(String name, Path directory) {
        this.name = name;
        this.directory = directory;
    }

    /** {@return the example, copied: it needs nothing around it} */
    static Driver copied(Path into) throws IOException {
        Path example = Path.of(System.getProperty("pinion.example"));
        Path copy = into.resolve("example");
        Files.walkFileTree(example, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path from, BasicFileAttributes attributes) throws IOException {
                if (from.equals(example.resolve("target"))) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(copy.resolve(example.relativize(from)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path from, BasicFileAttributes attributes) throws IOException {
                Files.copy(from, copy.resolve(example.relativize(from)), StandardCopyOption.COPY_ATTRIBUTES);
                return FileVisitResult.CONTINUE;
            }
        });
        return new Driver("sealed", copy);
    }

    /** {@return what the archetype makes, with these properties} */
    static Driver made(Path into, String name, String... properties) throws Exception {
        Files.createDirectories(into);
        List<String> words = Stream.concat(
                        Stream.of(
                                "org.apache.maven.plugins:maven-archetype-plugin:"
                                        + System.getProperty("archetype.version") + ":generate",
                                "-DarchetypeCatalog=internal",
                                "-DarchetypeGroupId=io.pinion",
                                "-DarchetypeArtifactId=pinion-driver-archetype",
                                "-DarchetypeVersion=" + System.getProperty("pinion.version"),
                                "-Dversion=1.0.0-SNAPSHOT",
                                "-Dstrategy=" + name),
                        Stream.of(properties))
                .toList();
        Maven.run(into, words.toArray(String[]::new));
        File[] projects = into.toFile().listFiles(File::isDirectory);
        assertThat(projects).hasSize(1);
        return new Driver(name, projects[0].toPath());
    }

    /** Builds it, its kit included, as its author would, but that a warning is an error. */
    Driver build() throws Exception {
        Maven.run(directory, "verify", "-Dmaven.compiler.failOnWarning=true");
        return this;
    }

    /** {@return the strategy's name} */
    String name() {
        return name;
    }

    /** {@return the bundle} */
    Path jar() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("target"))) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** {@return how many tests of the classes whose names end like this ran and succeeded} */
    int succeeded(String suffix) throws Exception {
        int succeeded = 0;
        try (Stream<Path> reports = Files.list(directory.resolve("target/surefire-reports"))) {
            for (Path report : reports.filter(file -> file.toString().endsWith(suffix + ".xml"))
                    .toList()) {
                Element suite = DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(report.toFile())
                        .getDocumentElement();
                succeeded += count(suite, "tests")
                        - count(suite, "skipped")
                        - count(suite, "failures")
                        - count(suite, "errors");
            }
        }
        return succeeded;
    }

    private static int count(Element suite, String what) {
        return Integer.parseInt(suite.getAttribute(what));
    }

    /** {@return its files by name, but for what was built} */
    Map<String, String> sources() throws IOException {
        Map<String, String> sources = new TreeMap<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String path = directory.relativize(file).toString();
                if (!path.startsWith("target")) {
                    sources.put(path, Files.readString(file));
                }
            }
        }
        return sources;
    }
}

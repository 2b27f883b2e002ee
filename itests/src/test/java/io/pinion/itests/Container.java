package io.pinion.itests;

import static org.ops4j.pax.exam.CoreOptions.bundle;
import static org.ops4j.pax.exam.CoreOptions.composite;
import static org.ops4j.pax.exam.CoreOptions.junitBundles;
import static org.ops4j.pax.exam.CoreOptions.streamBundle;
import static org.ops4j.pax.exam.CoreOptions.systemPackage;
import static org.ops4j.pax.exam.CoreOptions.workingDirectory;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.TestContainer;
import org.ops4j.pax.exam.spi.PaxExamRuntime;

/** What a plain Apache Felix for a scenario is made of, and where things are for any container. */
final class Container {
    static final Path BUILD = Path.of(System.getProperty("pinion.it.directory"));

    static final List<String> SLF4J = List.of("org.slf4j", "org.slf4j.event", "org.slf4j.helpers", "org.slf4j.spi");

    private Container() {}

    /** {@return the scenario's own directory, on the disk that the build is on} */
    static Path directory(Class<?> scenario) {
        return BUILD.resolve("it").resolve(scenario.getSimpleName());
    }

    /** {@return the same, without what an earlier run has left in it} */
    static Path emptyDirectory(Class<?> scenario) throws IOException {
        Path directory = directory(scenario);
        if (Files.exists(directory)) {
            try (Stream<Path> all = Files.walk(directory)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
        return Files.createDirectories(directory);
    }

    /** {@return the jar of a bundle, by its artifactId} */
    static Path jar(String artifact) {
        return path(artifact + ".jar");
    }

    /** {@return what the build has put aside for containers, by its name} */
    static Path path(String file) {
        return BUILD.resolve("bundles").resolve(file);
    }

    /** {@return a framework with its services, without Pinion} */
    static Option platform(Class<?> scenario) {
        return composite(
                workingDirectory(directory(scenario).resolve("framework").toString()),
                // The log is the class path's, so that it is in one place; Pax Exam imports its 1, Pinion its 2.
                systemPackages(SLF4J, "1.7.36"),
                systemPackages(SLF4J, "2.0.17"),
                provision(PLATFORM.toArray(new String[0])),
                junitBundles());
    }

    /** The bundles of a framework's services. */
    static final List<String> PLATFORM = List.of(
            "org.osgi.util.function",
            "org.osgi.util.promise",
            "org.osgi.service.log",
            "org.apache.felix.log",
            "org.osgi.service.component",
            "org.apache.felix.configadmin",
            "org.apache.felix.metatype",
            "org.apache.felix.scr");

    /** The bundles of Pinion. */
    static final List<String> PINION = List.of(
            "io.pinion.core",
            "io.pinion.linux",
            "io.pinion.memory",
            "io.pinion.buffered",
            "io.pinion.direct",
            "io.pinion.block",
            "io.pinion.tape");

    /** {@return all of Pinion, with the libraries that it needs} */
    static Option pinion() {
        return composite(libraries(), provision(PINION.toArray(new String[0])));
    }

    static Option libraries() {
        return provision("jna");
    }

    private static Option systemPackages(List<String> names, String version) {
        return composite(names.stream()
                .map(name -> systemPackage(name + ";version=" + version))
                .toArray(Option[]::new));
    }

    /** {@return bundles that are installed and started in this order} */
    static Option provision(String... artifacts) {
        return composite(
                Arrays.stream(artifacts).map(artifact -> bundle(url(artifact))).toArray(Option[]::new));
    }

    /** Starts a container for a scenario that is outside of it. */
    static TestContainer start(Option... options) throws IOException {
        TestContainer container = PaxExamRuntime.createContainer(PaxExamRuntime.createTestSystem(options));
        container.start();
        return container;
    }

    /** {@return a bundle made of an activator and other classes of this module, with what is nested in them} */
    static Option bundleOf(Class<?> activator, Class<?>... others) throws IOException {
        return streamBundle(new ByteArrayInputStream(jarOf(activator, "1.0", List.of(others))));
    }

    /** {@return the jar of such a bundle, of that version} */
    static byte[] jarOf(Class<?> activator, String version, List<Class<?>> others) throws IOException {
        Jar jar = Jar.of(activator.getName(), version)
                .header("Bundle-Activator", activator.getName())
                .header("DynamicImport-Package", "*")
                .with(activator);
        for (Class<?> other : others) {
            jar.with(other);
        }
        return jar.stream().readAllBytes();
    }

    static String url(String artifact) {
        return jar(artifact).toUri().toString();
    }
}

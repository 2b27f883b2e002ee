package io.pinion.itests;

import static org.ops4j.pax.exam.CoreOptions.bundle;
import static org.ops4j.pax.exam.CoreOptions.composite;
import static org.ops4j.pax.exam.CoreOptions.junitBundles;
import static org.ops4j.pax.exam.CoreOptions.systemPackage;
import static org.ops4j.pax.exam.CoreOptions.workingDirectory;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.ops4j.pax.exam.Option;

/** What a container for a scenario is made of. */
final class Container {
    private static final Path BUILD = Path.of(System.getProperty("pinion.it.directory"));

    private static final List<String> SLF4J =
            List.of("org.slf4j", "org.slf4j.event", "org.slf4j.helpers", "org.slf4j.spi");

    private Container() {}

    /** {@return the scenario's own directory, on the disk that the build is on} */
    static Path directory(Class<?> scenario) {
        return BUILD.resolve("it").resolve(scenario.getSimpleName());
    }

    /** {@return the jar of a bundle, by its artifactId} */
    static Path jar(String artifact) {
        return BUILD.resolve("bundles").resolve(artifact + ".jar");
    }

    /** {@return a framework with its services, without Pinion} */
    static Option platform(Class<?> scenario) {
        return composite(
                workingDirectory(directory(scenario).resolve("framework").toString()),
                // HdrHistogram imports it, lives without it, and Java has not had it since 11.
                systemPackage("javax.xml.bind"),
                // The log is the class path's, so that it is in one place; Pax Exam imports its 1, Pinion its 2.
                systemPackages(SLF4J, "1.7.36"),
                systemPackages(SLF4J, "2.0.17"),
                provision(
                        "org.osgi.util.function",
                        "org.osgi.util.promise",
                        "org.osgi.service.log",
                        "org.apache.felix.log",
                        "org.osgi.service.component",
                        "org.apache.felix.configadmin",
                        "org.apache.felix.metatype",
                        "org.apache.felix.scr"),
                junitBundles());
    }

    /** {@return all of Pinion, in this order} */
    static Option pinion() {
        return provision(
                "jna",
                "HdrHistogram",
                "io.pinion.core",
                "io.pinion.linux",
                "io.pinion.memory",
                "io.pinion.buffered",
                "io.pinion.direct");
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

    static String url(String artifact) {
        return jar(artifact).toUri().toString();
    }
}

package io.pinion.itests;

import static org.ops4j.pax.exam.CoreOptions.composite;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.configureConsole;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.doNotModifyLogConfiguration;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.editConfigurationFilePut;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.features;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.karafDistributionConfiguration;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.replaceConfigurationFile;

import java.nio.file.Path;
import org.ops4j.pax.exam.Option;

/**
 * A Karaf as it is downloaded, for a scenario. All that it is to find by Maven's coordinates lies in a repository that the
 * build has made for it.
 */
final class Karaf {
    private static final String VERSION = System.getProperty("pinion.it.karaf", "");
    private static final String MAVEN = "etc/org.ops4j.pax.url.mvn.cfg";
    private static final int FIRST_WITHOUT_SUBJECTS = 24;
    private static final String SYSTEM = "etc/system.properties";

    private Karaf() {}

    /** {@return whether this run of the tests is the one in Karaf} */
    static boolean isMeant() {
        return !VERSION.isEmpty();
    }

    /** {@return a Karaf without Pinion} */
    static Option platform(Class<?> scenario) {
        Path directory = Container.directory(scenario);
        return composite(
                karafDistributionConfiguration()
                        .frameworkUrl(
                                Container.path("apache-karaf.tar.gz").toUri().toString())
                        .karafVersion(VERSION)
                        .name("Apache Karaf")
                        .unpackDirectory(directory.resolve("karaf").toFile())
                        .useDeployFolder(false),
                configureConsole().ignoreLocalConsole().ignoreRemoteShell(),
                doNotModifyLogConfiguration(),
                editConfigurationFilePut(
                        MAVEN, "org.ops4j.pax.url.mvn.repositories", repository() + "@id=build@snapshots"),
                editConfigurationFilePut(
                        MAVEN,
                        "org.ops4j.pax.url.mvn.localRepository",
                        directory.resolve("fetched").toString()),
                withoutSubjects(),
                property("pinion.it.directory"),
                property("pinion.it.karaf"),
                property("pinion.version"));
    }

    /** {@return what installs features of Pinion as Karaf starts} */
    static Option pinion(String... names) {
        return features(repositoryOfFeatures(), names);
    }

    /** {@return where an operator would say that the features are} */
    static String repositoryOfFeatures() {
        return "mvn:io.pinion/pinion-features/" + System.getProperty("pinion.version") + "/xml/features";
    }

    /** {@return a bundle that this Karaf has always had: it is installed before what Karaf's own features bring} */
    static Option startup(String artifact) {
        String version = "1";
        return composite(
                editConfigurationFilePut("etc/startup.properties", "mvn:host/" + artifact + "/" + version, "9"),
                replaceConfigurationFile(
                        "system/host/%1$s/%2$s/%1$s-%2$s.jar".formatted(artifact, version),
                        Container.jar(artifact).toFile()));
    }

    /** What docs/karaf.md tells operators to do. */
    private static Option withoutSubjects() {
        return Runtime.version().feature() < FIRST_WITHOUT_SUBJECTS
                ? composite()
                : editConfigurationFilePut(
                        "etc/org.apache.felix.eventadmin.impl.EventAdmin.cfg",
                        "org.apache.felix.eventadmin.AddSubject",
                        "false");
    }

    private static String repository() {
        return Path.of(System.getProperty("pinion.it.directory"), "repository")
                .toUri()
                .toString();
    }

    private static Option property(String name) {
        return editConfigurationFilePut(SYSTEM, name, System.getProperty(name));
    }
}

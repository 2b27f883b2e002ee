package io.pinion.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.inject.Inject;
import org.apache.karaf.features.Feature;
import org.apache.karaf.features.FeaturesService;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.junit.After;
import org.junit.Before;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * A Karaf in which Pinion is not, before and after each test. The tests use no class of Pinion's: the bundle that they run
 * in would be wired to it, and so be refreshed under them when it is uninstalled. What they do they do as operators, by
 * Karaf's commands and Pinion's, and the command {@code demo} is the load.
 */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public abstract class KarafHost {
    @Inject
    private BundleContext context;

    @Inject
    private ConfigurationAdmin configurationAdmin;

    @Inject
    private FeaturesService features;

    @Inject
    private SessionFactory sessions;

    private final Set<String> volumes = new HashSet<>();

    /** Runs outside the container, before it is made. */
    @Configuration
    public Option[] container() throws IOException {
        Container.emptyDirectory(getClass());
        return new Option[] {Karaf.platform(getClass()), furtherOptions()};
    }

    /** {@return what this host has besides} */
    abstract Option furtherOptions();

    @Before
    public final void addRepository() throws Exception {
        features.addRepository(URI.create(Karaf.repositoryOfFeatures()));
        assertEquals(List.of(), installed());
    }

    @After
    public final void uninstallPinion() throws Exception {
        for (String volume : volumes) {
            configuration(volume).delete();
        }
        Set<String> names = new HashSet<>();
        for (Feature feature : features.listRequiredFeatures()) {
            if (feature.getName().startsWith("pinion")) {
                names.add(feature.getId());
            }
        }
        if (!names.isEmpty()) {
            features.uninstallFeatures(names, EnumSet.noneOf(FeaturesService.Option.class));
        }
        assertEquals(List.of(), installed());
    }

    final BundleContext context() {
        return context;
    }

    /** Configures a volume on a file of its own, and awaits what the command says of it. */
    final Path serve(String volume, String strategies, String... words) throws Exception {
        volumes.add(volume);
        Path file = Container.directory(getClass()).resolve(volume + ".bin");
        configuration(volume)
                .update(new Hashtable<>(Map.of("target", file.toString(), "size", "1MiB", "strategy", strategies)));
        await("pinion:volumes", words);
        return file;
    }

    private org.osgi.service.cm.Configuration configuration(String volume) throws IOException {
        return configurationAdmin.getFactoryConfiguration("io.pinion.volume", volume, "?");
    }

    /** Writes, reads and verifies through a volume of the command's own, while its strategies are swapped. */
    final void swapUnderLoad() throws Exception {
        Path file = Container.directory(getClass()).resolve("demo.img");
        String printed = run("pinion:demo --seconds 2 --target " + file);
        assertTrue(printed, printed.contains("demo: ok ") && printed.contains(" failed=0 mismatched=0 "));
        assertTrue(printed, printed.contains("buffered") && printed.contains("direct"));
    }

    final void install(String feature) throws Exception {
        features.installFeature(feature);
    }

    final void uninstall(String feature) throws Exception {
        features.uninstallFeature(feature);
    }

    /** {@return the symbolic names of Pinion's bundles; each of them is active} */
    final List<String> installed() {
        List<Bundle> found = Arrays.stream(context.getBundles())
                .filter(bundle -> String.valueOf(bundle.getSymbolicName()).startsWith("io.pinion."))
                .toList();
        found.forEach(bundle -> assertEquals(bundle.toString(), Bundle.ACTIVE, bundle.getState()));
        return found.stream().map(Bundle::getSymbolicName).sorted().toList();
    }

    /** {@return what a command prints in Karaf's shell} */
    final String run(String command) throws Exception {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
            Session session = sessions.create(InputStream.nullInputStream(), out, out);
            session.execute(command);
            session.close();
        }
        return printed.toString(StandardCharsets.UTF_8);
    }

    /** Runs a command until it prints each of these. */
    final void await(String command, String... words) {
        Eventually.holds(
                command + " prints " + List.of(words),
                () -> {
                    String printed = run(command);
                    return Arrays.stream(words).allMatch(printed::contains);
                },
                () -> run(command));
    }
}

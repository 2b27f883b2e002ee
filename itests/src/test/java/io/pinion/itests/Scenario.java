package io.pinion.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.pinion.volume.TapeDrive;
import io.pinion.volume.Volume;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.inject.Inject;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.rules.TestName;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.OptionUtils;
import org.ops4j.pax.exam.ProbeBuilder;
import org.ops4j.pax.exam.TestProbeBuilder;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * What all scenarios share: a container with Pinion in it for each class, and the words to configure a volume, to look at
 * it and to wait. The tests run inside the container, in a bundle of their own. Which container it is, Apache Felix or
 * Apache Karaf, the build decides.
 *
 * <p>After each test its volumes are deleted, and whatever was logged as an error, and is not among
 * {@link #expectedErrors()}, fails it.
 */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public abstract class Scenario extends PinionUser {
    @Inject
    private BundleContext context;

    @Inject
    private ConfigurationAdmin configurationAdmin;

    @Rule
    public final TestName test = new TestName();

    private ContainerLog log;

    /** Runs outside the container, before it is made. */
    @Configuration
    public Option[] container() throws IOException {
        Container.emptyDirectory(getClass());
        if (Karaf.isMeant()) {
            return new Option[] {Karaf.platform(getClass()), Karaf.pinion(features())};
        }
        return OptionUtils.combine(furtherOptions(), Container.platform(getClass()), Container.pinion());
    }

    /** The bundle that the tests run in has a component too. */
    @ProbeBuilder
    public TestProbeBuilder probe(TestProbeBuilder builder) {
        builder.setHeader("Service-Component", "OSGI-INF/*.xml");
        return builder;
    }

    /** {@return what the container needs besides, when it is Apache Felix} */
    Option[] furtherOptions() throws IOException {
        return new Option[0];
    }

    /** {@return the features that are installed from the start, when it is Apache Karaf} */
    String[] features() {
        return new String[] {"pinion"};
    }

    /** {@return regular expressions, found in the errors that the scenario's tests provoke} */
    List<String> expectedErrors() {
        return List.of();
    }

    @Before
    public final void beginLog() {
        assertEquals("the container is Karaf", Karaf.isMeant(), context.getProperty("karaf.base") != null);
        log = ContainerLog.from(context);
    }

    @After
    public final void endVolumes() throws Exception {
        try {
            for (var configuration : volumeConfigurations()) {
                configuration.delete();
            }
            Eventually.holds(
                    "no volume is known, nor about to end, nor a service",
                    () -> admin().volumes().isEmpty()
                            && threads("pinion-volume-").isEmpty()
                            && !isThere(Volume.class, "(pinion.volume=*)")
                            && !isThere(TapeDrive.class, "(pinion.tape=*)"),
                    () -> admin().volumes() + " " + threads("pinion-"));
        } finally {
            log.close();
        }
        assertEquals("errors in the log", List.of(), log.unexpected(expectedErrors()));
    }

    final void awaitLogged(String text) {
        Eventually.holds("logged: " + text, () -> log.says(text), () -> "not in the log");
    }

    @Override
    final BundleContext context() {
        return context;
    }

    @Override
    final ConfigurationAdmin configurationAdmin() {
        return configurationAdmin;
    }

    /** {@return a path in the scenario's own directory that belongs to this test} */
    final Path file(String suffix) {
        return Container.directory(getClass()).resolve(test.getMethodName() + suffix);
    }

    /** {@return the threads whose names begin so} */
    static List<String> threads(String prefix) {
        return Threads.named(prefix);
    }

    final Bundle bundle(String symbolicName) {
        return bundles(symbolicName).stream()
                .findFirst()
                .orElseThrow(() -> new AssertionError("no bundle " + symbolicName));
    }

    final List<Bundle> bundles(String symbolicName) {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> symbolicName.equals(bundle.getSymbolicName()))
                .toList();
    }

    /** Gives up what is left of what the bundles were before they were updated or uninstalled. */
    final void refresh(Bundle... bundles) throws InterruptedException {
        CountDownLatch refreshed = new CountDownLatch(1);
        context.getBundle(0).adapt(FrameworkWiring.class).refreshBundles(List.of(bundles), event -> {
            if (event.getType() == FrameworkEvent.PACKAGES_REFRESHED) {
                refreshed.countDown();
            }
        });
        assertTrue(refreshed.await(Eventually.BOUND.toMillis(), TimeUnit.MILLISECONDS));
    }

    /** {@return an empty file of so many bytes} */
    static Path createFile(Path path, long size) throws IOException {
        Files.deleteIfExists(path);
        try (var file = new RandomAccessFile(path.toFile(), "rw")) {
            file.setLength(size);
        }
        return path;
    }
}

package io.pinion.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.pinion.strategy.Examination;
import io.pinion.strategy.IoStrategy;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.Target;
import io.pinion.volume.StrategyChoice;
import io.pinion.volume.Volume;
import io.pinion.volume.VolumeAdmin;
import io.pinion.volume.VolumeState;
import io.pinion.volume.VolumeStatus;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.inject.Inject;
import org.junit.After;
import org.junit.Assume;
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
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.util.tracker.ServiceTracker;

/**
 * What all scenarios share: a container with Pinion in it for each class, and the words to configure a volume, to look at
 * it and to wait. Alone in knowing Pax Exam. The tests run inside the container, in a bundle of their own.
 *
 * <p>After each test its volumes are deleted, and whatever was logged as an error, and is not among
 * {@link #expectedErrors()}, fails it.
 */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public abstract class Scenario {
    static final String FACTORY = "io.pinion.volume";

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
        return OptionUtils.combine(furtherOptions(), Container.platform(getClass()), Container.pinion());
    }

    /** The bundle that the tests run in has a component too. */
    @ProbeBuilder
    public TestProbeBuilder probe(TestProbeBuilder builder) {
        builder.setHeader("Service-Component", "OSGI-INF/*.xml");
        return builder;
    }

    /** {@return what the container needs besides} */
    Option[] furtherOptions() throws IOException {
        return new Option[0];
    }

    /** {@return regular expressions, found in the errors that the scenario's tests provoke} */
    List<String> expectedErrors() {
        return List.of();
    }

    @Before
    public final void beginLog() {
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
                            && !isThere(Volume.class, "(pinion.volume=*)"),
                    () -> admin().volumes() + " " + threads("pinion-"));
        } finally {
            log.close();
        }
        assertEquals("errors in the log", List.of(), log.unexpected(expectedErrors()));
    }

    final BundleContext context() {
        return context;
    }

    final ConfigurationAdmin configurationAdmin() {
        return configurationAdmin;
    }

    /** {@return a path in the scenario's own directory that belongs to this test} */
    final Path file(String suffix) {
        return Container.directory(getClass()).resolve(test.getMethodName() + suffix);
    }

    /** Configures a volume, or changes its configuration. Keys and values in turn. */
    final void configure(String volume, String... keysAndValues) throws IOException {
        Hashtable<String, Object> properties = new Hashtable<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            properties.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        configurationAdmin.getFactoryConfiguration(FACTORY, volume, "?").update(properties);
    }

    final void unconfigure(String volume) throws IOException {
        configurationAdmin.getFactoryConfiguration(FACTORY, volume, "?").delete();
    }

    final List<org.osgi.service.cm.Configuration> volumeConfigurations() throws Exception {
        var all = configurationAdmin.listConfigurations("(service.factoryPid=" + FACTORY + ")");
        return all == null ? List.of() : List.of(all);
    }

    final VolumeAdmin admin() {
        return service(VolumeAdmin.class, "(objectClass=*)");
    }

    /** {@return the volume of this name, when it is there} */
    final Volume volume(String name) {
        return service(Volume.class, "(pinion.volume=" + name + ")");
    }

    /** {@return the volume of this name, when this strategy serves it} */
    final Volume volume(String name, String strategy) {
        return service(Volume.class, "(&(pinion.volume=" + name + ")(pinion.volume.strategy=" + strategy + "))");
    }

    /** {@return whether such a service is there now} */
    final boolean isThere(Class<?> type, String filter) {
        try {
            return !context.getServiceReferences(type, filter).isEmpty();
        } catch (InvalidSyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    final <T> T service(Class<T> type, String filter) {
        try {
            String full = "(&(objectClass=" + type.getName() + ")" + filter + ")";
            ServiceTracker<T, T> tracker = new ServiceTracker<>(context, FrameworkUtil.createFilter(full), null);
            tracker.open();
            try {
                T found = tracker.waitForService(Eventually.BOUND.toMillis());
                if (found == null) {
                    throw new AssertionError("no service " + full + "; volumes: " + volumesSeen());
                }
                return found;
            } finally {
                tracker.close();
            }
        } catch (InvalidSyntaxException e) {
            throw new IllegalArgumentException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private String volumesSeen() {
        var reference = context.getServiceReference(VolumeAdmin.class);
        VolumeAdmin present = reference == null ? null : context.getService(reference);
        return present == null
                ? "no VolumeAdmin"
                : present.volumes() + ", strategies: " + present.strategies() + ", refused: " + present.refusals();
    }

    final VolumeStatus status(String volume) {
        return admin().volume(volume).orElseThrow(() -> new AssertionError("no volume " + volume));
    }

    final void awaitState(String volume, VolumeState state) {
        Eventually.holds(
                "volume " + volume + " is " + state,
                () -> admin().volume(volume).map(VolumeStatus::state).equals(Optional.of(state)),
                () -> admin().volume(volume));
    }

    final void awaitStrategy(String volume, String strategy) {
        Eventually.holds(
                "strategy " + strategy + " serves volume " + volume,
                () -> isOpenOn(volume, strategy),
                () -> admin().volume(volume));
        // The property follows by a moment.
        volume(volume, strategy);
    }

    private boolean isOpenOn(String volume, String strategy) {
        return admin().volume(volume)
                .filter(status ->
                        status.state() == VolumeState.OPEN && status.strategy().equals(Optional.of(strategy)))
                .isPresent();
    }

    /** Skips the test where the disk cannot be used directly. */
    final void assumeDirect(Path file) throws StorageException {
        service(IoStrategy.class, "(pinion.strategy=direct)");
        Eventually.holds(
                "strategy direct is known",
                () -> admin().strategies().stream().anyMatch(s -> s.name().equals("direct")),
                () -> admin().strategies());
        Examination found = admin().strategies(Target.parse(file.toString())).stream()
                .filter(choice -> choice.strategy().equals("direct"))
                .map(StrategyChoice::examination)
                .findFirst()
                .orElseThrow();
        Assume.assumeTrue("needs a disk that does direct I/O: " + found.notes(), found.isSuitable());
    }

    /** {@return the threads whose names begin so} */
    static List<String> threads(String prefix) {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith(prefix))
                .toList();
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

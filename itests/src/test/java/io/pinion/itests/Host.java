package io.pinion.itests;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.framework.wiring.FrameworkWiring;

/**
 * A framework that is driven from outside, for what no bundle of a scenario's lives through: that core itself is replaced.
 * Volumes are configured by files; what goes on inside is told by an {@link Application}.
 */
final class Host implements AutoCloseable {
    /** What may come and go, JNA included. */
    static final List<String> PINION =
            Stream.concat(Stream.of("jna"), Container.PINION.stream()).toList();

    static final String APPLICATION = Application.class.getName();

    private final Path directory;
    private final Framework framework;
    private final byte[] application;

    private Host(Class<?> scenario) throws Exception {
        directory = Container.emptyDirectory(scenario);
        Files.createDirectories(directory.resolve("etc"));
        application = Container.jarOf(Application.class, "1.0", List.of(Blocks.class));
        framework = ServiceLoader.load(FrameworkFactory.class)
                .findFirst()
                .orElseThrow()
                .newFramework(Map.of(
                        Constants.FRAMEWORK_STORAGE,
                        directory.resolve("framework").toString(),
                        Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
                        Container.SLF4J.stream()
                                .map(name -> name + ";version=2.0.17")
                                .collect(Collectors.joining(",")),
                        "felix.fileinstall.dir",
                        directory.resolve("etc").toString(),
                        "felix.fileinstall.poll",
                        "100",
                        "felix.fileinstall.noInitialDelay",
                        "true"));
    }

    /** Starts a framework with its services, without Pinion. */
    static Host start(Class<?> scenario) throws Exception {
        Host host = new Host(scenario);
        host.framework.start();
        for (String name : Container.PLATFORM) {
            host.install(name).start();
        }
        host.install("org.apache.felix.fileinstall").start();
        return host;
    }

    /** Configures a volume on a new file of this name; {@return the file} */
    Path configure(String volume, long size, String strategies) throws IOException {
        Path file = Scenario.createFile(directory.resolve(volume + ".bin"), size);
        Path configuration = directory.resolve("etc").resolve("io.pinion.volume-" + volume + ".cfg");
        Files.writeString(configuration, "target=" + file + "\nstrategy=" + strategies + "\nsettle=200ms\n");
        return file;
    }

    /** {@return a bundle of Pinion's, of the platform's, or the application, newly installed} */
    Bundle install(String name) throws BundleException {
        BundleContext context = framework.getBundleContext();
        return name.equals(APPLICATION)
                ? context.installBundle(name, new ByteArrayInputStream(application))
                : context.installBundle(Container.url(name));
    }

    /** Replaces the content of a bundle by the same once more. */
    void update(String name) throws Exception {
        Bundle bundle = find(name).orElseThrow();
        try (InputStream content = name.equals(APPLICATION)
                ? new ByteArrayInputStream(application)
                : Files.newInputStream(Container.jar(name))) {
            bundle.update(content);
        }
    }

    /** {@return the bundle that was installed by this name, if it is there} */
    Optional<Bundle> find(String name) {
        String location = name.equals(APPLICATION) ? name : Container.url(name);
        return Optional.ofNullable(framework.getBundleContext().getBundle(location));
    }

    Collection<Bundle> bundles() {
        return Arrays.asList(framework.getBundleContext().getBundles());
    }

    /** Gives up what is left of what the bundles were, and restarts those that depend on them. */
    void refresh(Collection<Bundle> bundles) throws InterruptedException {
        CountDownLatch refreshed = new CountDownLatch(1);
        framework.adapt(FrameworkWiring.class).refreshBundles(bundles, event -> {
            if (event.getType() == FrameworkEvent.PACKAGES_REFRESHED) {
                refreshed.countDown();
            }
        });
        if (!refreshed.await(2 * Eventually.BOUND.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("not refreshed: " + bundles);
        }
    }

    /** {@return whether what the bundle needs is there} */
    boolean resolves(Bundle bundle) {
        return bundle.getState() != Bundle.INSTALLED
                || framework.adapt(FrameworkWiring.class).resolveBundles(List.of(bundle));
    }

    /** {@return whether core is there, if it is the application, which asks for packages only when it is started} */
    boolean hasWhatItUses(Bundle bundle) {
        return !bundle.getLocation().equals(APPLICATION)
                || find("io.pinion.core").filter(this::resolves).isPresent();
    }

    /** {@return a service, of whatever class loader its interface is} */
    Optional<Object> service(String type) throws Exception {
        BundleContext context = framework.getBundleContext();
        return Optional.ofNullable(context.getAllServiceReferences(type, null))
                .map(references -> context.getService(references[0]));
    }

    /** {@return what the application says of the volume: its state and strategy; empty while there is none} */
    String state(String volume) throws Exception {
        @SuppressWarnings("unchecked")
        Optional<Function<String, String>> application =
                service(Function.class.getName()).map(found -> (Function<String, String>) found);
        return application.map(asked -> asked.apply(volume)).orElse("");
    }

    @Override
    public void close() throws Exception {
        framework.stop();
        framework.waitForStop(2 * Eventually.BOUND.toMillis());
    }
}

package io.pinion.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A framework with the bundles {@code bundle/LEVEL/*.jar}, each at its start level. */
final class Container {
    private static final Logger LOG = LoggerFactory.getLogger(Container.class);
    private static final long VOLUMES_NANOS = TimeUnit.SECONDS.toNanos(3);
    private static final long STEP_MILLIS = 10;

    private final Framework framework;
    private final int level;

    private Container(Framework framework, int level) {
        this.framework = framework;
        this.level = level;
    }

    /** {@return a container that is started up to a start level; bundles above it are installed only} */
    static Container start(Home home, int level) throws IOException, BundleException {
        Map<String, String> properties = home.properties();
        properties.put(Constants.FRAMEWORK_BEGINNING_STARTLEVEL, Integer.toString(level));
        Framework framework = new FrameworkFactory().newFramework(properties);
        framework.init();
        LogBridge.attach(framework.getBundleContext());
        install(home, framework.getBundleContext());
        framework.start();
        return new Container(framework, level);
    }

    private static void install(Home home, BundleContext context) throws IOException, BundleException {
        for (Path directory : list(home.bundles())) {
            int level = Integer.parseInt(directory.toFile().getName());
            for (Path jar : list(directory)) {
                Bundle bundle = context.installBundle("reference:" + jar.toUri());
                bundle.adapt(BundleStartLevel.class).setStartLevel(level);
                bundle.start();
            }
        }
    }

    private static List<Path> list(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.sorted().toList();
        }
    }

    /** {@return the bundles that should be active by now and are not} */
    List<String> idleBundles() {
        BundleContext context = framework.getBundleContext();
        return Stream.of(context == null ? new Bundle[0] : context.getBundles())
                .filter(bundle -> bundle.adapt(BundleStartLevel.class).getStartLevel() <= level)
                .filter(bundle -> bundle.getState() != Bundle.ACTIVE && bundle.getBundleId() != 0)
                .map(bundle -> bundle.getSymbolicName() + " " + bundle.getVersion())
                .toList();
    }

    /** {@return the volumes and tape drives that are open, with their strategies, once there are so many or some seconds have passed} */
    List<String> awaitVolumes(long expected) throws InterruptedException {
        long deadline = System.nanoTime() + VOLUMES_NANOS;
        List<String> open = openVolumes();
        while (open.size() < expected && System.nanoTime() < deadline) {
            Thread.sleep(STEP_MILLIS);
            open = openVolumes();
        }
        return open;
    }

    private List<String> openVolumes() {
        List<String> open = new ArrayList<>();
        BundleContext context = framework.getBundleContext();
        if (context != null) {
            addServices(open, context, "pinion.volume");
            addServices(open, context, "pinion.tape");
        }
        Collections.sort(open);
        return open;
    }

    /** @param property that has the name, and the beginning of the one that has the strategy */
    private static void addServices(List<String> open, BundleContext context, String property) {
        try {
            ServiceReference<?>[] found = context.getAllServiceReferences(null, "(" + property + "=*)");
            for (ServiceReference<?> service : found == null ? new ServiceReference<?>[0] : found) {
                open.add(service.getProperty(property) + " (" + service.getProperty(property + ".strategy") + ")");
            }
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits until somebody stops it. */
    void await() throws InterruptedException {
        FrameworkEvent event = framework.waitForStop(0);
        LOG.debug("framework stopped: {}", event.getType());
    }

    /** Stops it: volumes are flushed and closed. Returns once that is done. */
    void stop() throws BundleException, InterruptedException {
        framework.stop();
        framework.waitForStop(0);
    }
}

package io.pinion.itests;

import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.framework.wiring.BundleWiring;

/** The bundles that a host has, and what happens to any of them from then on. */
final class HostBundles implements SynchronousBundleListener, AutoCloseable {
    private final BundleContext context;
    private final List<Seen> before;
    private final Queue<String> events = new ConcurrentLinkedQueue<>();

    private HostBundles(BundleContext context) {
        this.context = context;
        this.before = Arrays.stream(context.getBundles()).map(Seen::now).toList();
    }

    /** Begins to look. */
    static HostBundles of(BundleContext context) {
        HostBundles host = new HostBundles(context);
        context.addBundleListener(host);
        return host;
    }

    @Override
    public void bundleChanged(BundleEvent event) {
        if (before.stream().anyMatch(seen -> seen.bundle.equals(event.getBundle()))) {
            events.add(event.getBundle() + ": event 0x" + Integer.toHexString(event.getType()));
        }
    }

    @Override
    public void close() {
        context.removeBundleListener(this);
    }

    int count() {
        return before.size();
    }

    /** {@return what has happened to any of them, were it only that it was wired anew} */
    List<String> touched() {
        Stream<String> differ = before.stream()
                .filter(seen -> !seen.equals(Seen.now(seen.bundle)))
                .map(seen -> seen + " is now " + Seen.now(seen.bundle));
        return Stream.concat(events.stream(), differ).toList();
    }

    /** @param wiring another object after each refresh; null when the bundle is not resolved */
    private record Seen(Bundle bundle, int state, long lastModified, BundleWiring wiring) {
        static Seen now(Bundle bundle) {
            return new Seen(bundle, bundle.getState(), bundle.getLastModified(), bundle.adapt(BundleWiring.class));
        }
    }
}

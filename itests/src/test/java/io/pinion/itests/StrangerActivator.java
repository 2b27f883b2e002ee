package io.pinion.itests;

import java.util.Hashtable;
import java.util.Map;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceFactory;
import org.osgi.framework.ServiceRegistration;

/** Registers what passes for a strategy in its own bundle's eyes, under the name that its manifest says; a true one on demand. */
public final class StrangerActivator implements BundleActivator, ServiceFactory<Object> {
    static final String NAME = "Strategy-Name";
    static final String WORKS = "Strategy-Works";

    @Override
    public void start(BundleContext context) {
        String name = context.getBundle().getHeaders().get(NAME);
        context.registerService(
                "io.pinion.strategy.IoStrategy", this, new Hashtable<>(Map.of("pinion.strategy", name)));
    }

    @Override
    public void stop(BundleContext context) {}

    @Override
    public Object getService(Bundle bundle, ServiceRegistration<Object> registration) {
        if (registration.getReference().getBundle().getHeaders().get(WORKS) == null) {
            throw new IllegalStateException("nobody can have it");
        }
        return new LazyStrategy();
    }

    @Override
    public void ungetService(Bundle bundle, ServiceRegistration<Object> registration, Object service) {}
}

package io.pinion.core.osgi;

import io.pinion.core.control.Publication;
import io.pinion.core.volume.Gated;
import io.pinion.strategy.Shape;
import io.pinion.volume.TapeDrive;
import io.pinion.volume.Volume;
import io.pinion.volume.VolumeAdmin;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceRegistration;

/** Makes volumes and drives known as services. */
final class Registrations implements Publication {
    private static final String STRATEGY = ".strategy";
    private static final String DEVICE_SIZE = ".device.size";

    private record Registered(ServiceRegistration<?> registration, Facts facts) {}

    private final BundleContext context;
    private final Map<Gated, Registered> registered = new ConcurrentHashMap<>();
    private final AtomicLong listChanges = new AtomicLong();
    private volatile ServiceRegistration<VolumeAdmin> admin;

    Registrations(BundleContext context) {
        this.context = context;
    }

    /** Makes the admin known. */
    void publish(VolumeAdmin service) {
        admin = context.registerService(VolumeAdmin.class, service, changeCount());
    }

    /** Makes the admin unknown. */
    void withdrawAdmin() {
        admin.unregister();
    }

    @Override
    public void listChanged() {
        listChanges.incrementAndGet();
        ServiceRegistration<VolumeAdmin> present = admin;
        if (present != null) {
            try {
                present.setProperties(changeCount());
            } catch (IllegalStateException e) {
                // The bundle is stopping: nobody is told of volumes any more.
                return;
            }
        }
    }

    private Dictionary<String, Object> changeCount() {
        return new Hashtable<>(Map.of(Constants.SERVICE_CHANGECOUNT, listChanges.get()));
    }

    @Override
    public void publish(Gated gated, Facts facts) {
        Registered before = registered.get(gated);
        if (before == null) {
            Class<?> service = gated.shape() == Shape.TAPE ? TapeDrive.class : Volume.class;
            ServiceRegistration<?> registration =
                    context.registerService(service.getName(), gated, properties(gated, facts));
            registered.put(gated, new Registered(registration, facts));
        } else if (!before.facts().equals(facts)) {
            before.registration().setProperties(properties(gated, facts));
            registered.put(gated, new Registered(before.registration(), facts));
        }
    }

    @Override
    public void withdraw(Gated gated) {
        Registered before = registered.remove(gated);
        if (before != null) {
            try {
                before.registration().unregister();
            } catch (IllegalStateException e) {
                // The bundle is stopping, and the framework was faster.
                return;
            }
        }
    }

    private static Dictionary<String, Object> properties(Gated gated, Facts facts) {
        String name = gated.shape() == Shape.TAPE ? "pinion.tape" : "pinion.volume";
        Dictionary<String, Object> properties =
                new Hashtable<>(Map.of(name, gated.name(), name + STRATEGY, facts.strategy()));
        if (facts.deviceSize() >= 0) {
            properties.put(name + DEVICE_SIZE, facts.deviceSize());
        }
        return properties;
    }
}

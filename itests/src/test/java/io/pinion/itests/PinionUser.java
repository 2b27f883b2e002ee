package io.pinion.itests;

import io.pinion.strategy.Examination;
import io.pinion.strategy.IoStrategy;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.Target;
import io.pinion.volume.StrategyChoice;
import io.pinion.volume.TapeDrive;
import io.pinion.volume.Volume;
import io.pinion.volume.VolumeAdmin;
import io.pinion.volume.VolumeState;
import io.pinion.volume.VolumeStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Hashtable;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.util.tracker.ServiceTracker;

/** The words of one who uses Pinion: to configure volumes, to find them, to look at them and to wait. */
abstract class PinionUser {
    static final String FACTORY = "io.pinion.volume";
    static final String TAPE_FACTORY = "io.pinion.tape";

    abstract BundleContext context();

    abstract ConfigurationAdmin configurationAdmin();

    /** Configures a volume, or changes its configuration. Keys and values in turn. */
    final void configure(String volume, String... keysAndValues) throws IOException {
        configureOne(FACTORY, volume, keysAndValues);
    }

    /** Configures a tape drive, or changes its configuration. */
    final void configureTape(String drive, String... keysAndValues) throws IOException {
        configureOne(TAPE_FACTORY, drive, keysAndValues);
    }

    private void configureOne(String factory, String name, String... keysAndValues) throws IOException {
        Hashtable<String, Object> properties = new Hashtable<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            properties.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        configurationAdmin().getFactoryConfiguration(factory, name, "?").update(properties);
    }

    final void unconfigure(String volume) throws IOException {
        configurationAdmin().getFactoryConfiguration(FACTORY, volume, "?").delete();
    }

    /** {@return those of volumes and drives} */
    final List<org.osgi.service.cm.Configuration> volumeConfigurations() throws Exception {
        var all = configurationAdmin()
                .listConfigurations("(|(service.factoryPid=" + FACTORY + ")(service.factoryPid=" + TAPE_FACTORY + "))");
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

    /** {@return the tape drive of this name, when this strategy serves it} */
    final TapeDrive tape(String name, String strategy) {
        return service(TapeDrive.class, "(&(pinion.tape=" + name + ")(pinion.tape.strategy=" + strategy + "))");
    }

    /** {@return whether such a service is there now} */
    final boolean isThere(Class<?> type, String filter) {
        try {
            return !context().getServiceReferences(type, filter).isEmpty();
        } catch (InvalidSyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    final <T> T service(Class<T> type, String filter) {
        try {
            String full = "(&(objectClass=" + type.getName() + ")" + filter + ")";
            ServiceTracker<T, T> tracker = new ServiceTracker<>(context(), FrameworkUtil.createFilter(full), null);
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
        var reference = context().getServiceReference(VolumeAdmin.class);
        VolumeAdmin present = reference == null ? null : context().getService(reference);
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
        Needs.that(getClass(), "needs a disk that does direct I/O: " + found.notes(), found.isSuitable());
    }
}

package io.pinion.demo;

import io.pinion.shell.text.CommandFailure;
import io.pinion.strategy.StorageException;
import io.pinion.volume.Volume;
import io.pinion.volume.VolumeAdmin;
import io.pinion.volume.VolumeState;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Filter;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.util.tracker.ServiceTracker;

/** The volume {@code demo}, configured for a run and taken away after it, with its own file if it has one. */
final class DemoVolume implements AutoCloseable {
    static final String NAME = "demo";

    private static final String PID = "io.pinion.volume";
    private static final long OPEN_MILLIS = TimeUnit.SECONDS.toMillis(30);
    private static final long STEP_MILLIS = 10;
    private static final int GONE_STEPS = 500;

    private final VolumeAdmin admin;
    private final Place place;
    private final Configuration configuration;
    private final ServiceTracker<Volume, Volume> tracker;

    private DemoVolume(
            VolumeAdmin admin, Place place, Configuration configuration, ServiceTracker<Volume, Volume> tracker) {
        this.admin = admin;
        this.place = place;
        this.configuration = configuration;
        this.tracker = tracker;
    }

    /** @param size how long its own file becomes; what is there already keeps its size, and nothing is made in its stead */
    static DemoVolume create(
            BundleContext context, VolumeAdmin admin, ConfigurationAdmin configurations, Place place, long size)
            throws IOException {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put("name", NAME);
        properties.put("target", place.target().toString());
        properties.put("strategy", place.strategies().toArray(String[]::new));
        if (place.own().isPresent()) {
            properties.put("size", Long.toString(size));
        }
        Configuration configuration = configurations.getFactoryConfiguration(PID, NAME, "?");
        ServiceTracker<Volume, Volume> tracker = new ServiceTracker<>(context, filter(context), null);
        tracker.open();
        configuration.update(properties);
        return new DemoVolume(admin, place, configuration, tracker);
    }

    /** {@return the volume, once it is open} */
    Volume open() throws CommandFailure, InterruptedException {
        if (place.own().isEmpty()) {
            requireClaim();
        }
        Volume volume = tracker.waitForService(OPEN_MILLIS);
        if (volume == null) {
            throw new CommandFailure("volume demo did not open: " + why());
        }
        return volume;
    }

    /** What is there already can be claimed at once or is refused: a second attempt says which, and nobody waits for others. */
    private void requireClaim() throws CommandFailure, InterruptedException {
        for (long left = OPEN_MILLIS; isUndecided() && left > 0; left -= STEP_MILLIS) {
            Thread.sleep(STEP_MILLIS);
        }
        if (tracker.getService() != null) {
            return;
        }
        try {
            admin.reopen(NAME, false);
        } catch (StorageException e) {
            throw new CommandFailure(why() + ". Nothing was written", e);
        }
    }

    private boolean isUndecided() {
        return admin.volume(NAME).isEmpty()
                && admin.refusals().stream()
                        .noneMatch(refusal -> refusal.volume().equals(NAME));
    }

    private String why() {
        return admin.volume(NAME)
                .map(status -> status.state() == VolumeState.WAITING
                        ? status.reason()
                        : status.state() + " " + status.reason() + " " + String.join("; ", status.problems()))
                .orElseGet(() -> "its configuration was refused: " + admin.refusals())
                .strip();
    }

    @Override
    public void close() throws IOException {
        tracker.close();
        configuration.delete();
        for (int step = 0; admin.volume(NAME).isPresent() && step < GONE_STEPS; step++) {
            try {
                Thread.sleep(STEP_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        if (place.own().isPresent()) {
            Files.deleteIfExists(place.own().get());
        }
    }

    private static Filter filter(BundleContext context) {
        try {
            return context.createFilter("(&(objectClass=" + Volume.class.getName() + ")(pinion.volume=" + NAME + "))");
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}

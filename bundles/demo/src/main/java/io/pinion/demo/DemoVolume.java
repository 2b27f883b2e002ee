package io.pinion.demo;

import io.pinion.shell.text.CommandFailure;
import io.pinion.strategy.Examination;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.Target;
import io.pinion.volume.StrategyChoice;
import io.pinion.volume.Volume;
import io.pinion.volume.VolumeAdmin;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Filter;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.util.tracker.ServiceTracker;

/** The volume {@code demo}, configured for a run and taken away after it, with its file. */
final class DemoVolume implements AutoCloseable {
    static final String NAME = "demo";

    private static final String PID = "io.pinion.volume";
    private static final long OPEN_MILLIS = TimeUnit.SECONDS.toMillis(30);
    private static final long STEP_MILLIS = 10;
    private static final int GONE_STEPS = 500;

    private final VolumeAdmin admin;
    private final Path file;
    private final Configuration configuration;
    private final ServiceTracker<Volume, Volume> tracker;

    private DemoVolume(
            VolumeAdmin admin, Path file, Configuration configuration, ServiceTracker<Volume, Volume> tracker) {
        this.admin = admin;
        this.file = file;
        this.configuration = configuration;
        this.tracker = tracker;
    }

    static DemoVolume create(
            BundleContext context, VolumeAdmin admin, ConfigurationAdmin configurations, DemoOptions options, long size)
            throws CommandFailure, IOException {
        Path file = examine(admin, options);
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put("name", NAME);
        properties.put("target", options.target().toString());
        properties.put("size", Long.toString(size));
        properties.put("strategy", options.strategies().toArray(String[]::new));
        Configuration configuration = configurations.getFactoryConfiguration(PID, NAME, "?");
        ServiceTracker<Volume, Volume> tracker = new ServiceTracker<>(context, filter(context), null);
        tracker.open();
        configuration.update(properties);
        return new DemoVolume(admin, file, configuration, tracker);
    }

    /** {@return the volume, once it is open} */
    Volume open() throws CommandFailure, InterruptedException {
        Volume volume = tracker.waitForService(OPEN_MILLIS);
        if (volume == null) {
            String why = admin.volume(NAME)
                    .map(status -> status.state() + " " + status.reason() + " " + String.join("; ", status.problems()))
                    .orElseGet(() -> "its configuration was refused: " + admin.refusals());
            throw new CommandFailure("volume demo did not open: " + why.strip());
        }
        return volume;
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
        Files.deleteIfExists(file);
    }

    /** {@return the file that the volume will make, if all strategies can serve it} */
    private static Path examine(VolumeAdmin admin, DemoOptions options) throws CommandFailure, IOException {
        Target target = options.target();
        return target.scheme().equals(Target.PATH)
                ? examineFile(admin, target.path(), options.strategies())
                : examineScheme(admin, target, options.strategies());
    }

    /** A strategy says only of a file that is there whether it can serve it: an empty one is made, and removed again. */
    private static Path examineFile(VolumeAdmin admin, Path file, List<String> strategies)
            throws CommandFailure, IOException {
        try {
            Files.createFile(file);
        } catch (FileAlreadyExistsException e) {
            throw exists(file);
        }
        try {
            require(admin, Target.of(file), strategies);
        } finally {
            Files.delete(file);
        }
        return file;
    }

    private static Path examineScheme(VolumeAdmin admin, Target target, List<String> strategies) throws CommandFailure {
        Path file = require(admin, target, strategies)
                .backing()
                .orElseThrow(() -> new CommandFailure("strategy " + strategies.get(0) + " names no file beneath "
                        + target + ", so there is nothing that the demo could make and remove"))
                .path();
        if (Files.exists(file)) {
            throw exists(file);
        }
        return file;
    }

    private static CommandFailure exists(Path file) {
        return new CommandFailure(file + " exists, and the demo would write over it; name another by --target");
    }

    /** {@return what the first of the strategies says of the target, which all of them can serve} */
    private static Examination require(VolumeAdmin admin, Target target, List<String> strategies)
            throws CommandFailure {
        try {
            List<StrategyChoice> choices = admin.strategies(target);
            for (String strategy : strategies) {
                require(strategy, choices, target);
            }
            return require(strategies.get(0), choices, target);
        } catch (StorageException e) {
            throw new CommandFailure(e.getMessage(), e);
        }
    }

    private static Examination require(String strategy, List<StrategyChoice> choices, Target target)
            throws CommandFailure {
        Examination found = choices.stream()
                .filter(choice -> choice.strategy().equals(strategy))
                .map(StrategyChoice::examination)
                .findFirst()
                .orElseThrow(() -> new CommandFailure("there is no strategy " + strategy + " for " + target
                        + "; there are: "
                        + String.join(
                                ", ",
                                choices.stream().map(StrategyChoice::strategy).toList())));
        if (!found.isSuitable()) {
            throw new CommandFailure("strategy " + strategy + " can't serve " + target + ": "
                    + String.join("; ", found.notes())
                    + "; use another file system by --target, or other strategies by --strategies buffered");
        }
        return found;
    }

    private static Filter filter(BundleContext context) {
        try {
            return context.createFilter("(&(objectClass=" + Volume.class.getName() + ")(pinion.volume=" + NAME + "))");
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}

package io.pinion.core.control;

import io.pinion.core.config.ConfigurationRefused;
import io.pinion.core.config.VolumeConfiguration;
import io.pinion.core.volume.Background;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.Target;
import io.pinion.strategy.TargetGuard;
import io.pinion.strategy.TargetInspection;
import io.pinion.volume.ConfigurationRefusal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All volumes of a process: takes configurations, strategies and guards as they come and go, and tells the reconcilers.
 * Safe for any thread; holds no lock while it calls anybody.
 */
public final class Volumes implements AutoCloseable {
    /** How long a strategy that leaves, or a configuration that comes, is waited for: below the 5 s after which SCR gives up. */
    private static final long STOP_NANOS = TimeUnit.SECONDS.toNanos(3);

    private static final long CLOSE_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final Logger LOG = LoggerFactory.getLogger(Volumes.class);

    private final StrategyDirectory directory = new StrategyDirectory();
    private final Background transfers = new Background("io");
    private final Background driverCalls = new Background("driver");
    private final Surroundings around;
    private final Map<String, Reconciler> byPid = new TreeMap<>();
    private final Set<Reconciler> ending = new HashSet<>();
    private final Map<String, ConfigurationRefusal> refused = new TreeMap<>();
    private final Intake intake = new Intake();
    private volatile TargetGuard guard;

    /**
     * @param publication where volumes are made known
     * @param guard the guard until another is set; null when one is expected to come
     */
    public Volumes(Publication publication, TargetGuard guard) {
        this.guard = guard;
        this.around = new Surroundings(
                directory,
                new Claims(),
                () -> this.guard,
                new BoundedCalls(driverCalls),
                transfers,
                new SerialPublication(publication, driverCalls));
    }

    /** Sets the guard, or takes it away with null; claims that it made stay. */
    public void setGuard(TargetGuard newGuard) {
        guard = newGuard;
        lookAgain();
    }

    /** Adds a strategy. */
    public void add(StrategyEntry entry) {
        directory.add(entry);
        lookAgain();
    }

    /** Takes a strategy away; returns when no volume calls it any more, or after 3 s, when their calls wait. */
    public void remove(long id) {
        Optional<StrategyEntry> entry = directory.remove(id);
        if (entry.isPresent()) {
            lookAgain();
            long start = System.nanoTime();
            for (Reconciler reconciler : withThoseThatEnd()) {
                reconciler.release(entry.get(), Math.max(0, STOP_NANOS - (System.nanoTime() - start)));
            }
        }
    }

    private synchronized List<Reconciler> withThoseThatEnd() {
        ending.removeIf(reconciler -> reconciler.awaitEnd(0));
        List<Reconciler> all = new ArrayList<>(ending);
        all.addAll(byPid.values());
        return all;
    }

    private void lookAgain() {
        reconcilers().forEach(reconciler -> reconciler.wishes().look());
    }

    /**
     * Configures a volume: a new one, or one that runs, which goes on as it was when the configuration is refused.
     *
     * @param pid which configuration it is
     * @param defaultName the volume's name when the properties have none
     * @return whether it was taken: not after {@link #close}
     * @throws ConfigurationRefused with key, value and what is allowed
     */
    public boolean configure(String pid, String defaultName, Map<String, ?> properties) {
        if (!intake.enter()) {
            return false;
        }
        try {
            take(pid, defaultName, properties);
            return true;
        } finally {
            intake.leave();
        }
    }

    private void take(String pid, String defaultName, Map<String, ?> properties) {
        String given = Objects.toString(properties.get("name"), "").trim();
        String name = given.isEmpty() ? defaultName : given;
        try {
            accept(pid, VolumeConfiguration.from(defaultName, properties));
            synchronized (this) {
                refused.remove(pid);
            }
        } catch (ConfigurationRefused e) {
            synchronized (this) {
                refused.put(pid, new ConfigurationRefusal(pid, name, e.getMessage()));
            }
            LOG.warn("the configuration of volume {} is refused, nothing has changed: {}", name, e.getMessage());
            throw e;
        }
    }

    private void accept(String pid, VolumeConfiguration wanted) {
        Optional<Reconciler> running = find(pid);
        if (running.isEmpty()) {
            start(pid, wanted);
            return;
        }
        VolumeConfiguration before = running.get().wishes().configuration();
        refuseWhatCannotWork(before, wanted);
        boolean same = before.target().equals(wanted.target())
                && before.access() == wanted.access()
                && before.name().equals(wanted.name());
        if (same) {
            if (!before.equals(wanted)) {
                running.get().wishes().configure(wanted);
            }
        } else {
            start(pid, wanted);
        }
    }

    private void start(String pid, VolumeConfiguration wanted) {
        Reconciler next = new Reconciler(wanted, around);
        Reconciler predecessor;
        synchronized (this) {
            refuseSecondName(pid, wanted);
            predecessor = byPid.put(pid, next);
            if (predecessor != null) {
                ending.add(predecessor);
            }
        }
        around.publication().listChanged();
        if (predecessor != null) {
            predecessor.wishes().close();
            driverCalls.run(() -> {
                predecessor.awaitEnd(CLOSE_NANOS);
                next.start();
            });
        } else {
            next.start();
        }
    }

    private synchronized void refuseSecondName(String pid, VolumeConfiguration wanted) {
        byPid.forEach((otherPid, reconciler) -> {
            if (!otherPid.equals(pid)
                    && reconciler.actual().configuration.name().equals(wanted.name())) {
                throw new ConfigurationRefused(
                        "name", wanted.name(), "a name that is not taken; it is the volume's of " + otherPid);
            }
        });
    }

    /** A running volume is not given up for a target that isn't there, or for strategies of which none is. */
    private void refuseWhatCannotWork(VolumeConfiguration before, VolumeConfiguration wanted) {
        if (!before.strategies().equals(wanted.strategies())
                && wanted.strategies().stream()
                        .allMatch(name -> directory.find(name).isEmpty())) {
            throw new ConfigurationRefused(
                    "strategy",
                    String.join(",", wanted.strategies()),
                    "at least one that is registered: " + directory.names());
        }
        if (before.target().equals(wanted.target()) || !wanted.target().scheme().equals(Target.PATH)) {
            return;
        }
        TargetGuard present = guard == null ? new FileGuard() : guard;
        try {
            TargetInspection found = present.inspect(wanted.target());
            boolean missing = found.kind() == TargetInspection.Kind.MISSING;
            if (found.kind() == TargetInspection.Kind.DIRECTORY
                    || missing && wanted.createSize().isEmpty()) {
                throw new ConfigurationRefused(
                        "target", wanted.target() + " (" + found.kind() + ")", "what exists, or a file with a size");
            }
        } catch (StorageException e) {
            throw new ConfigurationRefused("target", wanted.target() + " (" + e.getMessage() + ")", "what can be read");
        }
    }

    /** Ends a volume; returns at once. */
    public void delete(String pid) {
        Reconciler gone;
        synchronized (this) {
            gone = byPid.remove(pid);
            if (gone != null) {
                ending.add(gone);
            }
            refused.remove(pid);
        }
        if (gone != null) {
            around.publication().listChanged();
            gone.wishes().close();
        }
    }

    synchronized Optional<Reconciler> find(String pid) {
        return Optional.ofNullable(byPid.get(pid));
    }

    synchronized String pidOf(Reconciler reconciler) {
        return byPid.entrySet().stream()
                .filter(entry -> entry.getValue() == reconciler)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("");
    }

    /** {@return the volumes, by name} */
    List<Reconciler> reconcilers() {
        List<Reconciler> all;
        synchronized (this) {
            all = new ArrayList<>(byPid.values());
        }
        all.sort(Comparator.comparing(reconciler -> reconciler.actual().volume.name()));
        return all;
    }

    synchronized List<ConfigurationRefusal> refusals() {
        return List.copyOf(refused.values());
    }

    Surroundings around() {
        return around;
    }

    /**
     * Ends all volumes: flushes each and gives everything back. Returns when that is done, within a minute. No configuration
     * is taken any more; what is being taken is waited for, or a volume would be left that nobody ends.
     */
    @Override
    public void close() {
        long start = System.nanoTime();
        if (!intake.shut(STOP_NANOS)) {
            LOG.warn("a configuration is still being taken; its volume will not be closed");
        }
        List<Reconciler> all = withThoseThatEnd();
        all.forEach(reconciler -> reconciler.wishes().close());
        boolean ended = true;
        for (Reconciler reconciler : all) {
            if (!reconciler.awaitEnd(CLOSE_NANOS - (System.nanoTime() - start))) {
                ended = false;
                LOG.warn(
                        "volume {} did not end in time",
                        reconciler.actual().volume.name());
            }
        }
        if (ended) {
            // Else they are needed to flush and to close; idle threads end by themselves.
            transfers.close();
            driverCalls.close();
        }
    }
}

package io.pinion.core.control;

import io.pinion.configuration.ConfigurationRefused;
import io.pinion.core.config.VolumeConfiguration;
import io.pinion.core.control.Refusals.Candidate;
import io.pinion.core.volume.Background;
import io.pinion.core.volume.BoundedCalls;
import io.pinion.core.volume.Bounds;
import io.pinion.strategy.Shape;
import io.pinion.strategy.TargetGuard;
import io.pinion.volume.ConfigurationRefusal;
import io.pinion.volume.choice.StrategyChooser;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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

    private final StrategyDirectory directory;
    private final Background transfers = new Background("io");
    private final Background driverCalls = new Background("driver");
    private final SerialPublication publication;
    private final Surroundings around;
    private final Map<String, Reconciler> byPid = new TreeMap<>();
    private final Set<Reconciler> ending = new HashSet<>();
    private final Refusals refusals = new Refusals();
    private final Intake intake = new Intake();
    private volatile TargetGuard guard;
    private volatile StrategyChooser chooser;

    /**
     * @param publication where volumes are made known
     * @param guard the guard until another is set; null when one is expected to come
     * @param absentees the strategies that ought to come and don't
     */
    public Volumes(Publication publication, TargetGuard guard, Absentees absentees) {
        this(publication, guard, absentees, Bounds.USUAL);
    }

    Volumes(Publication publication, TargetGuard guard, Absentees absentees, Bounds bounds) {
        this.guard = guard;
        this.directory = new StrategyDirectory(absentees);
        this.publication = new SerialPublication(publication, driverCalls);
        BoundedCalls calls = new BoundedCalls(driverCalls);
        this.around = new Surroundings(
                directory,
                new Claims(calls),
                () -> this.guard,
                () -> this.chooser,
                calls,
                bounds,
                transfers,
                this.publication);
    }

    /** Sets the guard, or takes it away with null; claims that it made stay. */
    public void setGuard(TargetGuard newGuard) {
        guard = newGuard;
        lookAgain();
    }

    /**
     * Sets who chooses for volumes with strategy=auto, or takes it away with null; returns when nothing of the one before is
     * at work any more, or after 3 s.
     */
    public void setChooser(StrategyChooser newChooser) {
        StrategyChooser before = chooser;
        chooser = newChooser;
        if (before != null) {
            withThoseThatEnd().forEach(reconciler -> reconciler.consultation().endWith(before));
        }
        lookAgain();
        retryRefused();
    }

    /** Adds a strategy. */
    public void add(StrategyEntry entry) {
        directory.add(entry);
        lookAgain();
        retryRefused();
    }

    /** A strategy's properties have changed. When they say another thing than its ranking, it leaves and comes anew. */
    public void update(StrategyEntry entry) {
        Optional<StrategyEntry> before = directory.replace(entry);
        lookAgain();
        before.filter(other -> !other.equals(entry)).ifPresent(this::release);
        retryRefused();
    }

    /** Takes a strategy away; returns when no volume calls it any more, or after 3 s, when their calls wait. */
    public void remove(long id) {
        Optional<StrategyEntry> entry = directory.remove(id);
        lookAgain();
        entry.ifPresent(this::release);
    }

    private void release(StrategyEntry left) {
        long start = System.nanoTime();
        for (Reconciler reconciler : withThoseThatEnd()) {
            reconciler.inHand().release(left, Math.max(0, STOP_NANOS - (System.nanoTime() - start)));
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
     * Configures a volume, or a drive: a new one, or one that runs, which goes on as it was when the configuration is refused.
     *
     * @param shape whether it is of a volume or a drive
     * @param pid which configuration it is
     * @param defaultName the volume's name when the properties have none
     * @return whether it was taken: not after {@link #close}
     * @throws ConfigurationRefused with key, value and what is allowed
     */
    public boolean configure(Shape shape, String pid, String defaultName, Map<String, ?> properties) {
        if (!intake.enter()) {
            return false;
        }
        Candidate candidate = refusals.came(shape, pid, defaultName, properties);
        try {
            take(candidate);
            return true;
        } catch (ConfigurationRefused e) {
            LOG.warn("the configuration of {} is refused, nothing has changed: {}", candidate, e.getMessage());
            throw e;
        } finally {
            intake.leave();
        }
    }

    /** What was refused may be right now: a name is free, a strategy has come. On another thread, for it may take time. */
    private void retryRefused() {
        if (!refusals.candidates().isEmpty()) {
            driverCalls.stage(() -> {
                refusals.candidates().forEach(this::retry);
                return true;
            });
        }
    }

    private void retry(Candidate candidate) {
        if (!intake.enter()) {
            return;
        }
        try {
            take(candidate);
            LOG.info("the configuration of {}, which was refused, is taken now", candidate);
        } catch (ConfigurationRefused e) {
            LOG.debug("configuration {} is refused still", candidate.pid(), e);
        } finally {
            intake.leave();
        }
    }

    private void take(Candidate candidate) {
        try {
            accept(
                    candidate,
                    VolumeConfiguration.from(candidate.shape(), candidate.defaultName(), candidate.properties()));
            refusals.taken(candidate);
        } catch (ConfigurationRefused e) {
            refusals.refused(candidate, e.getMessage());
            throw e;
        }
    }

    private void accept(Candidate candidate, VolumeConfiguration wanted) {
        Optional<Reconciler> running = find(candidate.pid());
        if (running.isEmpty()) {
            start(candidate, wanted);
            return;
        }
        VolumeConfiguration before = running.get().wishes().configuration();
        new Prospect(around, before, wanted).refuseIfHopeless();
        boolean same = before.target().equals(wanted.target())
                && before.access() == wanted.access()
                && before.name().equals(wanted.name());
        if (!same) {
            start(candidate, wanted);
        } else if (!before.equals(wanted)) {
            configure(running.get(), candidate, wanted);
        }
        if (!before.name().equals(wanted.name())) {
            retryRefused();
        }
    }

    private synchronized void configure(Reconciler running, Candidate candidate, VolumeConfiguration wanted) {
        if (refusals.isLatest(candidate)) {
            running.wishes().configure(wanted);
        }
    }

    private void start(Candidate candidate, VolumeConfiguration wanted) {
        Reconciler next = new Reconciler(wanted, around);
        Reconciler predecessor;
        synchronized (this) {
            if (!refusals.isLatest(candidate)) {
                return;
            }
            refuseSecondName(candidate.pid(), wanted);
            predecessor = byPid.put(candidate.pid(), next);
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
                        "name", wanted.name(), "a name that is not taken; configuration " + otherPid + " has it");
            }
        });
    }

    /** Ends a volume; returns at once. */
    public void delete(String pid) {
        Reconciler gone;
        synchronized (this) {
            refusals.deleted(pid);
            gone = byPid.remove(pid);
            if (gone != null) {
                ending.add(gone);
            }
        }
        if (gone != null) {
            around.publication().listChanged();
            gone.wishes().close();
            retryRefused();
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

    List<ConfigurationRefusal> refusals() {
        return refusals.list();
    }

    Surroundings around() {
        return around;
    }

    /**
     * Ends all volumes: flushes each and gives everything back. Returns when that is done, within a minute. No configuration
     * is taken any more; what is being taken is waited for, or a volume would be left that nobody ends. So is whoever is being
     * told of a volume, for 3 s: once this returns, a framework takes the services away under those who learn of them.
     */
    @Override
    public void close() {
        long start = System.nanoTime();
        if (!intake.shut(STOP_NANOS)) {
            LOG.warn("a configuration is still being taken; its volume will not be closed");
        }
        List<Reconciler> all = withThoseThatEnd();
        all.forEach(reconciler -> reconciler.wishes().close());
        boolean over = true;
        for (Reconciler reconciler : all) {
            if (!reconciler.awaitEnd(CLOSE_NANOS - (System.nanoTime() - start))) {
                over = false;
                LOG.warn("{} did not end in time", reconciler.actual().volume);
            }
            over &= !reconciler.hasRest();
        }
        if (!publication.awaitTold(STOP_NANOS)) {
            LOG.warn("somebody is still being told of a volume that has ended");
        }
        if (over) {
            // Else they are needed to flush and to close; idle threads end by themselves.
            transfers.close();
            driverCalls.close();
        }
    }
}

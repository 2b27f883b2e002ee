package io.pinion.volume;

import io.pinion.configuration.ConfigurationRefused;
import io.pinion.core.control.Absentees;
import io.pinion.core.control.Admin;
import io.pinion.core.control.FileGuard;
import io.pinion.core.control.StrategyEntry;
import io.pinion.core.control.StrategyProperties;
import io.pinion.core.control.Volumes;
import io.pinion.core.volume.Gated;
import io.pinion.strategy.IoStrategy;
import io.pinion.strategy.Shape;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.Target;
import io.pinion.strategy.TargetGuard;
import io.pinion.volume.choice.StrategyChooser;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Pinion without a container: for tests, tools, and applications that have none. The same volumes, the same swap; what the
 * container's registry and configuration do there, calls do here.
 *
 * <pre>{@code
 * try (Pinion pinion = Pinion.start()) {
 *     pinion.add("buffered", new BufferedStrategy());
 *     pinion.configure("data", Map.of("target", "/var/data", "strategy", "buffered"));
 *     pinion.volume("data", Duration.ofSeconds(5)).write(buffer, 0);
 * }
 * }</pre>
 *
 * <p>Safe for any thread.
 */
public final class Pinion implements AutoCloseable {
    private final Known known = new Known();
    private final Volumes volumes = new Volumes(known, new FileGuard(), Absentees.NONE);
    private final Admin admin = new Admin(volumes, this::save);
    private final Map<String, Configured> configurations = new ConcurrentHashMap<>();
    private final AtomicLong ids = new AtomicLong();

    private Pinion() {}

    private record Configured(Shape shape, Map<String, ?> properties) {}

    /** Something added; closing it takes it away again, as a bundle that stops would. */
    public interface Registration extends AutoCloseable {
        /** Takes it away; returns when nothing calls it any more, or after 3 s. */
        @Override
        void close();
    }

    /** {@return Pinion with no strategy, no volume, and the guard that Java alone can be: for regular files} */
    public static Pinion start() {
        return new Pinion();
    }

    /** Adds a strategy for {@code path} targets of volumes, as a bundle that starts would. */
    public Registration add(String name, IoStrategy strategy) {
        return add(name, strategy, Shape.POSITIONAL, Set.of(Target.PATH), 0);
    }

    /**
     * Adds a strategy for these schemes; of two with one name the higher ranking is used.
     *
     * @throws IllegalArgumentException when no configuration could hold the name, or no target one of the schemes
     */
    public Registration add(String name, IoStrategy strategy, Collection<String> schemes, int ranking) {
        return add(name, strategy, Shape.POSITIONAL, schemes, ranking);
    }

    /** As {@link #add(String, IoStrategy, Collection, int)}, also for drives. */
    public Registration add(String name, IoStrategy strategy, Shape shape, Collection<String> schemes, int ranking) {
        Map<String, Object> said = Map.of(
                "pinion.strategy",
                name,
                "pinion.strategy.shape",
                shape.toString(),
                "pinion.strategy.schemes",
                schemes,
                "service.ranking",
                ranking);
        StrategyProperties properties = StrategyProperties.read(said::get);
        if (!properties.unusable().isEmpty()) {
            throw new IllegalArgumentException(properties.unusable());
        }
        long id = ids.incrementAndGet();
        volumes.add(
                new StrategyEntry(properties, strategy, id, strategy.getClass().getName()));
        return () -> volumes.remove(id);
    }

    /** Has targets claimed by this guard from now on. */
    public Registration guard(TargetGuard guard) {
        volumes.setGuard(guard);
        return () -> volumes.setGuard(new FileGuard());
    }

    /** Has this one choose for volumes with strategy=auto. */
    public Registration chooser(StrategyChooser chooser) {
        volumes.setChooser(chooser);
        return () -> volumes.setChooser(null);
    }

    /**
     * Configures a volume: a new one, or one that runs, which then changes as it must and goes on as it was when the
     * properties are refused.
     *
     * @param properties the keys of a volume's configuration file
     * @throws StorageException of kind {@code INVALID_ARGUMENT} with key, value and what is allowed; {@code CLOSED}
     */
    public void configure(String volume, Map<String, ?> properties) throws StorageException {
        configure(Shape.POSITIONAL, volume, properties);
    }

    /** As {@link #configure}, for a drive. */
    public void configureTape(String drive, Map<String, ?> properties) throws StorageException {
        configure(Shape.TAPE, drive, properties);
    }

    private void configure(Shape shape, String name, Map<String, ?> properties) throws StorageException {
        try {
            if (!volumes.configure(shape, name, name, properties)) {
                throw StorageException.of(Kind.CLOSED, "configure", "Pinion is closed; " + name + " is not made")
                        .build();
            }
        } catch (ConfigurationRefused e) {
            throw StorageException.of(Kind.INVALID_ARGUMENT, "configure", e.getMessage())
                    .cause(e)
                    .build();
        }
        configurations.put(name, new Configured(shape, new HashMap<>(properties)));
    }

    /** Ends a volume or a drive; returns at once. */
    public void delete(String name) {
        configurations.remove(name);
        volumes.delete(name);
    }

    /**
     * {@return the volume, once it is open}
     *
     * @throws StorageException of kind {@code UNAVAILABLE}, with the reason, when it is not within the time
     */
    public Volume volume(String name, Duration wait) throws StorageException {
        return open(Volume.class, name, wait);
    }

    /**
     * {@return the drive, once it is open}
     *
     * @throws StorageException as {@link #volume}
     */
    public TapeDrive tape(String name, Duration wait) throws StorageException {
        return open(TapeDrive.class, name, wait);
    }

    private <T> T open(Class<T> type, String name, Duration wait) throws StorageException {
        Gated gated = known.await(name, wait, () -> reasonOf(name));
        if (!type.isInstance(gated)) {
            throw StorageException.of(Kind.WRONG_TYPE, "find", gated + " is asked for as a " + type.getSimpleName())
                    .build();
        }
        return type.cast(gated);
    }

    private String reasonOf(String name) {
        return admin.volume(name)
                .map(status -> "it is " + status.state() + ": " + status.reason())
                .orElse("it is not configured");
    }

    /** {@return the service that shows and changes volumes} */
    public VolumeAdmin admin() {
        return admin;
    }

    private void save(String name, List<String> strategies) throws StorageException {
        Configured before = configurations.get(name);
        Map<String, Object> changed = new HashMap<>(before.properties());
        changed.put("strategy", strategies);
        configure(before.shape(), name, changed);
    }

    /** Ends all volumes; each is flushed. */
    @Override
    public void close() {
        volumes.close();
    }
}

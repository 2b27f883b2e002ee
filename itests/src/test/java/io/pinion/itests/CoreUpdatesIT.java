package io.pinion.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.Test;
import org.junit.function.ThrowingRunnable;
import org.osgi.framework.Bundle;

/**
 * Core, and all of Pinion with it, is updated and refreshed under an application's hands: what the application holds then
 * is closed and says so, typed; it gets a new volume, with everything in it; the target is given back and taken again.
 */
public class CoreUpdatesIT {
    private static final int UPDATES = Integer.getInteger("pinion.torture.core.updates", 10);
    /** How often an update of JNA and of linux loads JNA's library: before the refresh, and after it. */
    private static final int LOADED_BY_UPDATE = 2;

    private static final Duration GONE_WITHIN = Duration.ofSeconds(60);

    private final Loaders loaders = new Loaders();
    private Host host;
    private Path file;

    @Test
    public void applicationsGetANewVolumeWithEverythingInIt() throws Exception {
        Application.prepare();
        ContainerLog log = ContainerLog.from(null);
        host = Host.start(CoreUpdatesIT.class);
        Map<String, AtomicLong> told = Application.shared(Application.TOLD);
        AtomicLong operations = Application.shared(Application.OPERATIONS);
        Footprint before;
        Footprint after;
        try {
            file = host.configure("core", Application.SIZE, "direct,buffered");
            for (String name : Host.PINION) {
                host.install(name);
            }
            host.install(Host.APPLICATION);
            startAll();
            awaitWell("at first");
            replace(Host.PINION);
            before = whenQuiet(Optional.empty());
            for (int i = 0; i < UPDATES; i++) {
                replace(List.of("io.pinion.core"));
            }
            for (int i = 0; i < UPDATES; i++) {
                replace(Host.PINION);
            }
            after = whenQuiet(Optional.of(before));
        } finally {
            log.close();
            host.close();
        }
        assertEquals(0, OpenFiles.of(file));
        assertEquals("told", Set.of("CLOSED"), told.keySet());
        assertEquals("errors in the log", List.of(), log.unexpected(List.of()));
        System.out.printf(
                "torture: updates of core: %d alone, %d with all, %d operations, told %s, faults 0, %d of %d class loaders"
                        + " left, before %s, after %s%n",
                UPDATES, UPDATES, operations.get(), told, loaders.left().size(), loaders.count(), before, after);
    }

    /** It calls for the first time when nothing of that core can be loaded any more. */
    @Test
    public void whoHoldsAVolumeAcrossARefreshIsToldThatItIsClosed() throws Exception {
        Application.prepare();
        host = Host.start(CoreUpdatesIT.class);
        try {
            file = host.configure("held", Application.SIZE, "direct,buffered");
            for (String name : Host.PINION) {
                host.install(name);
            }
            for (String name : Host.PINION) {
                host.find(name).orElseThrow().start();
            }
            Eventually.holds("it is open", () -> OpenFiles.directOf(file) > 0, OpenFiles::all);
            String type = "io.pinion.volume.Volume";
            Eventually.holds("it is a service", () -> host.service(type).isPresent(), () -> type);
            Object volume = host.service(type).orElseThrow();
            host.update("io.pinion.core");
            host.refresh(List.of(host.find("io.pinion.core").orElseThrow()));
            Eventually.holds(
                    "another has come",
                    () -> host.service(type).filter(found -> found != volume).isPresent(),
                    () -> type);
            Class<?> itsType = Arrays.stream(volume.getClass().getInterfaces())
                    .filter(candidate -> candidate.getName().equals(type))
                    .findFirst()
                    .orElseThrow();
            ByteBuffer buffer = ByteBuffer.allocate(8);
            closed(() -> itsType.getMethod("read", ByteBuffer.class, long.class).invoke(volume, buffer, 0L));
            closed(() ->
                    itsType.getMethod("write", ByteBuffer.class, long.class).invoke(volume, buffer, 0L));
            closed(() -> itsType.getMethod("flush").invoke(volume));
            closed(() -> itsType.getMethod("size").invoke(volume));
            closed(() -> itsType.getMethod("openQueue", int.class).invoke(volume, 1));
        } finally {
            host.close();
        }
    }

    private static void closed(ThrowingRunnable call) {
        Throwable thrown = assertThrows(InvocationTargetException.class, call).getCause();
        assertEquals("io.pinion.strategy.StorageException", thrown.getClass().getName());
        assertTrue(thrown.getMessage(), thrown.getMessage().contains("volume held: it is closed"));
    }

    private void replace(List<String> names) throws Exception {
        List<Bundle> bundles = new ArrayList<>();
        for (String name : names) {
            bundles.add(host.find(name).orElseThrow());
        }
        loaders.note(host.bundles().stream()
                .filter(bundle -> String.valueOf(bundle.getSymbolicName()).matches("io\\.pinion\\..*|com\\.sun\\.jna"))
                .toList());
        for (String name : names) {
            host.update(name);
        }
        host.refresh(bundles);
        awaitWell("after an update of " + names);
    }

    private void startAll() throws Exception {
        for (String name : Host.PINION) {
            host.find(name).orElseThrow().start();
        }
        host.find(Host.APPLICATION).orElseThrow().start();
    }

    /** The volume is open on its first preference, and the application, in its present shape alone, goes on with it. */
    private void awaitWell(String when) throws Exception {
        Collection<String> faults = Application.shared(Application.FAULTS);
        Eventually.holds(
                "open " + when, () -> host.state("core").startsWith("OPEN direct"), () -> host.state("core") + faults);
        AtomicLong operations = Application.shared(Application.OPERATIONS);
        long before = operations.get();
        Eventually.holds(
                "the application goes on " + when,
                () -> operations.get() > before + 200 || !faults.isEmpty(),
                () -> operations.get() - before);
        assertEquals(when, List.of(), List.copyOf(faults));
        Collection<Thread> users = Application.shared(Application.USERS);
        Eventually.holds("nobody holds on to what is closed " + when, () -> users.size() == 2, () -> users);
        assertTrue(when, OpenFiles.directOf(file) > 0);
    }

    /** Stops core and the application, waits until no more is held than before, and starts them again. */
    private Footprint whenQuiet(Optional<Footprint> before) throws Exception {
        Bundle application = host.find(Host.APPLICATION).orElseThrow();
        Bundle core = host.find("io.pinion.core").orElseThrow();
        application.stop();
        core.stop();
        Eventually.holds(
                "all is quiet, and nothing is left that was not there before: " + before,
                GONE_WITHIN,
                () -> isQuiet() && before.map(this::isWithin).orElse(true),
                () -> Footprint.now() + " " + Footprint.threadNames() + loaders.left() + loaders.suspects());
        Footprint footprint = Footprint.now();
        core.start();
        application.start();
        awaitWell("after a stop");
        return footprint;
    }

    private boolean isWithin(Footprint before) {
        try {
            return Footprint.now().isWithin(before, LOADED_BY_UPDATE * UPDATES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isQuiet() throws Exception {
        return OpenFiles.of(file) == 0
                && Threads.named("pinion-").isEmpty()
                && Application.<Collection<Thread>>shared(Application.USERS).isEmpty()
                && loaders.left().isEmpty();
    }
}

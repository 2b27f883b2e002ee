package io.pinion.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.Test;
import org.osgi.framework.Bundle;

/**
 * Random bundles, core and the application included, are stopped, started, updated, refreshed, uninstalled and installed
 * under load, in random order. Once all are back the volumes are open and everything that was written is right; whatever
 * failed meanwhile failed because there was no strategy for longer than {@code grace}, or no volume any more.
 */
public class RandomLifecycleIT {
    private static final Duration BUDGET = Duration.ofSeconds(Long.getLong("pinion.torture.seconds", 15));
    private static final long SEED = Long.getLong("pinion.torture.seed", System.nanoTime());
    private static final int STEPS = 12;
    private static final int FEWEST = 3;
    private static final List<String> VOLUMES = List.of("first", "second");

    private enum Step {
        STOP,
        START,
        UPDATE,
        REFRESH,
        UNINSTALL,
        INSTALL
    }

    private final Random random = new Random(SEED);
    private final Loaders loaders = new Loaders();
    private final List<String> names = new ArrayList<>(Host.PINION);
    private final List<String> taken = new ArrayList<>();
    private ContainerLog log;
    private Host host;

    @Test
    public void whateverIsDoneToBundlesTheVolumesComeBackWithAllData() throws Exception {
        Application.prepare();
        names.add(Host.APPLICATION);
        log = ContainerLog.from(null);
        int rounds = 0;
        int steps = 0;
        List<Path> files = new ArrayList<>();
        host = Host.start(RandomLifecycleIT.class);
        try {
            files.add(host.configure("first", Application.SIZE, "direct,buffered"));
            files.add(host.configure("second", Application.SIZE, "buffered,direct"));
            repair();
            long start = System.nanoTime();
            while (rounds < FEWEST || System.nanoTime() - start < BUDGET.toNanos()) {
                taken.clear();
                for (int i = 0; i < STEPS; i++) {
                    step();
                    steps++;
                }
                repair();
                rounds++;
            }
        } catch (Exception | AssertionError e) {
            // The cause before the story, which is long: none tells by itself what led to it.
            throw new AssertionError(e + "; round " + rounds + ", seed=" + SEED + ", after " + taken, e);
        } finally {
            log.close();
            host.close();
        }
        for (Path file : files) {
            Eventually.holds("given back: " + file, () -> OpenFiles.of(file) == 0, OpenFiles::all);
        }
        Map<String, AtomicLong> told = Application.shared(Application.TOLD);
        assertTrue(
                "told, seed=" + SEED + ": " + told,
                Set.of("CLOSED", "UNAVAILABLE").containsAll(told.keySet()));
        assertEquals("errors in the log, seed=" + SEED, List.of(), log.unexpected(List.of()));
        System.out.printf(
                "torture: random lifecycle: %d steps, %d times all back, seed=%d, %d operations, told %s, faults 0,"
                        + " %d class loaders replaced%n",
                steps,
                rounds,
                SEED,
                Application.<AtomicLong>shared(Application.OPERATIONS).get(),
                told,
                loaders.count());
    }

    private void step() throws Exception {
        String name = names.get(random.nextInt(names.size()));
        Optional<Bundle> bundle = host.find(name);
        Step step = Step.values()[random.nextInt(Step.values().length)];
        if (bundle.isPresent()) {
            loaders.note(List.of(bundle.get()));
        }
        taken.add(step + " " + name);
        switch (step) {
            case STOP -> {
                if (bundle.isPresent()) {
                    bundle.get().stop();
                }
            }
            case START -> startIfItResolves(bundle);
            case UPDATE -> {
                if (bundle.isPresent()) {
                    host.update(name);
                }
            }
            case REFRESH -> host.refresh(random.nextBoolean() ? bundle.stream().toList() : null);
            case UNINSTALL -> {
                if (bundle.isPresent()) {
                    bundle.get().uninstall();
                }
            }
            case INSTALL -> {
                if (bundle.isEmpty()) {
                    startIfItResolves(Optional.of(host.install(name)));
                }
            }
        }
        Thread.sleep(random.nextInt(60));
    }

    /** What it needs may not be there now; then it is started in the end. */
    private void startIfItResolves(Optional<Bundle> bundle) throws Exception {
        if (bundle.isPresent() && host.resolves(bundle.get()) && host.hasWhatItUses(bundle.get())) {
            bundle.get().start();
        }
    }

    /** Installs and starts what is missing, in a random order, and awaits that everything is well. */
    private void repair() throws Exception {
        List<String> order = new ArrayList<>(names);
        Collections.shuffle(order, random);
        for (String name : order) {
            if (host.find(name).isEmpty()) {
                host.install(name);
            }
        }
        // What was updated and not refreshed would keep two generations apart that belong together.
        host.refresh(null);
        for (String name : order) {
            taken.add("start " + name);
            host.find(name).orElseThrow().start();
        }
        for (String volume : VOLUMES) {
            String expected = volume.equals("first") ? "OPEN direct" : "OPEN buffered";
            Eventually.holds(
                    volume + " is " + expected,
                    Duration.ofSeconds(45),
                    () -> host.state(volume).startsWith(expected),
                    () -> host.state(volume));
        }
        AtomicLong operations = Application.shared(Application.OPERATIONS);
        long before = operations.get();
        Collection<String> faults = Application.shared(Application.FAULTS);
        Eventually.holds(
                "the application goes on",
                () -> operations.get() > before + 500 || !faults.isEmpty(),
                () -> operations.get() - before);
        assertEquals("faults", List.of(), List.copyOf(faults));
        assertEquals("errors in the log", List.of(), log.unexpected(List.of()));
    }
}

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
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.Test;
import org.osgi.framework.Bundle;

/**
 * Pinion's bundles, JNA and an application are installed and started in random orders, a volume being configured from the
 * start: it always ends on its first preference, and after they have stopped in random orders nothing is left.
 */
public class StartOrdersIT {
    private static final Duration BUDGET = Duration.ofSeconds(Long.getLong("pinion.torture.seconds", 15));
    private static final long SEED = Long.getLong("pinion.torture.seed", System.nanoTime());
    private static final int FEWEST = 5;

    private final Random random = new Random(SEED);
    private final Loaders loaders = new Loaders();
    private Host host;
    private Path file;

    @Test
    public void anyOrderEndsOnTheFirstPreferenceAndLeavesNothing() throws Exception {
        Application.prepare();
        ContainerLog log = ContainerLog.from(null);
        int orders = 0;
        Footprint before = null;
        host = Host.start(StartOrdersIT.class);
        try {
            file = host.configure("order", Application.SIZE, "direct,buffered");
            long start = System.nanoTime();
            while (orders < FEWEST || System.nanoTime() - start < BUDGET.toNanos()) {
                order(orders);
                orders++;
                if (orders == 1) {
                    awaitNothingLeft();
                    before = Footprint.now();
                }
            }
            Footprint baseline = before;
            int loaded = orders;
            Eventually.holds(
                    "nothing is left that was not there before: " + before,
                    Duration.ofSeconds(60),
                    () -> isNothingLeft() && Footprint.now().isWithin(baseline, loaded),
                    () -> Footprint.now() + " " + Footprint.threadNames() + loaders.left() + loaders.suspects());
        } finally {
            log.close();
            host.close();
        }
        assertEquals(
                "seed=" + SEED, List.of(), List.copyOf(Application.<Collection<String>>shared(Application.FAULTS)));
        assertEquals("errors in the log, seed=" + SEED, List.of(), log.unexpected(List.of()));
        System.out.printf(
                "torture: start orders: %d, seed=%d, %d operations, told %s, %d of %d class loaders left, before %s,"
                        + " after %s%n",
                orders,
                SEED,
                Application.<AtomicLong>shared(Application.OPERATIONS).get(),
                Application.<Map<String, AtomicLong>>shared(Application.TOLD),
                loaders.left().size(),
                loaders.count(),
                before,
                Footprint.now());
    }

    private void order(int number) throws Exception {
        List<String> names = new ArrayList<>(Host.PINION);
        names.add(Host.APPLICATION);
        Collections.shuffle(names, random);
        List<Bundle> installed = new ArrayList<>();
        List<Bundle> started = new ArrayList<>();
        for (String name : names) {
            Bundle bundle = host.install(name);
            installed.add(bundle);
            started.add(random.nextInt(started.size() + 1), bundle);
        }
        String order = "order " + number + ", seed=" + SEED + ", installed " + names + ", started " + started;
        for (Bundle bundle : started) {
            bundle.start();
        }
        long before = Application.<AtomicLong>shared(Application.OPERATIONS).get();
        Eventually.holds(
                "the volume is open on its first preference: " + order,
                () -> host.state("order").startsWith("OPEN direct"),
                () -> host.state("order"));
        Eventually.holds(
                "the application goes on: " + order,
                () -> Application.<AtomicLong>shared(Application.OPERATIONS).get() > before + 200,
                () -> Application.shared(Application.FAULTS));
        assertTrue(order, OpenFiles.directOf(file) > 0);
        loaders.note(installed);
        Collections.shuffle(installed, random);
        for (Bundle bundle : installed) {
            if (random.nextBoolean()) {
                bundle.stop();
            } else {
                bundle.uninstall();
            }
        }
        for (Bundle bundle : installed) {
            if (bundle.getState() != Bundle.UNINSTALLED) {
                bundle.uninstall();
            }
        }
        host.refresh(installed);
        Eventually.holds("the file is given back: " + order, () -> OpenFiles.of(file) == 0, OpenFiles::all);
        Eventually.holds(
                "all users were told: " + order,
                () -> Application.<Collection<Thread>>shared(Application.USERS).isEmpty(),
                () -> Application.shared(Application.USERS) + " " + Application.shared(Application.FAULTS));
    }

    private void awaitNothingLeft() {
        Eventually.holds("nothing is left", Duration.ofSeconds(60), this::isNothingLeft, loaders::suspects);
    }

    private boolean isNothingLeft() {
        return Threads.named("pinion-").isEmpty() && loaders.left().isEmpty();
    }
}

package io.pinion.itests;

import static org.junit.Assert.assertEquals;

import io.pinion.itests.HostileStrategy.Manner;
import io.pinion.strategy.IoStrategy;
import io.pinion.strategy.StorageException;
import io.pinion.volume.Volume;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.After;
import org.junit.Before;
import org.osgi.framework.ServiceRegistration;

/**
 * What the scenarios of a strategy that misbehaves share: cases of it, each with a volume of its own, and a neighbour, under
 * load all the while, that is to notice nothing.
 */
public abstract class HostileScenario extends Scenario {
    static final Set<Manner> THROWING =
            EnumSet.of(Manner.THROWS, Manner.FAILS_TO_LINK, Manner.OVERFLOWS_THE_STACK, Manner.RUNS_OUT_OF_MEMORY);

    /** The longest that core waits for a driver, and some. */
    private static final Duration SLOWEST = Duration.ofSeconds(45);

    private final List<Case> cases = new ArrayList<>();
    private Load neighbour;
    private long begun;

    @Before
    public void serveTheNeighbour() throws Exception {
        Path quiet = createFile(file(".quiet"), Load.SIZE);
        configure("quiet", "target", quiet.toString(), "strategy", "buffered");
        neighbour = Load.on(volume("quiet"));
        begun = System.nanoTime();
    }

    @After
    public void theNeighbourNoticedNothing() throws Exception {
        for (Case hostile : cases) {
            hostile.giveUp();
        }
        neighbour.awaitProgress();
        long operations = neighbour.operations();
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
        neighbour.close();
        assertEquals(0, admin().statistics("quiet").failures());
        System.out.printf(
                "torture: hostile: %s: the neighbour did %d operations in %d ms, 0 failed%n",
                test.getMethodName(), operations, millis);
    }

    final Load neighbour() {
        return neighbour;
    }

    /** A strategy, its registration, and the volume on it, all named alike. */
    final class Case implements AutoCloseable {
        final String name;
        final HostileStrategy strategy;
        final ServiceRegistration<IoStrategy> registration;
        private final Path file;

        Case(String name, boolean withQueue) throws Exception {
            this.name = name;
            strategy = new HostileStrategy(withQueue);
            file = createFile(file("." + name), 64 * 1024);
            registration = context()
                    .registerService(IoStrategy.class, strategy, new Hashtable<>(Map.of("pinion.strategy", name)));
            cases.add(this);
        }

        /** Whatever has come of it. */
        void giveUp() {
            strategy.release();
            try {
                registration.unregister();
            } catch (IllegalStateException e) {
                // It has been done.
                return;
            }
        }

        Case serve() throws Exception {
            configure(
                    name,
                    "target",
                    file.toString(),
                    "strategy",
                    name + ",buffered",
                    "drain.timeout",
                    "300ms",
                    "settle",
                    "100ms");
            return this;
        }

        Volume volume() {
            return HostileScenario.this.volume(name, name);
        }

        void awaitWhy(String... words) {
            for (String word : words) {
                Eventually.holds(name + ": why says " + word, SLOWEST, () -> why().contains(word), this::why);
            }
        }

        String why() throws StorageException {
            return String.join(" | ", admin().why(name));
        }

        /** The next preference takes over, and works. */
        void awaitBuffered() throws Exception {
            awaitStrategy(name, "buffered");
            Volume volume = HostileScenario.this.volume(name, "buffered");
            assertEquals(8, volume.write(ByteBuffer.allocate(8), 0));
            assertEquals(8, volume.read(ByteBuffer.allocate(8), 0));
        }

        @Override
        public void close() throws Exception {
            unconfigure(name);
            Eventually.holds(name + " is gone", () -> OpenFiles.of(file) == 0, OpenFiles::all);
        }
    }
}

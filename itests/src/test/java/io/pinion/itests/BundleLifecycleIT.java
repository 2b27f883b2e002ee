package io.pinion.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertSame;
import static org.junit.Assert.assertTrue;

import io.pinion.volume.Volume;
import io.pinion.volume.VolumeState;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.Test;
import org.osgi.framework.Bundle;

/** Bundles of strategies that stop, start, are updated, refreshed, uninstalled and installed again under load. */
public class BundleLifecycleIT extends Scenario {
    private static final String BUFFERED = "io.pinion.buffered";
    private static final String DIRECT = "io.pinion.direct";

    /** Below the 5 s after which the component runtime gives up on an unbinding. */
    private static final long STOP_MILLIS = 5000;

    private static final int ROUNDS = 20;

    @Test
    public void theNextPreferenceIsTakenAndTheFirstTakenBack() throws Exception {
        Path file = createFile(file(".bin"), Load.SIZE);
        assumeDirect(file);
        configure("two", "target", file.toString(), "strategy", "direct,buffered");
        Volume volume = volume("two", "direct");
        try (Load load = Load.on(volume)) {
            for (int round = 0; round < 3; round++) {
                stop(DIRECT);
                awaitStrategy("two", "buffered");
                assertEquals(0, OpenFiles.directOf(file));
                load.awaitProgress();
                bundle(DIRECT).start();
                awaitStrategy("two", "direct");
                assertTrue(OpenFiles.directOf(file) > 0);
                load.awaitProgress();
                stop(BUFFERED);
                bundle(BUFFERED).start();
                load.awaitProgress();
            }
            assertSame(volume, volume("two", "direct"));
        }
        assertEquals(0, admin().statistics("two").failures());
    }

    @Test
    public void withASinglePreferenceCallsParkAndResume() throws Exception {
        Path file = createFile(file(".bin"), Load.SIZE);
        configure("one", "target", file.toString(), "strategy", "buffered");
        Volume volume = volume("one");
        try (Load load = Load.on(volume)) {
            for (int round = 0; round < 3; round++) {
                stop(BUFFERED);
                awaitState("one", VolumeState.WAITING);
                long before = load.operations();
                assertEquals(Optional.empty(), status("one").strategy());
                assertSame("it is a service while callers wait", volume, volume("one"));
                bundle(BUFFERED).start();
                awaitStrategy("one", "buffered");
                load.awaitProgress();
                assertTrue(load.operations() > before);
            }
            assertTrue(admin().statistics("one").parked() > 0);
        }
        assertEquals(0, admin().statistics("one").failures());
    }

    @Test
    public void afterGraceTheServiceGoesAndComesBackAsTheSameObject() throws Exception {
        Path file = createFile(file(".bin"), 4096);
        configure("brief", "target", file.toString(), "strategy", "buffered", "grace", "200ms");
        Volume volume = volume("brief");
        stop(BUFFERED);
        Eventually.holds(
                "the service is withdrawn",
                () -> !isThere(Volume.class, "(pinion.volume=brief)"),
                () -> status("brief"));
        try {
            volume.read(ByteBuffer.allocate(8), 0);
            throw new AssertionError("read although no strategy is there");
        } catch (io.pinion.strategy.StorageException e) {
            assertEquals(io.pinion.strategy.StorageException.Kind.UNAVAILABLE, e.kind());
        }
        bundle(BUFFERED).start();
        assertSame(volume, volume("brief"));
        assertEquals(8, volume.read(ByteBuffer.allocate(8), 0));
    }

    @Test
    public void nothingIsLeftBehindByManyRounds() throws Exception {
        Path file = createFile(file(".bin"), Load.SIZE);
        assumeDirect(file);
        configure("many", "target", file.toString(), "strategy", "direct,buffered");
        Volume volume = volume("many", "direct");
        Load load = Load.on(volume);
        Random random = new Random(7);
        round(0, random);
        awaitStrategy("many", "direct");
        long mine = OpenFiles.of(file);
        List<String> before = quietDescriptors();
        for (int i = 1; i <= ROUNDS; i++) {
            round(i, random);
            load.awaitProgress();
        }
        refresh(bundle(BUFFERED), bundle(DIRECT));
        awaitStrategy("many", "direct");
        load.close();
        assertSame(volume, volume("many", "direct"));
        assertEquals(0, admin().statistics("many").failures());
        Eventually.holds(
                "descriptors of the file as before", () -> OpenFiles.of(file) == mine, () -> quietDescriptors());
        Eventually.holds(
                "descriptors as before " + before,
                () -> quietDescriptors().size() <= before.size(),
                () -> quietDescriptors());

        unconfigure("many");
        Eventually.holds("the file is given back", () -> OpenFiles.of(file) == 0, () -> quietDescriptors());
        Eventually.holds("Pinion's threads end", () -> threads("pinion-").isEmpty(), () -> threads("pinion-"));
    }

    @Test
    public void theOrderOfStartDoesNotMatter() throws Exception {
        Path file = createFile(file(".bin"), Load.SIZE);
        assumeDirect(file);
        configure("order", "target", file.toString(), "strategy", "direct,buffered");
        volume("order", "direct");
        List<String> names = List.of("io.pinion.core", "io.pinion.linux", "io.pinion.memory", BUFFERED, DIRECT);
        List<List<String>> orders = new ArrayList<>();
        orders.add(names);
        orders.add(List.of(DIRECT, BUFFERED, "io.pinion.memory", "io.pinion.linux", "io.pinion.core"));
        orders.add(List.of("io.pinion.core", BUFFERED, DIRECT, "io.pinion.memory", "io.pinion.linux"));
        Random random = new Random(11);
        for (int i = 0; i < 3; i++) {
            List<String> order = new ArrayList<>(names);
            Collections.shuffle(order, random);
            orders.add(order);
        }
        for (List<String> order : orders) {
            List<String> stopping = new ArrayList<>(order);
            Collections.shuffle(stopping, random);
            for (String name : stopping) {
                stop(name);
            }
            Eventually.holds(
                    "all is given back", () -> OpenFiles.of(file) == 0, () -> order + " " + quietDescriptors());
            for (String name : order) {
                bundle(name).start();
            }
            Volume volume = volume("order", "direct");
            assertEquals(order.toString(), 8, volume.read(ByteBuffer.allocate(8), 0));
            assertEquals(8, volume.write(ByteBuffer.allocate(8), 0));
            assertTrue(order.toString(), OpenFiles.directOf(file) > 0);
        }
    }

    @Test
    public void whenCoreHasStoppedAllIsGivenBackAndItStartsAfresh() throws Exception {
        Path file = createFile(file(".bin"), Load.SIZE);
        for (int round = 0; round < 5; round++) {
            configure("fresh", "target", file.toString(), "strategy", "buffered");
            Load load = Load.on(volume("fresh", "buffered"));
            if (round % 2 == 0) {
                unconfigure("fresh");
            }
            bundle("io.pinion.core").stop();
            assertEquals(0, OpenFiles.of(file));
            load.stop();
            assertTrue(
                    load.faults().toString(),
                    load.faults().stream().allMatch(fault -> fault.contains("volume fresh: it is closed")));
            bundle("io.pinion.core").start();
        }
    }

    /** One of the things that operators do to bundles. */
    private void round(int i, Random random) throws Exception {
        String name = random.nextBoolean() ? BUFFERED : DIRECT;
        Bundle bundle = bundle(name);
        switch (i % 4) {
            case 0 -> {
                stop(name);
                bundle.start();
            }
            case 1 -> {
                // Once more while volumes are about to change to what has just come.
                update(bundle);
                update(bundle);
            }
            case 2 -> refresh(bundle);
            default -> {
                bundle.uninstall();
                refresh(bundle);
                context().installBundle(Container.url(name)).start();
            }
        }
    }

    private static void update(Bundle bundle) throws Exception {
        try (InputStream jar = Files.newInputStream(Container.jar(bundle.getSymbolicName()))) {
            bundle.update(jar);
        }
    }

    private void stop(String name) throws Exception {
        long millis = Load.millis(() -> bundle(name).stop());
        assertTrue(name + " took " + millis + " ms to stop", millis < STOP_MILLIS);
    }

    /** {@return what is open beside the jars, which the framework opens and closes as it likes} */
    private static List<String> quietDescriptors() throws IOException {
        return OpenFiles.all().stream()
                .filter(name -> !name.endsWith(".jar"))
                .sorted()
                .toList();
    }
}

package io.pinion.itests;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertSame;
import static org.junit.Assert.assertTrue;

import io.pinion.strategy.IoStrategy;
import io.pinion.volume.StrategyStatus;
import io.pinion.volume.Volume;
import io.pinion.volume.VolumeState;
import io.pinion.volume.VolumeStatus;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Hashtable;
import java.util.Map;
import java.util.Optional;
import org.junit.Test;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;

/** A volume as applications find it: a service that is configured, used, and swapped under their hands. */
public class VolumeServiceIT extends Scenario {
    @Test
    public void aConfiguredVolumeIsAServiceThatStoresBytes() throws Exception {
        Path file = file(".bin");
        configure("letters", "target", file.toString(), "strategy", "buffered", "size", "64KiB");

        Volume volume = volume("letters");
        assertEquals("letters", volume.name());
        assertEquals("buffered", reference("letters").getProperty("pinion.volume.strategy"));
        byte[] text = "An application never names a strategy".getBytes(StandardCharsets.UTF_8);
        assertEquals(text.length, volume.write(ByteBuffer.wrap(text), 4090));
        volume.flush();
        ByteBuffer back = ByteBuffer.allocate(text.length);
        assertEquals(text.length, volume.read(back, 4090));
        assertArrayEquals(text, back.array());
        byte[] stored = Files.readAllBytes(file);
        assertEquals(65536, stored.length);
        assertEquals(ByteBuffer.wrap(text), ByteBuffer.wrap(stored, 4090, text.length));
        assertTrue(isLocked(file));

        unconfigure("letters");
        Eventually.holds("the claim is given back", () -> !isLocked(file), () -> admin().volumes());
        assertEquals(0, OpenFiles.of(file));
    }

    @Test
    public void aComponentFindsItsVolumeByTargetFilter() throws Exception {
        configure("bound", "target", file(".bin").toString(), "strategy", "buffered", "size", "1MiB");
        Volume expected = volume("bound");
        Eventually.holds(
                "the component is there with its volume",
                () -> isThere(VolumeUser.class, "(objectClass=*)"),
                () -> "no " + VolumeUser.class);
        assertSame(expected, service(VolumeUser.class, "(objectClass=*)").volume());

        unconfigure("bound");
        Eventually.holds(
                "the component goes with its volume",
                () -> !isThere(VolumeUser.class, "(objectClass=*)"),
                () -> admin().volumes());
    }

    @Test
    public void aConfigurationSwapsUnderLoad() throws Exception {
        Path file = createFile(file(".bin"), Load.SIZE);
        assumeDirect(file);
        configure("busy", "target", file.toString(), "strategy", "buffered");
        Volume volume = volume("busy", "buffered");
        Load load = Load.on(volume);
        for (int round = 0; round < 15; round++) {
            String strategy = round % 2 == 0 ? "direct" : "buffered";
            configure("busy", "target", file.toString(), "strategy", strategy);
            awaitStrategy("busy", strategy);
            load.awaitProgress();
            assertEquals(
                    "descriptors with O_DIRECT, strategy " + strategy,
                    strategy.equals("direct"),
                    OpenFiles.directOf(file) > 0);
            assertSame(volume, volume("busy", strategy));
        }
        load.close();
        assertEquals(15, admin().statistics("busy").swaps());
        assertEquals(0, admin().statistics("busy").failures());
        assertTrue(admin().statistics("busy").byStrategy().get("direct").zeroCopyBytes() > 0);
    }

    @Test
    public void commandsSwapUnderLoadAndBack() throws Exception {
        Path file = createFile(file(".bin"), Load.SIZE);
        assumeDirect(file);
        configure("byhand", "target", file.toString(), "strategy", "buffered");
        Load load = Load.on(volume("byhand"));
        for (int i = 0; i < 20; i++) {
            assertTrue(
                    admin().swap("byhand", i % 2 == 0 ? "direct" : "buffered").isServing());
        }
        assertTrue(admin().swap("byhand", "direct").isServing());
        assertEquals(Optional.of("direct"), status("byhand").override());
        admin().clearOverride("byhand");
        awaitStrategy("byhand", "buffered");
        load.close();
        assertEquals(22, admin().statistics("byhand").swaps());
    }

    @Test
    public void ofTwoVolumesOnOneFileTheSecondWaitsAndNamesTheFirst() throws Exception {
        Path file = createFile(file(".bin"), 4096);
        Path symbolic = Files.createSymbolicLink(file(".symbolic"), file);
        Path hard = Files.createLink(file(".hard"), file);
        configure("first", "target", file.toString(), "strategy", "buffered");
        volume("first");
        for (Path other : new Path[] {file, symbolic, hard}) {
            configure("second", "target", other.toString(), "strategy", "buffered", "grace", "0s");
            Eventually.holds(
                    "the second waits for the first",
                    () -> admin().volume("second")
                            .map(VolumeStatus::reason)
                            .orElse("")
                            .contains("volume first holds the same bytes"),
                    () -> admin().volume("second"));
            assertEquals(VolumeState.WAITING, status("second").state());
            unconfigure("second");
            Eventually.holds("no second", () -> admin().volume("second").isEmpty(), () -> "");
        }
        configure("second", "target", hard.toString(), "strategy", "buffered", "settle", "0s");
        awaitState("second", VolumeState.WAITING);
        unconfigure("first");
        Eventually.holds(
                "the second takes over",
                () -> status("second").state() == VolumeState.OPEN,
                () -> admin().volume("second"));
    }

    @Test
    public void aStrategyThatCannotBeUsedSaysWhy() {
        ServiceRegistration<IoStrategy> nameless = register(new HostileStrategy(), Map.of());
        ServiceRegistration<IoStrategy> wrong = register(new HostileStrategy(), Map.of("pinion.strategy", 42));
        ServiceRegistration<IoStrategy> shadowed = register(
                new HostileStrategy(), Map.of("pinion.strategy", "buffered", "service.ranking", Integer.MIN_VALUE));
        try {
            Eventually.holds(
                    "three strategies with a problem",
                    () -> admin().strategies().stream()
                                    .filter(s -> !s.problem().isEmpty())
                                    .count()
                            == 3,
                    () -> admin().strategies());
            assertEquals(
                    2,
                    admin().strategies().stream()
                            .filter(s -> s.problem().contains("pinion.strategy"))
                            .count());
            assertTrue(admin().strategies().stream()
                    .map(StrategyStatus::problem)
                    .anyMatch(problem -> problem.startsWith("shadowed by io.pinion.buffered")));
        } finally {
            nameless.unregister();
            wrong.unregister();
            shadowed.unregister();
        }
        assertTrue(admin().strategies().stream().allMatch(s -> s.problem().isEmpty()));
    }

    private ServiceRegistration<IoStrategy> register(IoStrategy strategy, Map<String, Object> properties) {
        return context().registerService(IoStrategy.class, strategy, new Hashtable<>(properties));
    }

    private ServiceReference<Volume> reference(String name) throws Exception {
        return context()
                .getServiceReferences(Volume.class, "(pinion.volume=" + name + ")")
                .iterator()
                .next();
    }

    /** A lock of the older kind collides with the claim's, in the same process too. */
    private static boolean isLocked(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock == null;
        }
    }
}

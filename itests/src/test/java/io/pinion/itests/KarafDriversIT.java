package io.pinion.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.pinion.volume.VolumeState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.After;
import org.junit.Test;

/** Strangers' drivers of one scheme, the example and what the archetype made, dropped into a Karaf that runs. */
public class KarafDriversIT extends Scenario {
    private static final Map<String, String> PIDS = Map.of("sealed", "io.example.sealed", "vault", "com.acme.vault");
    private static final int ROUNDS = 5;

    @Override
    String[] features() {
        return new String[] {"pinion-core", "pinion-linux"};
    }

    @Test
    public void aVolumeIsSwappedToThemAndBackUnderLoad() throws Exception {
        Path file = file(".sealed");
        configure("busy", "target", "sealed:" + file, "size", Long.toString(Load.SIZE), "strategy", "sealed");
        awaitState("busy", VolumeState.WAITING);
        Path key = key();
        for (String name : PIDS.keySet()) {
            Files.writeString(etc(name), "key.file = " + key + "\n");
            Files.copy(built(name), deployed(name));
        }
        try (Load load = Load.on(volume("busy", "sealed"))) {
            for (int round = 0; round < ROUNDS; round++) {
                for (String to : List.of("vault", "sealed")) {
                    assertTrue(admin().swap("busy", to).isServing());
                    awaitStrategy("busy", to);
                    load.awaitProgress();
                }
            }
            Files.delete(deployed("vault"));
            Eventually.holds(
                    "the one that does not serve is gone",
                    () -> bundles(PIDS.get("vault")).isEmpty(),
                    () -> bundles(PIDS.get("vault")));
            load.awaitProgress();
        }
        assertEquals(0, admin().statistics("busy").failures());
        assertEquals(2 * ROUNDS, admin().statistics("busy").swaps());
        byte[] start = Arrays.copyOf(Files.readAllBytes(file), 8);
        assertEquals("sealed 1", new String(start, StandardCharsets.US_ASCII));
    }

    @After
    public void takeAway() throws IOException {
        for (String name : PIDS.keySet()) {
            Files.deleteIfExists(deployed(name));
            Files.deleteIfExists(etc(name));
        }
    }

    private static Path built(String name) {
        Path jar = Container.path(name + ".jar");
        assertTrue(jar + " is missing: it is built by DriversIT, in examples", Files.exists(jar));
        return jar;
    }

    private Path deployed(String name) {
        return Path.of(context().getProperty("karaf.base"), "deploy", name + ".jar");
    }

    private Path etc(String name) {
        return Path.of(context().getProperty("karaf.etc"), PIDS.get(name) + ".cfg");
    }

    private Path key() throws IOException {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return Files.setPosixFilePermissions(
                Files.write(file(".key"), bytes), PosixFilePermissions.fromString("rw-------"));
    }
}

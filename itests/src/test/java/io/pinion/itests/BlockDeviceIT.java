package io.pinion.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.osgi.framework.Bundle;

/** A volume on a loop device: its strategies change under load, and the claim stays. */
public class BlockDeviceIT extends Scenario {
    private Path device;

    @Before
    public void attach() throws Exception {
        Needs.that(
                getClass(),
                "needs root and loop devices",
                "root".equals(System.getProperty("user.name")) && Files.exists(Path.of("/dev/loop-control")));
        Path file = createFile(file(".img"), 2 * Load.SIZE);
        device = Path.of(run("losetup", "--find", "--show", file.toString()));
    }

    @After
    public void detach() throws Exception {
        if (device != null) {
            run("losetup", "--detach", device.toString());
        }
    }

    @Test
    public void isServedByBlockAndBufferedInTurnAndByNobodyElse() throws Exception {
        configure("disk", "target", device.toString(), "strategy", "block,buffered");
        try (Load load = Load.on(volume("disk", "block"))) {
            for (int round = 0; round < 5; round++) {
                assertTrue(admin().swap("disk", "buffered").isServing());
                load.awaitProgress();
                assertTrue(admin().swap("disk", "block").isServing());
                load.awaitProgress();
            }
            Bundle block = bundle("io.pinion.block");
            block.stop();
            awaitStrategy("disk", "buffered");
            load.awaitProgress();
            block.start();
            awaitStrategy("disk", "block");
            load.awaitProgress();
            configure("rival", "target", device.toString(), "strategy", "buffered");
            Eventually.holds(
                    "a second volume of the device is refused",
                    () -> admin().volume("rival").isPresent()
                            && admin().why("rival").toString().contains("disk"),
                    () -> admin().volume("rival"));
            assertEquals(0, admin().statistics("disk").failures());
        }
    }

    private static String run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertEquals(output, 0, process.waitFor());
        return output;
    }
}

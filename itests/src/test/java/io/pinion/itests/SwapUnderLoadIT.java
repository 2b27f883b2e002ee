package io.pinion.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.pinion.volume.Volume;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** One volume under one load, which goes on whatever makes its strategy change. */
public class SwapUnderLoadIT extends Scenario {
    private static final int ROUNDS = 5;

    private Path file;
    private Load load;

    @Before
    public void serve() throws Exception {
        file = createFile(file(".bin"), Load.SIZE);
        assumeDirect(file);
        configure("busy", "target", file.toString(), "strategy", "direct,buffered");
        Volume volume = volume("busy", "direct");
        load = Load.on(volume);
    }

    @After
    public void endLoad() throws Exception {
        if (load != null) {
            load.close();
        }
        assertEquals(0, admin().statistics("busy").failures());
    }

    @Test
    public void byHand() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            assertTrue(admin().swap("busy", "buffered").isServing());
            proveThat("buffered");
            assertTrue(admin().swap("busy", "direct").isServing());
            proveThat("direct");
        }
        assertEquals(Optional.of("direct"), status("busy").override());
        assertEquals(2 * ROUNDS, admin().statistics("busy").swaps());
    }

    @Test
    public void byConfiguration() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            configure("busy", "target", file.toString(), "strategy", "buffered");
            proveThat("buffered");
            configure("busy", "target", file.toString(), "strategy", "direct,buffered");
            proveThat("direct");
        }
        assertEquals(2 * ROUNDS, admin().statistics("busy").swaps());
    }

    @Test
    public void byBundlesThatComeAndGo() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            bundle("io.pinion.direct").stop();
            proveThat("buffered");
            bundle("io.pinion.direct").start();
            proveThat("direct");
        }
    }

    /** The strategy serves, the kernel sees it so, and every thread of the load has gone on since. */
    private void proveThat(String strategy) throws Exception {
        awaitStrategy("busy", strategy);
        // The old channel is closed after the new one serves.
        Eventually.holds(
                "the file is open as strategy " + strategy + " does it",
                () -> strategy.equals("direct") == OpenFiles.directOf(file) > 0,
                () -> OpenFiles.directOf(file) + " descriptors with O_DIRECT");
        load.awaitProgress();
    }
}

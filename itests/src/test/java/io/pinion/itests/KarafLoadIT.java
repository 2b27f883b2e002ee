package io.pinion.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.nio.file.Path;
import java.util.List;
import javax.inject.Inject;
import org.apache.karaf.features.FeaturesService;
import org.junit.Test;

/** The feature of a strategy that comes and goes under load. */
public class KarafLoadIT extends Scenario {
    private static final int ROUNDS = 5;

    @Inject
    private FeaturesService features;

    @Override
    String[] features() {
        return new String[] {"pinion-buffered", "pinion-direct"};
    }

    @Test
    public void aStrategyComesAndGoesAndNobodyElseIsTouched() throws Exception {
        Path file = createFile(file(".bin"), Load.SIZE);
        assumeDirect(file);
        configure("busy", "target", file.toString(), "strategy", "direct,buffered");
        volume("busy", "direct");
        features.uninstallFeature("pinion-direct");
        try (Load load = Load.on(volume("busy", "buffered"));
                HostBundles others = HostBundles.of(context())) {
            for (int round = 0; round < ROUNDS; round++) {
                features.installFeature("pinion-direct");
                awaitStrategy("busy", "direct");
                assertTrue(OpenFiles.directOf(file) > 0);
                load.awaitProgress();
                features.uninstallFeature("pinion-direct");
                awaitStrategy("busy", "buffered");
                assertTrue(bundles("io.pinion.linux").isEmpty());
                Eventually.holds(
                        "the old channel is closed",
                        () -> OpenFiles.directOf(file) == 0,
                        () -> OpenFiles.directOf(file));
                load.awaitProgress();
            }
            assertEquals(List.of(), others.touched());
        }
        assertEquals(0, admin().statistics("busy").failures());
    }
}

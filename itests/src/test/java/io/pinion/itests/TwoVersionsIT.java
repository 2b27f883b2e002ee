package io.pinion.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertSame;
import static org.junit.Assert.assertTrue;

import io.pinion.strategy.ChannelMode;
import io.pinion.strategy.StorageException;
import io.pinion.volume.StrategyStatus;
import io.pinion.volume.Volume;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.List;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

/** Two versions of one strategy's bundle at once: the higher ranking serves, the other is shown, and takes over under load. */
public class TwoVersionsIT extends Scenario {
    private static final int ROUNDS = 5;

    private Bundle one;
    private Bundle two;
    private Volume volume;
    private Load load;

    @Before
    public void serve() throws Exception {
        one = install(1);
        one.start();
        Path file = createFile(file(".bin"), Load.SIZE);
        configure("twice", "target", file.toString(), "strategy", VersionedActivator.STRATEGY);
        volume = volume("twice");
        load = Load.on(volume);
        awaitVersion(1);
        two = install(2);
    }

    private Bundle install(int version) throws Exception {
        byte[] jar = Container.jarOf(VersionedActivator.class, version + ".0", List.of(PlainChannel.class));
        return context().installBundle("versioned:" + version, new ByteArrayInputStream(jar));
    }

    @After
    public void uninstall() throws BundleException {
        load.close();
        for (Bundle bundle : List.of(one, two)) {
            if (bundle.getState() != Bundle.UNINSTALLED) {
                bundle.uninstall();
            }
        }
    }

    @Test
    public void theHigherRankingServesAndItsLeavingMakesTheLowerTakeOver() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            two.start();
            awaitVersion(2);
            List<StrategyStatus> both = shown();
            assertEquals(both.toString(), 2, both.size());
            assertEquals(List.of("twice"), both.get(0).volumes());
            assertEquals(2, both.get(0).ranking());
            assertEquals("", both.get(0).problem());
            assertEquals(List.of(), both.get(1).volumes());
            assertTrue(both.toString(), both.get(1).problem().startsWith("shadowed by "));
            assertTrue(both.toString(), both.get(1).problem().contains("2.0.0"));
            load.awaitProgress();
            two.stop();
            awaitVersion(1);
            assertEquals(1, shown().size());
            load.awaitProgress();
        }
        assertSame(volume, volume("twice"));
        assertEquals(0, admin().statistics("twice").failures());
        System.out.printf(
                "torture: two versions: %d times up and down, %d swaps, %d operations, 0 failed%n",
                ROUNDS, admin().statistics("twice").swaps(), load.operations());
    }

    @Test
    public void whatBecomesOfTheLowerDisturbsNobody() throws Exception {
        two.start();
        awaitVersion(2);
        // It is counted when it is over, a moment after version 2 has begun to serve.
        Eventually.holds("the swap is counted", () -> swaps() == 1, this::swaps);
        for (int round = 0; round < ROUNDS; round++) {
            one.stop();
            one.start();
            load.awaitProgress();
        }
        one.uninstall();
        load.awaitProgress();
        assertEquals(1, swaps());
        awaitVersion(2);
        assertEquals(0, admin().statistics("twice").failures());
        one = install(1);
        one.start();
        two.uninstall();
        awaitVersion(1);
        load.awaitProgress();
    }

    private long swaps() throws StorageException {
        return admin().statistics("twice").swaps();
    }

    private List<StrategyStatus> shown() {
        return admin().strategies().stream()
                .filter(status -> status.name().equals(VersionedActivator.STRATEGY))
                .toList();
    }

    private void awaitVersion(int version) {
        Eventually.holds(
                "version " + version + " serves",
                () -> status("twice")
                        .mode()
                        .map(ChannelMode::toString)
                        .orElse("")
                        .contains("version " + version),
                () -> status("twice") + " " + shown());
    }
}

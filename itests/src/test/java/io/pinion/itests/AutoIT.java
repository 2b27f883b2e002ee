package io.pinion.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.pinion.strategy.StorageException;
import io.pinion.volume.VolumeState;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.Test;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.Bundle;

/** A volume that is chosen for: what chooses may come, leave and be replaced under load. */
public class AutoIT extends Scenario {
    private static final String ADVISOR = "io.pinion.advisor";
    private static final int UPDATES = 5;

    private final Loaders loaders = new Loaders();

    @Override
    Option[] furtherOptions() {
        return new Option[] {Container.provision("org.apache.felix.gogo.runtime", "io.pinion.shell", ADVISOR)};
    }

    private Path configured(String further) throws Exception {
        Path file = createFile(file(".bin"), Load.SIZE);
        configure("auto", "target", file.toString(), "strategy", "auto" + further, "settle", "100ms");
        return file;
    }

    private String why() throws StorageException {
        return String.join(" ", admin().why("auto"));
    }

    private void awaitWhy(String words) {
        Eventually.holds("why says: " + words, () -> why().contains(words), this::why);
    }

    @Test
    public void beginsWithThePageCacheAndSaysWhy() throws Exception {
        configured("");
        awaitStrategy("auto", "buffered");
        awaitWhy("began with buffered");
        try (Load load = Load.on(volume("auto", "buffered"))) {
            awaitWhy("auto: ");
            load.awaitProgress();
        }
        assertEquals(List.of("auto"), status("auto").preferences());
    }

    @Test
    public void whoSwapsByHandHasTheLastWord() throws Exception {
        assumeDirect(configured(""));
        awaitStrategy("auto", "buffered");
        assertTrue(admin().swap("auto", "direct").isServing());
        awaitWhy("strategy direct was chosen by hand");
        admin().clearOverride("auto");
        awaitStrategy("auto", "buffered");
    }

    @Test
    public void waitsForTheAdvisorUnlessItHasAList() throws Exception {
        Bundle advisor = bundle(ADVISOR);
        advisor.stop();
        configured("");
        awaitState("auto", VolumeState.WAITING);
        awaitWhy("needs a StrategyChooser");
        configured(",buffered");
        awaitStrategy("auto", "buffered");
        advisor.start();
        Eventually.holds("it is chosen for", () -> !why().contains("needs a StrategyChooser"), this::why);
    }

    @Test
    public void goesOnWhileTheAdvisorIsReplacedUnderLoad() throws Exception {
        configured("");
        awaitStrategy("auto", "buffered");
        try (Load load = Load.on(volume("auto", "buffered"))) {
            for (int i = 0; i < UPDATES; i++) {
                Bundle advisor = bundle(ADVISOR);
                loaders.note(List.of(advisor));
                try (InputStream content = Files.newInputStream(Container.jar(ADVISOR))) {
                    advisor.update(content);
                }
                refresh(advisor);
                load.awaitProgress();
                awaitWhy("auto: ");
            }
        }
        assertEquals(0, admin().statistics("auto").failures());
        unconfigure("auto");
        Eventually.holds(
                "nothing is left of what was replaced",
                () -> Threads.named("pinion-auto").isEmpty() && loaders.left().isEmpty(),
                () -> loaders.left() + " " + loaders.suspects());
    }
}

package io.pinion.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertSame;
import static org.junit.Assert.assertTrue;

import io.pinion.volume.Volume;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.Test;

/** One volume is configured a thousand times under load, good values and bad ones in turn. */
public class ConfigurationFlipsIT extends Scenario {
    private static final int FLIPS = Integer.getInteger("pinion.torture.flips", 1000);
    private static final long SEED = Long.getLong("pinion.torture.seed", System.nanoTime());

    /** What an update, with a swap beside others that want the processor, may take at the longest. */
    private static final long MILLIS_EACH = 100;

    private static final List<String> STRATEGIES = List.of("direct", "buffered", "direct,buffered", "buffered,direct");
    private static final List<String[]> GOOD = List.of(
            new String[] {"grace", "9s"},
            new String[] {"drain.timeout", "5s"},
            new String[] {"pause.target", "1ms"},
            new String[] {"settle", "0s"});
    private static final List<String[]> BAD = List.of(
            new String[] {"grace", "9 parsecs"},
            new String[] {"drain.timeout", "-1s"},
            new String[] {"stratgy", "direct"},
            new String[] {"access", "all"},
            new String[] {"strategy", "turbo"},
            new String[] {"strategy", ""},
            new String[] {"target", "/nowhere/at/all"});

    static {
        // A warning for each refusal is right, and hundreds of them hide everything else.
        System.setProperty("org.slf4j.simpleLogger.log.io.pinion.core.control.Volumes", "error");
    }

    private final Random random = new Random(SEED);

    @Test
    public void theLastConfigurationIsTheOneThatHolds() throws Exception {
        Path file = createFile(file(".bin"), QueueLoad.SIZE);
        assumeDirect(file);
        configure("flipped", "target", file.toString(), "strategy", "buffered");
        Volume volume = volume("flipped", "buffered");
        Load load = Load.on(volume);
        QueueLoad queue = QueueLoad.on(volume);
        int[] bad = {0};
        long millis = Load.millis(() -> {
            for (int i = 0; i < FLIPS; i++) {
                if (random.nextInt(3) == 0) {
                    bad[0]++;
                    configure("flipped", flip(file, BAD));
                } else {
                    configure("flipped", flip(file, GOOD));
                }
                if (random.nextInt(10) == 0) {
                    TimeUnit.MILLISECONDS.sleep(random.nextInt(40));
                }
            }
            configure("flipped", "target", file.toString(), "strategy", "direct,buffered", "grace", "7s");
            Eventually.holds(
                    "the last configuration is taken, seed=" + SEED,
                    () -> status("flipped").preferences().equals(List.of("direct", "buffered"))
                            && admin().refusals().isEmpty(),
                    () -> status("flipped") + " " + admin().refusals());
            awaitStrategy("flipped", "direct");
        });
        assertTrue(FLIPS + " flips took " + millis + " ms, seed=" + SEED, millis < FLIPS * MILLIS_EACH);
        load.awaitProgress();
        queue.awaitProgress();
        long operations = load.operations() + queue.operations();
        queue.close();
        load.close();
        assertEquals(List.of(), status("flipped").problems());
        assertSame(volume, volume("flipped", "direct"));
        assertEquals(0, admin().statistics("flipped").failures());
        System.out.printf(
                "torture: flips: %d, %d of them bad, in %d ms, seed=%d, %d swaps, %d operations, 0 failed%n",
                FLIPS, bad[0], millis, SEED, admin().statistics("flipped").swaps(), operations);
    }

    private String[] flip(Path file, List<String[]> pairs) {
        String[] pair = pairs.get(random.nextInt(pairs.size()));
        String target = pair[0].equals("target") ? pair[1] : file.toString();
        String strategy = pair[0].equals("strategy") ? pair[1] : STRATEGIES.get(random.nextInt(STRATEGIES.size()));
        return pair[0].equals("target") || pair[0].equals("strategy")
                ? new String[] {"target", target, "strategy", strategy}
                : new String[] {"target", target, "strategy", strategy, pair[0], pair[1]};
    }
}

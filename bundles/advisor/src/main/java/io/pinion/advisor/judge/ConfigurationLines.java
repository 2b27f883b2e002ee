package io.pinion.advisor.judge;

import io.pinion.advisor.Load;
import io.pinion.advisor.Verdict;
import io.pinion.shell.text.Units;
import java.util.ArrayList;
import java.util.List;

/** What an operator has to write down so that a verdict takes effect. */
public final class ConfigurationLines {
    private ConfigurationLines() {}

    /**
     * {@return the lines of a volume's configuration; what begins with {@code #} is a comment there}
     *
     * @param strategy the direct one for the target: {@code direct} or {@code block}
     * @param poolLimit how many bytes the pool of buffers may hold; 0 where there is none
     */
    public static List<String> of(Verdict verdict, Load load, String strategy, long poolLimit) {
        return switch (verdict) {
            case DIRECT -> direct(load, strategy, poolLimit);
            case UNCACHED ->
                List.of(
                        "strategy = buffered",
                        "# and in etc/io.pinion.buffered.cfg, for all volumes that are served by it:",
                        "# cache = drop",
                        "# or by the application, for single transfers: TransferFlags.UNCACHED");
            case STAY_BUFFERED -> List.of("strategy = buffered");
            default -> List.of();
        };
    }

    private static List<String> direct(Load load, String strategy, long poolLimit) {
        List<String> lines = new ArrayList<>();
        lines.add("strategy = " + strategy + ",buffered");
        if (load.depth() > 1) {
            lines.add("# the application asks by a queue: volume.openQueue(" + load.depth() + ")");
        }
        long needed = (long) load.depth() * load.sizes().get(load.sizes().size() - 1);
        lines.add("# from and to buffers of the service BufferPool: " + Units.bytes(needed) + " at once"
                + (needed > poolLimit ? "; raise limit in etc/io.pinion.pool.cfg to more than that" : ""));
        return lines;
    }
}

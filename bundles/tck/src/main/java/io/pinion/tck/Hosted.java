package io.pinion.tck;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.volume.Pinion;
import io.pinion.volume.SwapReport;
import io.pinion.volume.VolumeAdmin;
import io.pinion.volume.VolumeStatus;

/** A volume or a drive on the strategy under test, which can be swapped for its partner and back. */
class Hosted implements AutoCloseable {
    static final String NAME = "trial";

    private final Pinion pinion;
    private final String strategy;
    private final String partner;

    Hosted(Pinion pinion, String strategy, String partner) {
        this.pinion = pinion;
        this.strategy = strategy;
        this.partner = partner;
    }

    VolumeAdmin admin() {
        return pinion.admin();
    }

    /** Takes it away, as an operator does who deletes its configuration. */
    void delete() {
        pinion.delete(NAME);
    }

    /** Swaps, which must succeed. */
    void swap() throws Exception {
        SwapReport report = trySwap();
        assertTrue(report.isServing(), () -> "the swap failed: " + report);
    }

    /** {@return what came of swapping to whichever strategy does not serve now} */
    SwapReport trySwap() throws Exception {
        String now = admin().volume(NAME).flatMap(VolumeStatus::strategy).orElse("");
        return admin().swap(NAME, now.equals(strategy) ? partner : strategy);
    }

    @Override
    public void close() {
        pinion.close();
    }
}

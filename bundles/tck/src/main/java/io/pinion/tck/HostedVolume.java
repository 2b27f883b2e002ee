package io.pinion.tck;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.strategy.IoStrategy;
import io.pinion.strategy.Target;
import io.pinion.volume.Pinion;
import io.pinion.volume.SwapReport;
import io.pinion.volume.Volume;
import io.pinion.volume.VolumeAdmin;
import io.pinion.volume.VolumeStatus;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** A volume on the strategy under test, which can be swapped for its partner and back. */
final class HostedVolume implements AutoCloseable {
    static final String NAME = "trial";

    private final StrategyUnderTest under;
    private final Pinion pinion;
    private final Volume volume;

    private HostedVolume(StrategyUnderTest under, Pinion pinion, Volume volume) {
        this.under = under;
        this.pinion = pinion;
        this.volume = volume;
    }

    static HostedVolume start(
            StrategyUnderTest under, Target target, IoStrategy strategy, Map<String, String> properties)
            throws Exception {
        Pinion pinion = Pinion.start();
        try {
            under.guard().ifPresent(pinion::guard);
            Set<String> schemes = Set.of(target.scheme());
            pinion.add(under.name(), strategy, schemes, 0);
            pinion.add(under.partnerName(), under.partner(), schemes, 0);
            Map<String, String> all =
                    new HashMap<>(Map.of("target", target.toString(), "grace", "5s", "drain.timeout", "5s"));
            all.put("strategy", under.name());
            all.putAll(properties);
            pinion.configure(NAME, all);
            return new HostedVolume(under, pinion, pinion.volume(NAME, Await.bound()));
        } catch (Exception | AssertionError e) {
            pinion.close();
            throw e;
        }
    }

    Volume volume() {
        return volume;
    }

    VolumeAdmin admin() {
        return pinion.admin();
    }

    /** Takes the volume away, as an operator does who deletes its configuration. */
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
        return admin().swap(NAME, now.equals(under.name()) ? under.partnerName() : under.name());
    }

    @Override
    public void close() {
        pinion.close();
    }
}

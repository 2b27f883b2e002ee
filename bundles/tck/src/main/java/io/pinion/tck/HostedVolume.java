package io.pinion.tck;

import io.pinion.strategy.IoStrategy;
import io.pinion.strategy.Target;
import io.pinion.volume.Pinion;
import io.pinion.volume.Volume;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** A volume on the strategy under test. */
final class HostedVolume extends Hosted {
    private final Volume volume;

    private HostedVolume(StrategyUnderTest under, Pinion pinion, Volume volume) {
        super(pinion, under.name(), under.partnerName());
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
}

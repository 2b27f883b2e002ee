package io.pinion.jmx;

import io.pinion.memory.PagePinner;
import io.pinion.volume.VolumeAdmin;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Asks whenever it is asked, and keeps nothing. */
final class PinionBean implements PinionMXBean {
    private static final long NO_LIMIT = -1;

    private final VolumeAdmin admin;
    private final Supplier<Optional<PagePinner>> pinner;

    PinionBean(VolumeAdmin admin, Supplier<Optional<PagePinner>> pinner) {
        this.admin = admin;
        this.pinner = pinner;
    }

    @Override
    public Map<String, String> getVolumeStates() {
        Map<String, String> states = new TreeMap<>();
        admin.volumes()
                .forEach(volume -> states.put(volume.name(), volume.state().toString()));
        return states;
    }

    @Override
    public StrategyView[] getStrategies() {
        return admin.strategies().stream().map(StrategyView::new).toArray(StrategyView[]::new);
    }

    @Override
    public String[] getStrategyProblems() {
        return admin.strategies().stream()
                .filter(strategy -> !strategy.problem().isEmpty())
                .map(strategy -> (strategy.name().isEmpty() ? "without a name" : strategy.name()) + " of "
                        + strategy.provider() + ": " + strategy.problem())
                .toArray(String[]::new);
    }

    @Override
    public String[] getRefusedConfigurations() {
        return admin.refusals().stream()
                .map(refusal -> refusal.configuration() + " (volume " + refusal.volume() + "): " + refusal.reason())
                .toArray(String[]::new);
    }

    @Override
    public long getPinnedBytes() {
        return pinner.get().map(PagePinner::pinnedBytes).orElse(0L);
    }

    @Override
    public long getPinnedBytesLimit() {
        return pinner.get()
                .map(present -> present.limitBytes() == Long.MAX_VALUE ? NO_LIMIT : present.limitBytes())
                .orElse(0L);
    }
}

package io.pinion.jmx;

import io.pinion.volume.StrategyStatus;

/** A strategy, registered or promised by a bundle; a composite of JMX. */
public final class StrategyView {
    private final StrategyStatus status;

    StrategyView(StrategyStatus status) {
        this.status = status;
    }

    /** {@return what operators call it; empty when its service does not say} */
    public String getName() {
        return status.name();
    }

    /** {@return the bundle that supplies it} */
    public String getProvider() {
        return status.provider();
    }

    /** {@return its service ranking} */
    public int getRanking() {
        return status.ranking();
    }

    /** {@return the schemes of the targets that it serves} */
    public String[] getSchemes() {
        return status.schemes().toArray(String[]::new);
    }

    /** {@return the volumes that it serves now} */
    public String[] getVolumes() {
        return status.volumes().toArray(String[]::new);
    }

    /** {@return what is wrong with it, or what of it is not heeded; empty when nothing is} */
    public String getProblem() {
        return status.problem();
    }
}

package io.pinion.jmx;

import java.util.Map;

/** All volumes, all strategies, and the memory that they share. */
@Description("Pinion as a whole: volumes by state, strategies, refused configurations, pinned memory.")
public interface PinionMXBean {
    @Description("The state of each volume, by name.")
    Map<String, String> getVolumeStates();

    @Description("All strategies, registered or promised by a bundle; problem says what is wrong with one.")
    StrategyView[] getStrategies();

    @Description("The strategies with which something is wrong, and what.")
    String[] getStrategyProblems();

    @Description("The configurations that were refused and not corrected since, and why.")
    String[] getRefusedConfigurations();

    @Description("Bytes of memory that are pinned now; 0 without a service that pins.")
    long getPinnedBytes();

    @Description("How many bytes may be pinned; -1 where there is no limit; 0 without a service that pins.")
    long getPinnedBytesLimit();
}

package io.pinion.jmx;

import io.pinion.strategy.TransferMeter;
import io.pinion.volume.VolumeStatistics.ByStrategy;
import java.util.Map;
import java.util.TreeMap;

/** What one strategy moved for a volume; a composite of JMX. */
public final class StrategyFiguresView {
    private final ByStrategy figures;

    StrategyFiguresView(ByStrategy figures) {
        this.figures = figures;
    }

    /** {@return reads and writes} */
    public long getOperations() {
        return figures.operations();
    }

    /** {@return bytes read and written} */
    public long getBytes() {
        return figures.bytes();
    }

    /** {@return how many of them were handed to the kernel without a copy} */
    public long getZeroCopyBytes() {
        return figures.zeroCopyBytes();
    }

    /** {@return how many of them were copied} */
    public long getBouncedBytes() {
        return figures.bouncedBytes();
    }

    /** {@return how much memory it holds pinned now} */
    public long getPinnedBytes() {
        return figures.pinnedBytes();
    }

    /** {@return for how many seconds it has served} */
    public double getServingSeconds() {
        return figures.nanos() / 1e9;
    }

    /** {@return why bytes were copied and operations fell back} */
    public Map<String, CauseView> getCauses() {
        Map<String, CauseView> causes = new TreeMap<>();
        figures.causes().forEach((words, count) -> causes.put(words, new CauseView(count)));
        return causes;
    }

    /** What happened for one reason. */
    public static final class CauseView {
        private final TransferMeter.Count count;

        CauseView(TransferMeter.Count count) {
            this.count = count;
        }

        /** {@return transfers that were copied} */
        public long getBounces() {
            return count.bounces();
        }

        /** {@return how much of them was} */
        public long getBouncedBytes() {
            return count.bouncedBytes();
        }

        /** {@return operations done in another way} */
        public long getFallbacks() {
            return count.fallbacks();
        }
    }
}

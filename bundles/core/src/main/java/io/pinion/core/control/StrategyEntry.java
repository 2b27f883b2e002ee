package io.pinion.core.control;

import io.pinion.strategy.IoStrategy;
import io.pinion.strategy.Shape;
import java.util.Set;

/**
 * One registration of a strategy.
 *
 * @param name what operators call it; empty when its service does not say
 * @param strategy the driver
 * @param id tells this registration from every other, also of the same driver; younger ones have higher ids
 * @param provider who supplies it, for the operator
 * @param ranking of two with one name the higher is used, of equals the elder
 * @param schemes the schemes of targets that it serves
 * @param shape what channels it opens
 */
public record StrategyEntry(
        String name, IoStrategy strategy, long id, String provider, int ranking, Set<String> schemes, Shape shape) {
    /** Copies. */
    public StrategyEntry {
        schemes = Set.copyOf(schemes);
    }
}

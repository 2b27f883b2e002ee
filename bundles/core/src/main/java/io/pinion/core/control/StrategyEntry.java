package io.pinion.core.control;

import io.pinion.strategy.IoStrategy;
import io.pinion.strategy.Shape;
import java.util.Set;

/**
 * One registration of a strategy. Two are equal when the same registration serves the same targets under the same name,
 * whatever its ranking has become: a volume that it serves is not disturbed by that.
 *
 * @param properties what it is called and what it serves
 * @param strategy the driver
 * @param id tells this registration from every other, also of the same driver; younger ones have higher ids
 * @param provider who supplies it, for the operator
 */
public record StrategyEntry(StrategyProperties properties, IoStrategy strategy, long id, String provider) {
    /** {@return what operators call it} */
    public String name() {
        return properties.name();
    }

    int ranking() {
        return properties.ranking();
    }

    Set<String> schemes() {
        return properties.schemes();
    }

    Shape shape() {
        return properties.shape();
    }

    boolean isUsable() {
        return properties.unusable().isEmpty();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StrategyEntry that && id == that.id && properties.servesAs(that.properties);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(id);
    }
}

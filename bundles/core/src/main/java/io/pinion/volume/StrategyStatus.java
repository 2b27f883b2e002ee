package io.pinion.volume;

import io.pinion.strategy.Shape;
import java.util.List;

/**
 * A registered strategy.
 *
 * @param name what operators call it; empty when its service does not say
 * @param provider what supplies it: the bundle's symbolic name and version
 * @param ranking its service ranking: of two with one name the higher is used
 * @param schemes the schemes of the targets it serves
 * @param shape what kind of channels it opens
 * @param volumes the volumes it serves now
 * @param problem why it is not used: no name, or shadowed by another of the same name; empty when it is
 */
public record StrategyStatus(
        String name,
        String provider,
        int ranking,
        List<String> schemes,
        Shape shape,
        List<String> volumes,
        String problem) {}

package io.pinion.volume;

import io.pinion.strategy.Shape;
import java.util.List;

/**
 * A strategy that is registered, or that an installed bundle promises and that is not.
 *
 * @param name what operators call it; empty when its service does not say
 * @param provider what supplies it: the bundle's symbolic name and version
 * @param ranking its service ranking: of two with one name the higher is used, of equals the elder
 * @param schemes the schemes of the targets it serves
 * @param shape what kind of channels it opens
 * @param volumes the volumes it serves now
 * @param problem what is wrong with it, a sentence: why it is not registered or not used (a bundle that does not resolve,
 *     a property that is refused, shadowed by another of the same name), or what of it is not heeded; empty when nothing is
 */
public record StrategyStatus(
        String name,
        String provider,
        int ranking,
        List<String> schemes,
        Shape shape,
        List<String> volumes,
        String problem) {}

package io.pinion.core.control;

import io.pinion.core.volume.Background;
import io.pinion.strategy.TargetGuard;
import java.util.function.Supplier;

/**
 * What all volumes of a process share.
 *
 * @param directory the strategies that are there
 * @param claims what volumes hold
 * @param guard the guard that is there; null while none is
 * @param calls for calls that may hang
 * @param transfers threads for transfers that have no thread of their own
 * @param publication where volumes are made known
 */
record Surroundings(
        StrategyDirectory directory,
        Claims claims,
        Supplier<TargetGuard> guard,
        BoundedCalls calls,
        Background transfers,
        Publication publication) {}

/**
 * What a driver author implements: a {@link io.pinion.strategy.IoStrategy} examines targets and opens channels, a
 * {@link io.pinion.strategy.PositionalChannel} or {@link io.pinion.strategy.TapeChannel} moves bytes. Interfaces here
 * grow by default methods alone; a driver that compiles today keeps working. The services of the operating system that
 * drivers only call ({@link io.pinion.strategy.KernelFiles}, {@link io.pinion.strategy.PageCacheAdvice}) grow by others,
 * too: what supplies them is bound to the minor version.
 */
@Export
@Version("0.1.0")
package io.pinion.strategy;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

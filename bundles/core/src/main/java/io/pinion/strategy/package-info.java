/**
 * What a driver author implements: a {@link io.pinion.strategy.IoStrategy} examines targets and opens channels, a
 * {@link io.pinion.strategy.PositionalChannel} or {@link io.pinion.strategy.TapeChannel} moves bytes. Interfaces here
 * grow by default methods alone; a driver that compiles today keeps working.
 */
@Export
@Version("0.1.0")
package io.pinion.strategy;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

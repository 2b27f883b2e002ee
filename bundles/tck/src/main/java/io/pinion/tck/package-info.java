/**
 * The compatibility kit. An author's test inherits {@link io.pinion.tck.PositionalStrategyContract} and hands it a
 * {@link io.pinion.tck.StrategyUnderTest}; {@link io.pinion.tck.OpenFiles} proves how files were opened;
 * {@link io.pinion.tck.MemoryStrategy} is the driver to copy. For tapes they are {@link io.pinion.tck.TapeStrategyContract},
 * {@link io.pinion.tck.TapeUnderTest} and {@link io.pinion.tck.MemoryTapeStrategy}. For tests of what stands above drivers,
 * {@link io.pinion.tck.FaultyStrategy} and {@link io.pinion.tck.FaultyGuard} go wrong on demand.
 */
@Export
@Version("0.1.0")
package io.pinion.tck;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

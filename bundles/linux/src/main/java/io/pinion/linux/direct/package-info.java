/**
 * Transfers by O_DIRECT (open(2)) for strategies: {@link io.pinion.linux.direct.DirectChannels} opens and keeps a strategy's
 * channels, whose whole blocks go from and to the caller's memory and whose other transfers bounce, on queues by io_uring. What
 * the strategy knows of its targets is its {@link io.pinion.linux.direct.DirectMedium}.
 */
@Export
@Version("0.1.0")
package io.pinion.linux.direct;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

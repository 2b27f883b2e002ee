/**
 * Strategy {@code direct}: files by {@code O_DIRECT}, past the kernel's page cache. {@link io.pinion.direct.DirectStrategy}
 * finds out whether a file can be served so, {@link io.pinion.direct.DirectChannel} serves it.
 */
package io.pinion.direct;

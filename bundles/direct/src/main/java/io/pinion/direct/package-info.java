/**
 * Strategy {@code direct}: files by {@code O_DIRECT}, past the kernel's page cache. {@link io.pinion.direct.DirectStrategy}
 * finds out whether a file can be served so; its channels are those of {@code io.pinion.linux.direct}.
 */
package io.pinion.direct;

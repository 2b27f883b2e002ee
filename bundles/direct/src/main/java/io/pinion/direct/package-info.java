/** Strategy {@code direct}: files by {@code O_DIRECT}, past the kernel's page cache. */
package io.pinion.direct;

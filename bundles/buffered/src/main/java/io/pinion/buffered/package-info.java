/** Strategy {@code buffered}: files by way of the kernel's page cache. */
package io.pinion.buffered;

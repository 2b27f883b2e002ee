/**
 * Strategy {@code block}: block devices past the kernel's page cache. {@link io.pinion.block.BlockStrategy} finds out how a
 * device wants to be used; its channels are those of {@code io.pinion.linux.direct}.
 */
package io.pinion.block;

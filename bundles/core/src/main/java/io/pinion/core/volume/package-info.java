/** The way of the bytes: the gate that a swap closes, volumes and queues that pass through it, and what they count. */
package io.pinion.core.volume;

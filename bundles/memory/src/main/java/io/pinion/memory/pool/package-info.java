/**
 * Long-lived buffers on huge pages: {@link io.pinion.memory.pool.ArenaPool} is the service, which cuts leases from arenas.
 */
package io.pinion.memory.pool;

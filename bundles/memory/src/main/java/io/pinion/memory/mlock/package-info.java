/** Pages kept resident by {@code mlock}, and buffers leased from arenas of huge pages. */
package io.pinion.memory.mlock;

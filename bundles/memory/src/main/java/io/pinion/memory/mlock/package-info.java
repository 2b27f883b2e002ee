/** Pages kept resident by {@code mlock}: {@link io.pinion.memory.mlock.MlockPinner} is the service. */
package io.pinion.memory.mlock;

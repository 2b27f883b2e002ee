/** Plays a load on a volume, and counts what came of it. */
package io.pinion.advisor.play;

/** Rounds of samples in processes of their own, in random order: Pinion and its peers, as far as they are there. */
package io.pinion.benchmarks.rounds;

/** Measures Pinion beside its peers, in fresh virtual machines and in random order, and reports ratios with their noise. */
package io.pinion.benchmarks;

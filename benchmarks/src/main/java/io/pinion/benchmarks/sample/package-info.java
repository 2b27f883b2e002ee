/** One sample, in a virtual machine of its own: does a workload in one way, and prints what it came to. */
package io.pinion.benchmarks.sample;

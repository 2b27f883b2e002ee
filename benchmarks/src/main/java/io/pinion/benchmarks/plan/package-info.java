/** What is measured, as data: workloads, the ways to do them, and what Pinion is to reach beside its peers. */
package io.pinion.benchmarks.plan;

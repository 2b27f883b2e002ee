/**
 * The figures of all volumes for Prometheus. What is exposed is collected when it is asked for; transfers know nothing of
 * it.
 */
package io.pinion.metrics;

/** Who decides: strategies that come and go, claims, and per volume one reconciler that compares wish and reality. */
package io.pinion.core.control;

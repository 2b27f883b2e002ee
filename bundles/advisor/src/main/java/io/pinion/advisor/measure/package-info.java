/** Measures: a Pinion of its own on the user's target, in rounds, within the bounds. */
package io.pinion.advisor.measure;

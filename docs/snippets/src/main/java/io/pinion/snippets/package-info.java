/**
 * What docs/ shows of applications that use volumes, and of a driver's options: each block of Java there is an excerpt of a
 * class here, or of the examples.
 */
package io.pinion.snippets;

/** Starts Pinion from a directory: a framework with the bundles below {@code bundle/}, or a command to one that runs. */
package io.pinion.launcher;

/**
 * The main job, as an application would do it: a file goes through a volume while the volume's strategy is swapped, and
 * comes back whole. Uses nothing but the contracts of core.
 */
package io.pinion.demo;

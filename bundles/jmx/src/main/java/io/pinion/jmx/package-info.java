/**
 * Volumes as MXBeans: {@code io.pinion:type=Volume,name=NAME} for each, {@code io.pinion:type=Pinion} for the whole. Open
 * types alone, so that any client understands them without a class of ours.
 */
package io.pinion.jmx;

/** Tar archives as a stream of bytes: what GNU tar reads, and what it writes when nothing special is asked of it. */
package io.pinion.archive.tar;

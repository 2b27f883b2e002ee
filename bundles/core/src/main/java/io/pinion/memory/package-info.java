/**
 * Memory that input and output go to and from: pages kept resident by a {@link io.pinion.memory.PagePinner}, and
 * long-lived buffers leased from a {@link io.pinion.memory.BufferPool}.
 */
@Export
@Version("0.1.0")
package io.pinion.memory;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

/**
 * The Linux kernel as Pinion's drivers see it: {@link io.pinion.linux.SystemCalls} is the service that makes the calls,
 * {@link io.pinion.linux.Linux} has the kernel's constants, {@link io.pinion.linux.Errno} turns its error numbers into
 * failures, {@link io.pinion.linux.Statx} reads what it says of a file, and {@link io.pinion.linux.IoVectors} are the buffers of
 * a transfer between several. Only this bundle imports JNA.
 */
@Export
@Version("0.1.0")
package io.pinion.linux;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

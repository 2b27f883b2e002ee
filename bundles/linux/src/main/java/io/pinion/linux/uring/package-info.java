/**
 * Asynchronous I/O on Linux: {@link io.pinion.linux.uring.IoUring} is one io_uring(7), made as its
 * {@link io.pinion.linux.uring.RingOptions} ask and, as {@link io.pinion.linux.uring.RingKind} tells, as the kernel
 * permits. Many operations are handed over, and waited for, in one system call; none allocates. A driver builds its
 * queue on it.
 */
@Export
@Version("0.1.0")
package io.pinion.linux.uring;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

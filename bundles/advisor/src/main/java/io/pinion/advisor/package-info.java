/**
 * Measures on a user's own target whether direct I/O is worth it there, and says so with the evidence. {@link
 * io.pinion.advisor.IoAdvisor} is a service; what it returns is plain data.
 */
@Export
@Version("0.1.0")
package io.pinion.advisor;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

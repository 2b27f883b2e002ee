/** The Linux system calls that the strategies share, and the claim that a volume holds on its target. */
@Export
@Version("0.1.0")
package io.pinion.linux;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

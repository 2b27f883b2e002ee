/**
 * Bytes on tape, without a thought for records: streams over a {@link io.pinion.volume.TapeDrive}, over the tapes of a set
 * where one is not enough, and copies of whole tapes. They stand on the drive's interface alone, so they serve every drive.
 */
@Export
@Version("0.1.0")
package io.pinion.volume.tape;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

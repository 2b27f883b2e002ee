/**
 * SCSI tape drives as the kernel's driver st has them, for strategies: {@link io.pinion.linux.tape.TapeDevice} makes the
 * calls on a descriptor that a claim lends, {@link io.pinion.linux.tape.DriverStatus} is what the driver tells of the drive,
 * {@link io.pinion.linux.tape.ScsiCommands} asks the drive itself for what the driver does not pass on, and {@link
 * io.pinion.linux.tape.TapeSysfs} is what sysfs has of both.
 */
@Export
@Version("0.1.0")
package io.pinion.linux.tape;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

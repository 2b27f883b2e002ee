/**
 * Strategy {@code tape}: SCSI tape drives by the kernel's driver st. {@link io.pinion.tape.st.TapeStrategy} finds out what a
 * drive can do; its channels work on the one descriptor that there can be of a drive, which the claim lends.
 */
package io.pinion.tape.st;

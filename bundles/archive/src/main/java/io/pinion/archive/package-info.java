/** Commands for tape drives: where a tape stands, moving it, and files on it as tar archives. */
package io.pinion.archive;

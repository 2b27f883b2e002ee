/**
 * Strategy {@code tape-image}: tapes in files, in the format {@code .tap} of the SIMH simulators, for where there is no drive and
 * for archives.
 */
package io.pinion.tape.image;

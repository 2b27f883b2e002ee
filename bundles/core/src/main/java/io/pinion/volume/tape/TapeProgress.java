package io.pinion.volume.tape;

/**
 * How far a stream has come, over all tapes of its set. Labels, trailers and file marks are in no figure.
 *
 * @param records how many records were written on tape, or read by the application
 * @param bytes how many bytes are in them
 * @param recordsOnMedium how many of the records are known to be on the medium, and not only in the drive; of a stream that
 *     reads, as {@code records}
 * @param tape which tape of the set, from 1
 * @param nearEnd whether this tape has given its early warning
 */
public record TapeProgress(long records, long bytes, long recordsOnMedium, int tape, boolean nearEnd) {}

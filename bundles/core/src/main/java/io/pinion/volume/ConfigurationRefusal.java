package io.pinion.volume;

/**
 * A configuration that was refused as a whole; what it was to change goes on as it was.
 *
 * @param configuration its persistent identity
 * @param volume the volume that it was for, as far as that could be told
 * @param reason key, value and what is allowed
 */
public record ConfigurationRefusal(String configuration, String volume, String reason) {}

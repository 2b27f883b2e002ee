package io.pinion.archive.tar;

/**
 * A user or a group.
 *
 * @param id its number
 * @param name its name where the archive was made; empty when there was none
 */
public record TarOwner(long id, String name) {}

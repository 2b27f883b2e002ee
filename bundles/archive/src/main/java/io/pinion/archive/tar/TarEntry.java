package io.pinion.archive.tar;

import java.time.Instant;

/**
 * What an archive says of one of its entries.
 *
 * @param name as it is in the archive, without a slash at its end; whoever extracts decides whether it will do
 * @param kind what it is
 * @param size bytes of content that follow in the archive
 * @param mode permission bits (chmod(2))
 * @param modified when the content changed last
 * @param linkName what a link leads to; empty for others
 * @param owner whose it is
 * @param group whose it is
 */
public record TarEntry(
        String name,
        TarKind kind,
        long size,
        int mode,
        Instant modified,
        String linkName,
        TarOwner owner,
        TarOwner group) {
    /** An entry. */
    public TarEntry {
        if (name.isEmpty() || size < 0) {
            throw new IllegalArgumentException("name='" + name + "', size=" + size);
        }
    }
}

package io.pinion.archive.tar;

import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarUtils;

/**
 * Reads an archive, as old as tar is: v7, ustar, pax, and what GNU tar adds. For one thread: {@link #next}, then
 * {@link #read} as much of the entry's content as is wanted. Anything that is no archive, or a broken one, is an
 * IOException that says what is wrong.
 */
public final class TarInput {
    /** Some 35,000 years, in seconds. */
    private static final long FAR = 1L << 40;

    private final TarBlocks blocks;

    /** Reads from a stream, and does not close it. */
    public TarInput(InputStream input) {
        blocks = new TarBlocks(input);
    }

    /** {@return whether a header begins here, as far as can be told by its checksum} */
    public static boolean isHeader(byte[] bytes, int length) {
        try {
            return length >= TarBlocks.BLOCK && TarUtils.verifyCheckSum(Arrays.copyOf(bytes, TarBlocks.BLOCK));
        } catch (IllegalArgumentException e) {
            // Where a checksum is to be there is no number.
            return false;
        }
    }

    /** {@return the next entry; empty at the end of the archive} What is left of the one before is passed over. */
    public Optional<TarEntry> next() throws IOException {
        try {
            TarArchiveEntry header = blocks.next();
            return header == null ? Optional.empty() : Optional.of(entry(header));
        } catch (IllegalArgumentException | IndexOutOfBoundsException | ArithmeticException | DateTimeException e) {
            // What the library leaves to the JDK to find: of a number, a length, a time.
            throw new IOException("this is no tar archive, or a broken one: " + e.getMessage(), e);
        }
    }

    private static TarEntry entry(TarArchiveEntry header) throws IOException {
        String name = header.getName().replaceFirst("(?<=[^/])/+$", "");
        if (name.isEmpty()) {
            throw new IOException("this is no tar archive, or a broken one: a header has no name");
        }
        return new TarEntry(
                name,
                header.isSparse() ? TarKind.SPARSE : TarKind.of(header.getLinkFlag(), header.getName()),
                header.getSize(),
                header.getMode(),
                time(header.getLastModifiedTime().toInstant()),
                header.getLinkName(),
                new TarOwner(header.getLongUserId(), header.getUserName()),
                new TarOwner(header.getLongGroupId(), header.getGroupName()));
    }

    /** What no clock has ever shown is as good as none. Fractions are let go. */
    private static Instant time(Instant said) {
        return Instant.ofEpochSecond(Math.max(-FAR, Math.min(FAR, said.getEpochSecond())));
    }

    /** {@return how many bytes of the entry's content were read; -1 at its end} */
    public int read(byte[] bytes) throws IOException {
        return blocks.read(bytes, 0, bytes.length);
    }

    /** {@return whether the archive had an end of its own: else it was cut off between two entries} */
    public boolean hasEnd() {
        return blocks.hasEnd();
    }
}

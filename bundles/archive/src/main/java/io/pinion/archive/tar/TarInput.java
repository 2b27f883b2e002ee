package io.pinion.archive.tar;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads an archive, as old as tar is: v7, ustar, pax, and what GNU tar adds. For one thread: {@link #next}, then
 * {@link #read} as much of the entry's content as is wanted. Anything that is no archive, or a broken one, is an
 * IOException that says where.
 */
public final class TarInput {
    private final TarHeaders headers;
    private final InputStream input;
    private long left;
    private int padding;

    /** Reads from a stream, and does not close it. */
    public TarInput(InputStream input) {
        this.input = input;
        headers = new TarHeaders(input);
    }

    /** {@return whether a header begins here, as far as can be told by its checksum} */
    public static boolean isHeader(byte[] bytes, int length) {
        if (length < TarFields.BLOCK) {
            return false;
        }
        return TarFields.hasChecksum(Arrays.copyOf(bytes, TarFields.BLOCK));
    }

    /** {@return the next entry; empty at the end of the archive} What is left of the one before is passed over. */
    public Optional<TarEntry> next() throws IOException {
        skip();
        Optional<TarEntry> entry = headers.next();
        left = entry.map(TarEntry::size).orElse(0L);
        padding = TarFields.padding(left);
        return entry;
    }

    /** {@return how many bytes of the entry's content were read; -1 at its end} */
    public int read(byte[] bytes) throws IOException {
        if (left == 0) {
            return -1;
        }
        int read = input.read(bytes, 0, (int) Math.min(bytes.length, left));
        if (read < 0) {
            throw cut();
        }
        left -= read;
        return read;
    }

    /** {@return whether the archive had an end of its own: else it was cut off between two entries} */
    public boolean hasEnd() {
        return headers.hasEnd();
    }

    private void skip() throws IOException {
        byte[] aside = new byte[TarFields.BLOCK * 32];
        while (left > 0) {
            read(aside);
        }
        if (input.readNBytes(padding).length < padding) {
            throw cut();
        }
    }

    private static EOFException cut() {
        return new EOFException("the archive ends within an entry: it was cut off");
    }
}

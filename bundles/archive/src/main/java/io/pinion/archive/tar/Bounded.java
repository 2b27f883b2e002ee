package io.pinion.archive.tar;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream of which only so much may be read until the next bound is set; what is skipped is skipped whole. */
final class Bounded extends FilterInputStream {
    private static final int PART = 64 << 10;

    private final byte[] aside = new byte[PART];
    private long left = Long.MAX_VALUE;

    Bounded(InputStream input) {
        super(input);
    }

    void bound(long bytes) {
        left = bytes;
    }

    @Override
    public int read() throws IOException {
        return count(in.read(), 1);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = in.read(bytes, offset, length);
        return count(read, read);
    }

    private int count(int result, int read) throws IOException {
        if (result >= 0) {
            left -= read;
        }
        if (left < 0) {
            throw new IOException("the headers of an entry go on for more than makes sense: this is a broken archive");
        }
        return result;
    }

    @Override
    public long skip(long bytes) throws IOException {
        long skipped = 0;
        while (skipped < bytes) {
            int read = read(aside, 0, (int) Math.min(aside.length, bytes - skipped));
            if (read < 0) {
                break;
            }
            skipped += read;
        }
        return skipped;
    }
}

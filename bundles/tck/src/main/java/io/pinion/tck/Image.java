package io.pinion.tck;

import java.util.Arrays;

/** What a target should hold: the model that a strategy is compared with. Behaves at the end as FileChannel does. */
final class Image {
    private byte[] bytes;

    Image(long size) {
        bytes = new byte[Math.toIntExact(size)];
    }

    int size() {
        return bytes.length;
    }

    void setSize(int size) {
        bytes = Arrays.copyOf(bytes, size);
    }

    void write(long position, byte[] content) {
        if (content.length == 0) {
            return;
        }
        int end = Math.toIntExact(position) + content.length;
        if (end > bytes.length) {
            setSize(end);
        }
        System.arraycopy(content, 0, bytes, (int) position, content.length);
    }

    /** {@return what a read of so many bytes brings, less at the end} */
    byte[] at(long position, int length) {
        int from = (int) Math.min(position, bytes.length);
        return Arrays.copyOfRange(bytes, from, (int) Math.min((long) from + length, bytes.length));
    }

    /** {@return what a read of so many bytes returns} */
    int result(long position, int length) {
        if (length == 0) {
            return 0;
        }
        return position >= bytes.length ? -1 : (int) Math.min(length, bytes.length - position);
    }

    byte[] all() {
        return bytes.clone();
    }
}

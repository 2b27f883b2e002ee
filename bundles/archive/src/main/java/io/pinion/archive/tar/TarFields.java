package io.pinion.archive.tar;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The fields of a header block: text that ends at a zero byte or is as long as its field, and octal numbers. */
final class TarFields {
    /** The unit of an archive. */
    static final int BLOCK = 512;

    static final int CHECKSUM = 148;
    static final int CHECKSUM_LENGTH = 8;
    private static final int SIGN = 0x80;
    private static final int OCTAL = 3;

    private TarFields() {}

    /** {@return the most that a field of so many bytes holds, one of which ends it} */
    static long most(int length) {
        return (1L << OCTAL * (length - 1)) - 1;
    }

    static void putNumber(byte[] block, int at, int length, long value) {
        long rest = value;
        for (int i = at + length - 2; i >= at; i--) {
            block[i] = (byte) ('0' + (rest & 7));
            rest >>>= OCTAL;
        }
    }

    /** Puts as much of the text as there is room for. */
    static void putText(byte[] block, int at, int length, byte[] text) {
        System.arraycopy(text, 0, block, at, Math.min(length, text.length));
    }

    static String text(byte[] block, int at, int length) {
        int end = at;
        while (end < at + length && block[end] != 0) {
            end++;
        }
        return new String(block, at, end - at, StandardCharsets.UTF_8);
    }

    /**
     * {@return a number, octal with blanks around it, or binary with the highest bit set, as GNU tar writes large and negative
     * ones}
     */
    static long number(byte[] block, int at, int length) throws IOException {
        if ((block[at] & SIGN) != 0) {
            return binary(block, at, length);
        }
        String digits = text(block, at, length).strip();
        if (digits.isEmpty()) {
            return 0;
        }
        try {
            return Long.parseLong(digits, 8);
        } catch (NumberFormatException e) {
            throw new IOException("'" + Printable.of(digits) + "' is no octal number", e);
        }
    }

    private static long binary(byte[] block, int at, int length) throws IOException {
        // Of the first byte the highest bit is the mark, the next one the sign.
        long value = (byte) (block[at] << 1) >> 1;
        for (int i = at + 1; i < at + length; i++) {
            if (value > Long.MAX_VALUE >> Byte.SIZE || value < Long.MIN_VALUE >> Byte.SIZE) {
                throw new IOException("a number has more than 64 bits");
            }
            value = value << Byte.SIZE | block[i] & 0xFF;
        }
        return value;
    }

    static void putChecksum(byte[] block) {
        Arrays.fill(block, CHECKSUM, CHECKSUM + CHECKSUM_LENGTH, (byte) ' ');
        putNumber(block, CHECKSUM, CHECKSUM_LENGTH - 1, sum(block, 0xFF));
        block[CHECKSUM + CHECKSUM_LENGTH - 2] = 0;
    }

    /** {@return whether the block's sum is what it says} Some old programs summed signed bytes. */
    static boolean hasChecksum(byte[] block) {
        try {
            long said = number(block, CHECKSUM, CHECKSUM_LENGTH);
            byte[] copy = block.clone();
            Arrays.fill(copy, CHECKSUM, CHECKSUM + CHECKSUM_LENGTH, (byte) ' ');
            return said == sum(copy, 0xFF) || said == sum(copy, -1);
        } catch (IOException e) {
            return false;
        }
    }

    private static long sum(byte[] block, int mask) {
        long sum = 0;
        for (byte value : block) {
            sum += value & mask;
        }
        return sum;
    }

    /** {@return how many bytes follow so many up to the end of their block} */
    static int padding(long size) {
        return (int) (-size & BLOCK - 1);
    }
}

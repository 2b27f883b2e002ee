package io.pinion.tck;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Assertions;

/** Bytes that tell where they belong: each follows from its offset and the version that was written there. */
final class Content {
    private Content() {}

    /** {@return the byte of a version at an offset; never 0, which is what was never written} */
    static byte at(long offset, int version) {
        long mixed = (offset * 0x9E3779B97F4A7C15L) ^ (version * 0xC2B2AE3D27D4EB4FL);
        byte value = (byte) (mixed >>> 32);
        return value == 0 ? 1 : value;
    }

    /** {@return so many bytes of a version, from an offset on} */
    static byte[] bytes(long offset, int length, int version) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = at(offset + i, version);
        }
        return bytes;
    }

    /** {@return a direct buffer with so many bytes of a version, ready to be written} */
    static ByteBuffer buffer(long offset, int length, int version) {
        return ByteBuffer.allocateDirect(length)
                .put(bytes(offset, length, version))
                .flip();
    }

    /** Compares, and names the first difference. */
    static void assertSame(byte[] expected, byte[] actual, String what) {
        int length = Math.min(expected.length, actual.length);
        for (int i = 0; i < length; i++) {
            if (expected[i] != actual[i]) {
                Assertions.fail(what + ": at " + i + " of " + expected.length + " is " + actual[i] + ", not "
                        + expected[i] + (actual[i] == 0 ? " (never written, or lost)" : ""));
            }
        }
        Assertions.assertEquals(expected.length, actual.length, what + ": length");
    }
}

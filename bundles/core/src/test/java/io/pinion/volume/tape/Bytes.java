package io.pinion.volume.tape;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Random;

/** Contents that tests tell apart. */
final class Bytes {
    private Bytes() {}

    static byte[] random(long seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    static byte[] of(List<byte[]> records) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        records.forEach(all::writeBytes);
        return all.toByteArray();
    }
}

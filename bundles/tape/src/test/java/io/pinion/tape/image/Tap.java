package io.pinion.tape.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The bytes of an image, put together as the format's specification has them, and by nothing of the strategy. */
final class Tap {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** Adds a word, least significant byte first. */
    Tap word(int word) {
        for (int shift = 0; shift < 32; shift += 8) {
            bytes.write(word >>> shift);
        }
        return this;
    }

    /** Adds bytes as they are. */
    Tap raw(byte... raw) {
        bytes.writeBytes(raw);
        return this;
    }

    Tap record(byte[] content) {
        return record(0, content);
    }

    /** Adds a record of a class, padded. */
    Tap record(int classNumber, byte[] content) {
        word(classNumber << 28 | content.length).raw(content);
        if (content.length % 2 != 0) {
            raw((byte) 0);
        }
        return word(classNumber << 28 | content.length);
    }

    /** Adds a record as E11 does: not padded. */
    Tap unpadded(byte[] content) {
        return word(content.length).raw(content).word(content.length);
    }

    Tap mark() {
        return word(0);
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }

    Path to(Path file) throws IOException {
        return Files.write(file, bytes());
    }

    /** {@return content that is told from other content by its number} */
    static byte[] content(int number, int length) {
        byte[] content = new byte[length];
        for (int i = 0; i < length; i++) {
            content[i] = (byte) (number * 31 + i * 7 + 1);
        }
        return content;
    }
}

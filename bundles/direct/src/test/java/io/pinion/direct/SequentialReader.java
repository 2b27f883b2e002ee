package io.pinion.direct;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pinion.strategy.PositionalChannel;
import io.pinion.strategy.TransferFlags;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** Reads a file on and on in small pieces, and compares each with what another process would read. */
final class SequentialReader {
    private final PositionalChannel channel;
    private final Path path;
    private final ByteBuffer buffer;
    private long position;

    SequentialReader(DirectFile file, int piece, long position) {
        this(file.channel, file.path, piece, position);
    }

    SequentialReader(PositionalChannel channel, Path path, int piece, long position) {
        this.channel = channel;
        this.path = path;
        this.position = position;
        buffer = DirectFile.aligned(piece, 0);
    }

    /** {@return where the next piece begins} */
    long position() {
        return position;
    }

    /** Reads a piece, which must be in the file. */
    void next() throws IOException {
        ByteBuffer piece = buffer.clear();
        assertEquals(piece.capacity(), channel.read(piece, position, TransferFlags.NONE), "at " + position);
        byte[] bytes = new byte[piece.capacity()];
        piece.flip().get(bytes);
        ByteBuffer seen = ByteBuffer.allocate(bytes.length);
        try (FileChannel other = FileChannel.open(path)) {
            other.read(seen, position);
        }
        assertArrayEquals(seen.array(), bytes, "at " + position);
        position += bytes.length;
    }

    void next(int pieces) throws IOException {
        for (int piece = 0; piece < pieces; piece++) {
            next();
        }
    }
}

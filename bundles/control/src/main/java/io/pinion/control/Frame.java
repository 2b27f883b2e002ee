package io.pinion.control;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * A piece of a conversation: a kind, a length, and so many bytes. It goes through the channel directly: the streams of
 * {@code Channels} let no thread write while another waits to read.
 */
record Frame(Kind kind, byte[] payload) {
    private static final int HEADER = 5;
    private static final int LARGEST = 1 << 20;

    enum Kind {
        REQUEST,
        OUTPUT,
        ERROR,
        EXIT,
        /** The command reads: a line is wanted of whoever typed it. */
        ASK,
        /** That line, with its end; empty when there is none any more. */
        ANSWER
    }

    static Frame exit(int status) {
        return new Frame(
                Kind.EXIT, ByteBuffer.allocate(Integer.BYTES).putInt(status).array());
    }

    int status() {
        return ByteBuffer.wrap(payload).getInt();
    }

    void writeTo(SocketChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(HEADER + payload.length);
        bytes.put((byte) kind.ordinal()).putInt(payload.length).put(payload).flip();
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    static Frame readFrom(SocketChannel channel) throws IOException {
        ByteBuffer header = fill(channel, HEADER);
        int kind = header.get();
        int length = header.getInt();
        if (kind < 0 || kind >= Kind.values().length || length < 0 || length > LARGEST) {
            throw new IOException("kind=" + kind + " length=" + length + " is no frame: the other side is no Pinion");
        }
        return new Frame(Kind.values()[kind], fill(channel, length).array());
    }

    private static ByteBuffer fill(SocketChannel channel, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes) < 0) {
                throw new EOFException("the other side is gone");
            }
        }
        return bytes.flip();
    }
}

package io.pinion.control;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.SocketChannel;
import java.util.Arrays;

/** Sends what is written as frames of one kind. The streams of one channel take turns by the channel's monitor. */
final class FrameOutput extends OutputStream {
    private static final int PIECE = 1 << 16;

    private final SocketChannel channel;
    private final Frame.Kind kind;

    FrameOutput(SocketChannel channel, Frame.Kind kind) {
        this.channel = channel;
        this.kind = kind;
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        for (int at = offset; at < offset + length; at += PIECE) {
            byte[] piece = Arrays.copyOfRange(bytes, at, Math.min(at + PIECE, offset + length));
            synchronized (channel) {
                new Frame(kind, piece).writeTo(channel);
            }
        }
    }
}

package io.pinion.control;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.channels.SocketChannel;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * What the client's user types, asked for when it is read and a line at a time. It ends with the client's own input, or
 * when no line has come for a day: who is asked for the next tape may come in the morning. One thread reads, any thread answers.
 */
final class FrameInput extends InputStream {
    /** The answer of an input that has ended. */
    static final byte[] END = {};

    private static final long PATIENCE_HOURS = 24;

    private final SocketChannel channel;
    private final BlockingQueue<byte[]> answers = new LinkedBlockingQueue<>();
    private InputStream line = nullInputStream();
    private boolean ended;

    FrameInput(SocketChannel channel) {
        this.channel = channel;
    }

    void answer(byte[] bytes) {
        answers.add(bytes);
    }

    @Override
    public int read() throws IOException {
        int read = line.read();
        return read < 0 && isAnswered() ? line.read() : read;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int count = line.read(into, offset, length);
        return count < 0 && isAnswered() ? line.read(into, offset, length) : count;
    }

    /** Asks for the next line; {@return whether there was one} */
    private boolean isAnswered() throws IOException {
        if (!ended) {
            synchronized (channel) {
                new Frame(Frame.Kind.ASK, END).writeTo(channel);
            }
            byte[] answer = next();
            ended = answer.length == 0;
            line = new ByteArrayInputStream(answer);
        }
        return !ended;
    }

    private byte[] next() throws InterruptedIOException {
        try {
            byte[] next = answers.poll(PATIENCE_HOURS, TimeUnit.HOURS);
            return next == null ? END : next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for a line");
        }
    }
}

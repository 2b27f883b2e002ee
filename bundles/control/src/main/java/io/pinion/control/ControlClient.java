package io.pinion.control;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The side that has a command run by a Pinion that runs already. For one conversation, by one thread. */
public final class ControlClient implements AutoCloseable {
    private final SocketChannel channel;

    private ControlClient(SocketChannel channel) {
        this.channel = channel;
    }

    /**
     * {@return a connection to the Pinion that listens there}
     *
     * @throws IOException nobody listens, or it is not allowed
     */
    public static ControlClient connect(Path socket) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
            return new ControlClient(channel);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /**
     * Runs a command there, and copies what it prints.
     *
     * @param input read by the line, when the command reads
     * @return its exit status
     * @throws IOException the other side went away, or an output can't be written
     */
    public int run(Request request, BufferedReader input, OutputStream output, OutputStream error) throws IOException {
        new Frame(Frame.Kind.REQUEST, request.toBytes()).writeTo(channel);
        while (true) {
            Frame frame = Frame.readFrom(channel);
            switch (frame.kind()) {
                case OUTPUT -> copy(frame, output);
                case ERROR -> copy(frame, error);
                case ASK -> answer(input);
                case EXIT -> {
                    return frame.status();
                }
                default -> throw new IOException("unexpected " + frame.kind() + " frame");
            }
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /**
     * On a thread of its own: the command may end without the answer, and nothing ends the reading of a terminal. Then that
     * thread is left behind, and takes the next line with it.
     */
    private void answer(BufferedReader input) {
        Thread reader = new Thread(
                () -> {
                    try {
                        new Frame(Frame.Kind.ANSWER, line(input)).writeTo(channel);
                    } catch (IOException e) {
                        // The conversation is over: nobody waits for the line.
                    }
                },
                "pinion-input");
        reader.setDaemon(true);
        reader.start();
    }

    /** An input that can't be read has ended. */
    private static byte[] line(BufferedReader input) {
        try {
            String line = input.readLine();
            return line == null ? FrameInput.END : (line + '\n').getBytes(StandardCharsets.UTF_8);
        } catch (IOException e) {
            return FrameInput.END;
        }
    }

    private static void copy(Frame frame, OutputStream to) throws IOException {
        to.write(frame.payload());
        to.flush();
    }
}

package io.pinion.control;

import java.io.IOException;
import java.io.PrintStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.felix.service.command.CommandProcessor;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens where the framework property {@code pinion.control} says, and runs a command per connection; without that
 * property, as in somebody else's container, it does nothing. Whoever starts the framework sees to it that the directory
 * is its user's alone, and that nobody else uses the path.
 */
@Component(
        service = {},
        immediate = true)
public final class ControlSocket {
    /** The framework property that holds the socket's path. */
    public static final String PROPERTY = "pinion.control";

    private static final Logger LOG = LoggerFactory.getLogger(ControlSocket.class);

    private final CommandProcessor processor;
    private final Set<SocketChannel> conversations = ConcurrentHashMap.newKeySet();
    private final Path path;
    private final ServerSocketChannel server;

    @Activate
    public ControlSocket(BundleContext context, @Reference CommandProcessor processor) throws IOException {
        this.processor = processor;
        String property = context.getProperty(PROPERTY);
        path = property == null ? null : Path.of(property);
        server = path == null ? null : listen(path);
        if (server != null) {
            daemon("pinion-control", this::accept);
        }
    }

    @Deactivate
    void close() throws IOException {
        if (server == null) {
            return;
        }
        server.close();
        Files.deleteIfExists(path);
        for (SocketChannel conversation : conversations) {
            conversation.close();
        }
    }

    private static ServerSocketChannel listen(Path path) throws IOException {
        Files.deleteIfExists(path);
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            return server.bind(UnixDomainSocketAddress.of(path));
        } catch (IOException e) {
            server.close();
            throw e;
        }
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel conversation = server.accept();
                daemon("pinion-command", () -> converse(conversation));
            }
        } catch (IOException e) {
            if (server.isOpen()) {
                LOG.warn("{} is no longer served: {}", path, e.toString());
            }
        }
    }

    private void converse(SocketChannel channel) {
        conversations.add(channel);
        try (channel) {
            Request request = Request.fromBytes(Frame.readFrom(channel).payload());
            PrintStream output = stream(channel, Frame.Kind.OUTPUT);
            PrintStream error = stream(channel, Frame.Kind.ERROR);
            FrameInput input = new FrameInput(channel);
            try (CommandRun run = new CommandRun(processor, request, input, output, error)) {
                daemon("pinion-client", () -> listen(channel, input, run));
                int status = run.run();
                synchronized (channel) {
                    Frame.exit(status).writeTo(channel);
                }
            }
        } catch (IOException e) {
            LOG.debug("a client went away", e);
        } finally {
            conversations.remove(channel);
        }
    }

    /** A client sends nothing but answers after its request: reading ends when either side closes. */
    private static void listen(SocketChannel channel, FrameInput input, CommandRun run) {
        try {
            while (true) {
                input.answer(Frame.readFrom(channel).payload());
            }
        } catch (IOException e) {
            input.answer(FrameInput.END);
            run.close();
        }
    }

    private static PrintStream stream(SocketChannel channel, Frame.Kind kind) {
        return new PrintStream(new FrameOutput(channel, kind), false, StandardCharsets.UTF_8);
    }

    private static void daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }
}

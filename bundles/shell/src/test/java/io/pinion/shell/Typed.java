package io.pinion.shell;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.apache.felix.gogo.runtime.CommandProcessorImpl;
import org.apache.felix.gogo.runtime.threadio.ThreadIOImpl;
import org.apache.felix.service.command.CommandSession;

/** Commands as they are typed, in the directory {@code /somewhere}, through the real interpreter. */
final class Typed implements AutoCloseable {
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final ThreadIOImpl threads = new ThreadIOImpl();
    private final CommandSession session;

    Typed(Object commands, String... names) {
        threads.start();
        CommandProcessorImpl processor = new CommandProcessorImpl(threads);
        for (String name : names) {
            processor.addCommand("pinion", commands, name);
        }
        PrintStream stream = new PrintStream(printed, true, StandardCharsets.UTF_8);
        session = processor.createSession(InputStream.nullInputStream(), stream, stream);
        session.currentDir(Path.of("/somewhere"));
    }

    /** {@return the lines that it prints} */
    List<String> run(String line) throws Exception {
        printed.reset();
        session.execute(line);
        return printed.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Override
    public void close() {
        session.close();
        threads.stop();
    }
}

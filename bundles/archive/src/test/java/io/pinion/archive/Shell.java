package io.pinion.archive;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.felix.gogo.runtime.CommandProcessorImpl;
import org.apache.felix.gogo.runtime.threadio.ThreadIOImpl;
import org.apache.felix.service.command.CommandSession;

/** The commands as they are typed in a directory, through the real interpreter. */
final class Shell implements AutoCloseable {
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final ThreadIOImpl threads = new ThreadIOImpl();
    private final CommandSession session;

    /** Nobody can be asked there. */
    Shell(Path directory, Drives drives) {
        this(directory, drives, false, InputStream.nullInputStream());
    }

    /** Somebody is there, who types this when it is read. */
    Shell(Path directory, Drives drives, InputStream typed) {
        this(directory, drives, true, typed);
    }

    private Shell(Path directory, Drives drives, boolean interactive, InputStream typed) {
        threads.start();
        CommandProcessorImpl processor = new CommandProcessorImpl(threads);
        processor.addCommand("pinion", new TapeCommand(drives, Optional.empty()), "tape");
        processor.addCommand("pinion", new TapeCopyCommand(drives), "tape-copy");
        PrintStream stream = new PrintStream(printed, true, StandardCharsets.UTF_8);
        session = processor.createSession(typed, stream, stream);
        session.put("pinion.interactive", interactive);
        session.currentDir(directory);
    }

    /** What is typed then, is typed there. */
    void go(Path directory) {
        session.currentDir(directory);
    }

    /** {@return the lines that it prints} */
    List<String> run(String line) throws Exception {
        printed.reset();
        session.execute(line);
        return lines();
    }

    /** {@return the lines that the latest one has printed, even if it failed} */
    List<String> lines() {
        return printed.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Override
    public void close() {
        session.close();
        threads.stop();
    }
}

package io.pinion.launcher;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.logging.ErrorManager;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;

/**
 * A log file that is always of the same name: a full one is renamed to {@code NAME.1}, that to {@code NAME.2} and so on.
 * {@link java.util.logging.FileHandler} would number the present file too, and leave locks behind.
 */
final class LogFile extends Handler {
    private static final long LARGEST = 8L << 20;
    private static final int KEPT = 4;

    private final Path path;
    private PrintStream stream;
    private long length;

    LogFile(Path path, Formatter formatter) throws IOException {
        this.path = path;
        setFormatter(formatter);
        open();
    }

    @Override
    public synchronized void publish(LogRecord entry) {
        if (!isLoggable(entry)) {
            return;
        }
        try {
            if (length > LARGEST) {
                rotate();
            }
            String text = getFormatter().format(entry);
            stream.print(text);
            stream.flush();
            length += text.length();
        } catch (IOException e) {
            reportError("can't rotate " + path, e, ErrorManager.WRITE_FAILURE);
        }
    }

    @Override
    public synchronized void flush() {
        stream.flush();
    }

    @Override
    public synchronized void close() {
        stream.close();
    }

    private void rotate() throws IOException {
        stream.close();
        for (int number = KEPT; number > 0; number--) {
            Path from = number == 1 ? path : numbered(number - 1);
            if (Files.exists(from)) {
                Files.move(from, numbered(number), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        open();
    }

    private void open() throws IOException {
        stream = new PrintStream(
                Files.newOutputStream(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND),
                false,
                StandardCharsets.UTF_8);
        length = Files.size(path);
    }

    private Path numbered(int number) {
        return path.resolveSibling(path.getFileName() + "." + number);
    }
}

package io.pinion.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Sends the log to {@code log/pinion.log}. What is logged is set in {@code etc/logging.properties}. */
final class Logging {
    private static final AtomicInteger WARNINGS = new AtomicInteger();

    private Logging() {}

    static void toFile(Home home) throws IOException {
        try (InputStream settings = Files.newInputStream(home.directory().resolve("etc/logging.properties"))) {
            LogManager.getLogManager().readConfiguration(settings);
        }
        root().addHandler(new LogFile(home.log().resolve("pinion.log"), new Line(true)));
        root().addHandler(new WarningCounter());
        if (LogManager.getLogManager() instanceof LastingLogManager manager) {
            manager.settle();
        }
    }

    /** {@return how many warnings and errors were logged so far} */
    static int warnings() {
        return WARNINGS.get();
    }

    /** Shows warnings to whoever started a server, too. */
    static void alsoToConsole() {
        ConsoleHandler console = new ConsoleHandler();
        console.setLevel(Level.WARNING);
        console.setFormatter(new Line(false));
        root().addHandler(console);
    }

    private static Logger root() {
        return Logger.getLogger("");
    }

    private static final class WarningCounter extends Handler {
        @Override
        public void publish(LogRecord entry) {
            if (entry.getLevel().intValue() >= Level.WARNING.intValue()) {
                WARNINGS.incrementAndGet();
            }
        }

        @Override
        public void flush() {
            // Nothing is kept back.
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }

    /** A record as one line, and, in the file, the stack trace below it. */
    private static final class Line extends Formatter {
        private final boolean complete;

        Line(boolean complete) {
            this.complete = complete;
        }

        @Override
        public String format(LogRecord entry) {
            String head = String.format(
                    "%1$tF %1$tT.%1$tL %2$-7s %3$s: %4$s%n",
                    entry.getMillis(), entry.getLevel().getName(), entry.getLoggerName(), formatMessage(entry));
            return complete && entry.getThrown() != null ? head + trace(entry.getThrown()) : head;
        }

        private static String trace(Throwable thrown) {
            StringWriter text = new StringWriter();
            thrown.printStackTrace(new PrintWriter(text, true));
            return text.toString();
        }
    }
}

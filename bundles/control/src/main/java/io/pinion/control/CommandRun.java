package io.pinion.control;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Converter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One command in a Gogo session of its own. {@link #close} interrupts it. */
final class CommandRun implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CommandRun.class);
    private static final int FAILED = 1;
    private static final int UNKNOWN = 127;

    private final CommandSession session;
    private final Request request;
    private final PrintStream output;
    private final PrintStream error;

    CommandRun(CommandProcessor processor, Request request, InputStream input, PrintStream output, PrintStream error) {
        this.request = request;
        this.output = output;
        this.error = error;
        session = processor.createSession(input, output, error);
        session.currentDir(Path.of(request.directory()));
        session.put("SCOPE", "pinion:*");
        session.put("pinion.terminal", request.terminal());
        session.put("pinion.interactive", request.interactive());
    }

    /** {@return the exit status} */
    int run() {
        List<String> words = request.words();
        if (words.isEmpty() || !isKnown(words.get(0))) {
            error.println("there is no command " + String.join(" ", words) + "; 'help' lists them");
            return UNKNOWN;
        }
        try {
            Object result = session.execute(line(words));
            CharSequence text = result == null ? "" : session.format(result, Converter.INSPECT);
            if (text.length() > 0) {
                output.println(text);
            }
            return 0;
        } catch (Exception e) {
            LOG.debug("{} failed", words, e);
            error.println(e);
            return FAILED;
        } finally {
            output.flush();
            error.flush();
        }
    }

    @Override
    public void close() {
        session.close();
    }

    private boolean isKnown(String command) {
        return session.get(command.contains(":") ? command : "*:" + command) != null;
    }

    /** Gogo splits, expands and evaluates what stands in a line, whatever the quotes; a variable's value it leaves alone. */
    private String line(List<String> words) {
        StringBuilder line = new StringBuilder(words.get(0));
        for (int index = 1; index < words.size(); index++) {
            String variable = "pinion_word_" + index;
            session.put(variable, words.get(index));
            line.append(" $").append(variable);
        }
        return line.toString();
    }
}

package io.pinion.shell.text;

import java.io.PrintStream;
import org.apache.felix.service.command.CommandSession;

/** What a command says while it works: line after line, and on a terminal always the same one. For one thread. */
public final class ProgressLine {
    private static final String TO_START_AND_ERASE = "\r\u001b[K";

    private final PrintStream output;
    private final boolean terminal;
    private boolean pending;

    /** A line on an output, which is a terminal or not. */
    public ProgressLine(PrintStream output, boolean terminal) {
        this.output = output;
        this.terminal = terminal;
    }

    /** {@return whether whoever typed the command sees a terminal} */
    public static boolean isTerminal(CommandSession session) {
        return Boolean.TRUE.equals(session.get("pinion.terminal")) || session.get(".terminal") != null;
    }

    /** Says it instead of what was said before, or below that. */
    public void say(String text) {
        print(terminal ? TO_START_AND_ERASE + text : text + System.lineSeparator());
        pending = terminal;
    }

    /** Leaves the line, so that what follows starts on its own. */
    public void end() {
        if (pending) {
            print(System.lineSeparator());
            pending = false;
        }
    }

    /** Not with the interrupt flag set: a shell's terminal is a channel, which that would close for the whole shell. */
    private void print(String text) {
        boolean interrupted = Thread.interrupted();
        output.print(text);
        output.flush();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

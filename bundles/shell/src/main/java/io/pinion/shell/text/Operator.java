package io.pinion.shell.text;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.felix.service.command.CommandSession;

/** Whoever typed a command, if that is a person who can be asked while it runs. For one thread, the command's. */
public final class Operator {
    private static final int LONGEST = 1024;

    private final boolean present;
    private final InputStream keyboard;
    private final PrintStream console;

    /**
     * Somebody.
     *
     * @param present whether there is somebody to ask
     * @param keyboard where the answers come from
     * @param console where the questions go
     */
    public Operator(boolean present, InputStream keyboard, PrintStream console) {
        this.present = present;
        this.keyboard = keyboard;
        this.console = console;
    }

    /**
     * {@return whoever typed the command} A command over the control socket, or the launcher for a shell in its own process,
     * tells by {@code pinion.interactive} whether input and output are a terminal's; other shells show that they have one
     * (Gogo's and Karaf's variables for it).
     *
     * @param launched the framework's property {@code pinion.interactive}, which the launcher sets; empty elsewhere
     */
    public static Operator of(CommandSession session, Optional<String> launched) {
        boolean terminal = session.get(".terminal") != null || session.get(".jline.terminal") != null;
        Object told = session.get("pinion.interactive");
        boolean present =
                told == null ? terminal && !launched.filter("false"::equals).isPresent() : Boolean.TRUE.equals(told);
        return new Operator(present, session.getKeyboard(), System.err);
    }

    /** {@return whether there is somebody to ask} */
    public boolean isPresent() {
        return present;
    }

    /**
     * {@return the line that is typed, without the spaces around it; empty when no more will be} Takes no more than the line: what
     * follows it is the shell's.
     *
     * @throws IOException what is typed can't be read; InterruptedIOException when the thread was interrupted
     */
    public Optional<String> ask(String question) throws IOException {
        console.print(question);
        console.flush();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int next = keyboard.read();
        boolean ended = next < 0;
        while (next >= 0 && next != '\n' && next != '\r' && bytes.size() < LONGEST) {
            bytes.write(next);
            next = keyboard.read();
        }
        return ended
                ? Optional.empty()
                : Optional.of(bytes.toString(StandardCharsets.UTF_8).strip());
    }
}

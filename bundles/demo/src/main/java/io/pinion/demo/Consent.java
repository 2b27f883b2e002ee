package io.pinion.demo;

import io.pinion.shell.text.CommandFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.apache.felix.service.command.CommandSession;

/** Whether what is on a target may be destroyed: {@code --yes} says so, or a person who is asked. For one thread. */
final class Consent {
    private static final String YES = "yes";
    private static final int LONGEST = 1024;

    private final boolean given;
    private final boolean interactive;
    private final InputStream keyboard;
    private final PrintStream console;

    /**
     * Of somebody.
     *
     * @param given whether it was given beforehand
     * @param interactive whether somebody can be asked
     * @param keyboard where the answer comes from
     * @param console where the question goes
     */
    Consent(boolean given, boolean interactive, InputStream keyboard, PrintStream console) {
        this.given = given;
        this.interactive = interactive;
        this.keyboard = keyboard;
        this.console = console;
    }

    /**
     * {@return the consent of whoever typed the command} A command over the control socket, or the launcher for a shell in
     * its own process, tells by {@code pinion.interactive} whether input and output are a terminal's; other shells show that
     * they have one (Gogo's and Karaf's variables for it).
     *
     * @param launched what the launcher told; null where there is none
     */
    static Consent of(CommandSession session, String launched, boolean given) {
        boolean terminal = session.get(".terminal") != null || session.get(".jline.terminal") != null;
        Object told = session.get("pinion.interactive");
        boolean interactive = told == null ? terminal && !"false".equals(launched) : Boolean.TRUE.equals(told);
        return new Consent(given, interactive, session.getKeyboard(), System.err);
    }

    /**
     * Returns if it is given.
     *
     * @param loss what is destroyed, in words
     * @throws CommandFailure it is not given, or there is nobody to ask
     */
    void require(String loss) throws CommandFailure, IOException {
        if (given) {
            return;
        }
        if (!interactive) {
            throw new CommandFailure("this destroys " + loss
                    + ", and there is no terminal to ask on; --yes allows it. Nothing was written");
        }
        console.print("this destroys " + loss + ": type yes to go on: ");
        console.flush();
        String answer = line();
        if (!answer.equals(YES)) {
            throw new CommandFailure((answer.isEmpty() ? "no answer" : "the answer was '" + answer + "'")
                    + ", not yes. Nothing was written");
        }
    }

    /** Takes no more than the line: what follows it is the shell's. */
    private String line() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int next = keyboard.read();
        while (next >= 0 && next != '\n' && next != '\r' && bytes.size() < LONGEST) {
            bytes.write(next);
            next = keyboard.read();
        }
        return bytes.toString(StandardCharsets.UTF_8).strip();
    }
}

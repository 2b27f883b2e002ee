package io.pinion.shell.text;

/** A command did not do what was asked. Its message is one line for the operator: what is wrong, and the remedy. */
public final class CommandFailure extends Exception {
    private static final long serialVersionUID = 1;

    /** Fails with this line. */
    public CommandFailure(String message) {
        super(message);
    }

    /** Fails with this line. */
    public CommandFailure(String message, Throwable cause) {
        super(message, cause);
    }

    /** {@return the line alone: a shell prints an exception by this method} */
    @Override
    public String toString() {
        return getMessage();
    }
}

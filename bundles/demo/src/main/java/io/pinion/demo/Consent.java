package io.pinion.demo;

import io.pinion.shell.text.CommandFailure;
import io.pinion.shell.text.Operator;
import java.io.IOException;

/**
 * Whether what is on a target may be destroyed: {@code --yes} says so, or a person who is asked. For one thread.
 *
 * @param given whether it was given beforehand
 * @param operator who can be asked
 */
record Consent(boolean given, Operator operator) {
    private static final String YES = "yes";

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
        if (!operator.isPresent()) {
            throw new CommandFailure("this destroys " + loss
                    + ", and there is no terminal to ask on; --yes allows it. Nothing was written");
        }
        String answer =
                operator.ask("this destroys " + loss + ": type yes to go on: ").orElse("");
        if (!answer.equals(YES)) {
            throw new CommandFailure((answer.isEmpty() ? "no answer" : "the answer was '" + answer + "'")
                    + ", not yes. Nothing was written");
        }
    }
}

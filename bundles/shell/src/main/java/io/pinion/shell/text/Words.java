package io.pinion.shell.text;

import java.util.List;

/** The words that follow a command's name, once the shell has taken the options out. */
public final class Words {
    private final String usage;
    private final List<String> words;

    private Words(String usage, List<String> words) {
        this.usage = usage;
        this.words = words;
    }

    /**
     * {@return the words, if there are as many as the command takes}
     *
     * @param usage the command as it is to be typed: {@code swap NAME STRATEGY [--save]}
     * @throws CommandFailure too few, too many, or an option that the command does not have; {@code --help} says where
     *     help is
     */
    public static Words of(String usage, int least, int most, String... words) throws CommandFailure {
        Words taken = new Words(usage, List.of(words));
        for (String word : words) {
            if (word.equals("--help")) {
                throw new CommandFailure("usage: " + usage + "; 'pinion:help " + usage.split(" ")[0] + "' explains it");
            }
            if (word.startsWith("-") && word.length() > 1) {
                throw taken.failure("unknown option " + word);
            }
        }
        if (words.length < least) {
            throw taken.failure("something is missing");
        }
        if (words.length > most) {
            throw taken.failure("'" + words[most] + "' is too much");
        }
        return taken;
    }

    /** {@return the word at an index from 0} */
    public String get(int index) {
        return words.get(index);
    }

    /** {@return the word at an index from 0, or what is meant without one} */
    public String get(int index, String otherwise) {
        return index < words.size() ? words.get(index) : otherwise;
    }

    /** {@return whether there are no words} */
    public boolean isEmpty() {
        return words.isEmpty();
    }

    /** {@return how to say that the command was typed wrongly} */
    public CommandFailure failure(String what) {
        return new CommandFailure(what + "; usage: " + usage);
    }
}

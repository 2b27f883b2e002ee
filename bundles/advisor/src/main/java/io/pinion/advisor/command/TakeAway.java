package io.pinion.advisor.command;

import io.pinion.advisor.Advice;
import io.pinion.shell.text.CommandFailure;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/**
 * Something to take away: a file, and how an advice reads in it.
 *
 * @param option what it was asked for by
 * @param file which file
 * @param form what an advice is in it
 */
record TakeAway(String option, Path file, Function<Advice, String> form) {
    /**
     * {@return what is asked for; empty when the name is}
     *
     * @param directory from where the name counts
     * @throws CommandFailure when there can be no such file: better before it is measured than after
     */
    static Optional<TakeAway> of(String option, Path directory, String name, Function<Advice, String> form)
            throws CommandFailure {
        if (name.isEmpty()) {
            return Optional.empty();
        }
        try {
            Path file = directory.resolve(name).toAbsolutePath();
            Path parent = file.getParent();
            if (Files.isDirectory(file) || parent == null || !Files.isDirectory(parent)) {
                throw new CommandFailure(
                        "advise: " + option + " " + name + ": allowed: a file, in a directory that is there");
            }
            if (!Files.isWritable(Files.exists(file) ? file : parent)) {
                throw new CommandFailure("advise: " + option + " " + name + ": this process may not write there");
            }
            return Optional.of(new TakeAway(option, file, form));
        } catch (InvalidPathException e) {
            throw new CommandFailure("advise: " + option + " " + name + ": " + e.getReason(), e);
        }
    }

    /** Writes it; what the file held is gone. {@return a line that says so} */
    String write(Advice advice) throws CommandFailure {
        try {
            Files.writeString(file, form.apply(advice));
            return option.substring(2) + ": " + file;
        } catch (FileSystemException e) {
            throw new CommandFailure("advise: " + file + " was not written: " + e.getReason(), e);
        } catch (IOException e) {
            throw new CommandFailure("advise: " + file + " was not written: " + e.getMessage(), e);
        }
    }
}

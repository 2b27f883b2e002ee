package io.pinion.advisor.auto;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** What the kernel accounts this process for having had read from storage, proc_pid_io(5). */
final class ProcessStorage implements Watch.Storage {
    private static final String KEY = "read_bytes: ";

    private final Path file;

    ProcessStorage(Path file) {
        this.file = file;
    }

    @Override
    public OptionalLong readBytes() {
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> line.startsWith(KEY))
                    .mapToLong(line -> Long.parseLong(line.substring(KEY.length())))
                    .findFirst();
        } catch (IOException | NumberFormatException e) {
            // A kernel without task accounting.
            return OptionalLong.empty();
        }
    }
}

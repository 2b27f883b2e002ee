package io.pinion.launcher;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** The right to be the one Pinion that runs on a data directory. It ends with the process, however that ends. */
final class Instance {
    private final FileChannel channel;

    private Instance(FileChannel channel) {
        this.channel = channel;
    }

    /** {@return the right; empty while another process has it} */
    static Optional<Instance> claim(Home home) throws IOException {
        FileChannel channel = FileChannel.open(file(home), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock();
        if (lock == null) {
            channel.close();
            return Optional.empty();
        }
        channel.truncate(0);
        channel.write(StandardCharsets.US_ASCII.encode(ProcessHandle.current().pid() + "\n"));
        return Optional.of(new Instance(channel));
    }

    /** {@return the process that has the right, for a message; it may have ended since} */
    static String holder(Home home) throws IOException {
        return Files.readString(file(home)).strip();
    }

    private static Path file(Home home) {
        return home.data().resolve("instance.lock");
    }
}

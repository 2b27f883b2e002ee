package io.example.sealed;

import io.pinion.strategy.Access;
import io.pinion.strategy.Handover;
import io.pinion.strategy.IoChannel;
import io.pinion.strategy.OpenOptions;
import io.pinion.strategy.PositionalChannel;
import io.pinion.strategy.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Random;

/** A directory of encrypted files, and the key to them. */
final class SealedFiles {
    private final Path directory;
    private final Path key;

    SealedFiles(Path directory) throws IOException {
        this.directory = directory;
        key = newKey(1);
    }

    SealedStrategy strategy() {
        return new SealedStrategy(key);
    }

    Path newKey(long seed) throws IOException {
        byte[] bytes = new byte[32];
        new Random(seed).nextBytes(bytes);
        Path file = Files.createTempFile(
                directory,
                "key",
                "",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.write(file, bytes);
    }

    /** {@return a new target of so many zeroes} */
    Target create(long size) throws IOException {
        Target target = Target.parse(SealedStrategy.SCHEME + ":" + Files.createTempFile(directory, "target", ""));
        try (IoChannel channel = strategy().open(target, OpenOptions.of(Access.READ_WRITE))) {
            channel.begin(Handover.first().created(size));
        }
        return target;
    }

    /** {@return a channel that has begun} */
    PositionalChannel open(Target target) throws IOException {
        IoChannel channel = strategy().open(target, OpenOptions.of(Access.READ_WRITE));
        channel.begin(Handover.first());
        return (PositionalChannel) channel;
    }

    static Path path(Target target) {
        return Path.of(target.rest());
    }
}

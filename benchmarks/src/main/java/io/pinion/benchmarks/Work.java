package io.pinion.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;

/** Where benchmarks keep their files: on a disk, not in memory. */
public final class Work {
    private static final int PART = 1 << 20;
    private static final Random RANDOM = new Random(1);

    private Work() {}

    /** {@return the folder of system property pinion.benchmarks.directory, else target/work} */
    public static Path directory() throws IOException {
        return Files.createDirectories(Path.of(System.getProperty("pinion.benchmarks.directory", "target/work")));
    }

    /** Writes the file in full, with bytes that compress badly. */
    public static void fill(Path file, long size) throws IOException {
        byte[] random = new byte[PART];
        RANDOM.nextBytes(random);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            for (long at = 0; at < size; ) {
                at += channel.write(ByteBuffer.wrap(random, 0, (int) Math.min(PART, size - at)), at);
            }
            channel.force(true);
        }
    }
}

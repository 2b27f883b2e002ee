package io.pinion.direct;

import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pinion.linux.SystemCalls;
import io.pinion.strategy.Access;
import io.pinion.strategy.ChannelQueue;
import io.pinion.strategy.Examination;
import io.pinion.strategy.Handover;
import io.pinion.strategy.OpenOptions;
import io.pinion.strategy.PositionalChannel;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.Target;
import io.pinion.strategy.TransferFlags;
import io.pinion.strategy.TransferMeter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;

/** A file on the disk, and a channel that has begun on it. */
final class DirectFile implements AutoCloseable {
    static final int BLOCK = 4096;

    final Path path;
    final TransferMeter meter = new TransferMeter();
    final DirectStrategy strategy;
    final PositionalChannel channel;

    DirectFile(Path path, SystemCalls calls, Map<String, Object> settings, int size) throws IOException {
        this.path = path;
        Files.write(path, content(size, 1));
        strategy = new DirectStrategy(calls, settings);
        Target target = Target.of(path);
        Examination examination = strategy.examine(target);
        assumeTrue(examination.isSuitable(), () -> "needs direct I/O at " + path + ": " + examination.notes());
        channel = (PositionalChannel)
                strategy.open(target, OpenOptions.of(Access.READ_WRITE).withMeter(meter));
        channel.begin(Handover.first());
    }

    DirectFile(Path directory, Map<String, Object> settings, int size) throws IOException {
        this(directory.resolve("file"), new ScriptedCalls().real(), settings, size);
    }

    static byte[] content(int size, long seed) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    /** {@return a direct buffer of that size on a page, and of that many bytes past one} */
    static ByteBuffer aligned(int size, int past) {
        ByteBuffer all = ByteBuffer.allocateDirect(size + past + 2 * BLOCK).alignedSlice(BLOCK);
        return all.slice(past, size);
    }

    static ByteBuffer aligned(byte[] bytes) {
        return aligned(bytes.length, 0).put(bytes).flip();
    }

    int write(byte[] bytes, long position) throws StorageException {
        return channel.write(ByteBuffer.wrap(bytes), position, TransferFlags.NONE);
    }

    int read(ByteBuffer buffer, long position) throws StorageException {
        return channel.read(buffer, position, TransferFlags.NONE);
    }

    /** {@return what another process would read} */
    byte[] seen() throws IOException {
        return Files.readAllBytes(path);
    }

    /** {@return a queue of the channel's own; without io_uring the test is left out} */
    ChannelQueue queue(int depth) {
        try {
            return channel.openQueue(depth).orElseThrow();
        } catch (StorageException e) {
            return abort("needs io_uring: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        channel.close();
    }
}

package io.pinion.advisor.measure;

import io.pinion.advisor.Load;
import io.pinion.shell.text.Units;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.Target;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.SplittableRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that is made for a measurement, full of what no disk compresses, and removed after it. It has its name as long as it
 * lasts: strategies look at the file system by it.
 */
final class Scratch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Scratch.class);
    private static final long USUAL = 256L << 20;
    private static final int PIECE = 1 << 20;
    private static final long FORCED = 16L << 20;
    /** How much of the time to be full in. */
    private static final double PART = 0.15;
    /** How much of what is free it leaves to others. */
    private static final int SHARE = 2;

    private final Path path;
    private final long size;

    private Scratch(Path path, long size) {
        this.path = path;
        this.size = size;
    }

    Path path() {
        return path;
    }

    long size() {
        return size;
    }

    /**
     * {@return such a file: as large as the load's span, or as could be written in a part of the time}
     *
     * @param most how large at most, if that is enough; 0 for any
     * @throws StorageException {@code NO_SPACE}, {@code ACCESS_DENIED}, {@code INTERRUPTED}, {@code TIMEOUT} where all of the time
     *     does not do for the least that is of use, … after which there is none
     */
    static Scratch make(Path directory, Load load, long most, Bounds bounds) throws StorageException {
        int largest = load.sizes().get(load.sizes().size() - 1);
        long least = (long) largest * Place.LEAST_REQUESTS;
        long wanted = Math.max(least, load.span() == 0 ? USUAL : load.span());
        Target target = Target.of(directory);
        Path path = null;
        try {
            long free = Files.getFileStore(directory).getUsableSpace();
            wanted = Math.max(least, Math.min(most == 0 ? wanted : Math.min(wanted, most), free / SHARE));
            if (wanted > free / SHARE) {
                throw Failures.of(
                        Kind.NO_SPACE,
                        target,
                        "a scratch file of " + Units.bytes(least) + " is needed, and " + Units.bytes(free)
                                + " are free, of which half is left to others: make room, or ask for smaller sizes");
            }
            path = Files.createTempFile(directory, ".pinion-advise-", ".scratch");
            long made = fill(path, wanted, least, bounds);
            return new Scratch(path, made);
        } catch (IOException e) {
            delete(path);
            throw StorageException.of(Failures.OPERATION, e).target(target).build();
        } catch (RuntimeException e) {
            delete(path);
            throw e;
        }
    }

    private static long fill(Path path, long wanted, long least, Bounds bounds) throws IOException {
        long enough = bounds.deadline(PART);
        ByteBuffer buffer = ByteBuffer.allocateDirect(PIECE);
        SplittableRandom random = new SplittableRandom();
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            long at = 0;
            while (at < wanted && (at < least || System.nanoTime() - enough < 0)) {
                if (bounds.leftNanos() <= 0) {
                    throw Failures.of(
                            Kind.TIMEOUT,
                            Target.of(path.getParent()),
                            "a scratch file of " + Units.bytes(least) + " is needed, and all of the time did for "
                                    + Units.bytes(at) + " of it: allow more time (--budget), or ask for smaller sizes");
                }
                buffer.clear();
                while (buffer.hasRemaining()) {
                    buffer.putLong(random.nextLong());
                }
                buffer.flip().limit((int) Math.min(PIECE, wanted - at));
                while (buffer.hasRemaining()) {
                    if (Thread.currentThread().isInterrupted()) {
                        throw Failures.interrupted();
                    }
                    at += channel.write(buffer, at);
                }
                if (at % FORCED == 0) {
                    // What only the page cache has tells nothing of how long the rest will take.
                    channel.force(false);
                }
            }
            channel.force(false);
            return at;
        } catch (ClosedByInterruptException e) {
            throw Failures.interrupted();
        }
    }

    @Override
    public void close() {
        delete(path);
    }

    private static void delete(Path path) {
        if (path == null) {
            return;
        }
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            LOG.warn("the scratch file {} could not be removed: {}", path, e.toString());
        }
    }
}

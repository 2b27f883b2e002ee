package io.pinion.demo;

import io.pinion.volume.Volume;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Writes every n-th block of the file, again and again, each time as a new version. Before a block is written again it
 * must still be the version that was acknowledged, whatever happened to the volume since; while the pace allows no write
 * any of its blocks is read and must be that. Ends at the first problem.
 */
final class Writer implements Runnable {
    private static final long NOTHING_TO_READ_NANOS = 100_000;

    private final Source source;
    private final Volume volume;
    private final Tally tally;
    private final BooleanSupplier stopped;
    private final int number;
    private final int writers;
    private final long[] versions;
    private final Pace pace;
    private final BlockReader reader;
    private final AtomicInteger rounds = new AtomicInteger();

    /** @param versions of all blocks; this writer uses its own ones alone, and others read them when it has ended */
    Writer(
            Source source,
            Volume volume,
            Tally tally,
            BooleanSupplier stopped,
            int number,
            int writers,
            long[] versions,
            Pace pace) {
        this.source = source;
        this.volume = volume;
        this.tally = tally;
        this.stopped = stopped;
        this.number = number;
        this.writers = writers;
        this.versions = versions;
        this.pace = pace;
        reader = new BlockReader(source, volume, tally);
    }

    /** {@return how often it has been through all its blocks} */
    int rounds() {
        return rounds.get();
    }

    @Override
    public void run() {
        try {
            while (!stopped.getAsBoolean()) {
                for (int block = number; block < source.blocks() && !stopped.getAsBoolean(); block += writers) {
                    if (!readUntilDue() || !rewrite(block)) {
                        return;
                    }
                }
                if (!stopped.getAsBoolean()) {
                    rounds.incrementAndGet();
                }
            }
        } catch (IOException e) {
            tally.failure(e.getMessage());
        } catch (RuntimeException | Error e) {
            tally.failure(e.toString());
            throw e;
        }
    }

    private boolean readUntilDue() throws IOException {
        int own = (source.blocks() - number + writers - 1) / writers;
        while (!pace.isDue() && !stopped.getAsBoolean()) {
            int block = number + writers * ThreadLocalRandom.current().nextInt(own);
            if (versions[block] == 0) {
                LockSupport.parkNanos(NOTHING_TO_READ_NANOS);
            } else if (!isIntact(block)) {
                return false;
            }
        }
        return true;
    }

    private boolean rewrite(int block) throws IOException {
        if (versions[block] > 0 && !isIntact(block)) {
            return false;
        }
        Frame frame = reader.frame(block);
        int length = source.length(block);
        source.read(block, frame.payload(length));
        ByteBuffer sealed = frame.seal(number, block, versions[block] + 1, length);
        int bytes = volume.write(sealed, Placement.of(block).position(block));
        versions[block]++;
        tally.wrote(bytes);
        pace.wrote(bytes);
        return true;
    }

    private boolean isIntact(int block) throws IOException {
        return reader.read(number, block, versions[block]).isPresent();
    }
}

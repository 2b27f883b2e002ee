package io.pinion.benchmarks.sample;

import io.pinion.benchmarks.plan.Kind;
import io.pinion.benchmarks.plan.Pattern;
import io.pinion.benchmarks.plan.Shape;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.TapeResult;
import io.pinion.volume.TapeDrive;
import java.nio.ByteBuffer;

/** Writes records from the beginning of a tape and flushes, or reads as many. One thread, the caller's. */
final class TapeLoad implements Load {
    private final TapeDrive drive;
    private final boolean writing;
    private final ByteBuffer buffer;
    private final Meter meter;
    private final Meter.Chore beforeReading;
    private final Latencies latencies;
    private final TapeResult result = new TapeResult();
    private final long records;

    /**
     * A tape to be read is written first.
     *
     * @param buffer as long as a record
     * @param beforeReading done aside before each pass of reads
     */
    TapeLoad(Shape shape, TapeDrive drive, ByteBuffer buffer, Meter meter, Meter.Chore beforeReading)
            throws StorageException {
        this.drive = drive;
        this.buffer = buffer;
        this.meter = meter;
        this.beforeReading = beforeReading;
        writing = shape.kind() == Kind.WRITE;
        latencies = meter.latencies();
        records = Pattern.PASS / shape.block();
        if (!writing) {
            write();
            latencies.reset();
        }
    }

    @Override
    public long pass() throws Exception {
        if (writing) {
            write();
        } else {
            meter.aside(beforeReading);
            read();
        }
        return records;
    }

    private void write() throws StorageException {
        drive.rewind(result);
        for (long record = 0; record < records; record++) {
            long begun = latencies.isDue() ? System.nanoTime() : 0;
            drive.write(buffer.clear(), result);
            done(begun);
        }
        drive.flush();
    }

    private void read() throws StorageException {
        drive.rewind(result);
        for (long record = 0; record < records; record++) {
            long begun = latencies.isDue() ? System.nanoTime() : 0;
            drive.read(buffer.clear(), result);
            done(begun);
        }
    }

    private void done(long begun) {
        if (result.outcome() != TapeResult.Outcome.DONE || result.count() != buffer.capacity()) {
            throw new IllegalStateException("expected a record of " + buffer.capacity() + " bytes: " + result);
        }
        if (begun != 0) {
            latencies.add(System.nanoTime() - begun);
        }
    }
}

package io.pinion.volume.tape;

import io.pinion.memory.BufferPool;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.volume.TapeDrive;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Copies a tape to another, record by record: each with its length, each file mark where it was, from where both stand. A
 * thread of its own reads the next record while the caller's writes the one before.
 *
 * <p>It ends at the end of data, after a number of files, when the {@linkplain Observer observer} says so, when the thread is
 * interrupted ({@code INTERRUPTED}), or with a failure. However it ends, what is {@linkplain #copied() copied} is on the target's
 * medium, and the source stands behind that, in front of the first record or mark that was not: to go on, run it again. A
 * failure whose suppressed exceptions say that one of these could not be had is the exception. A place that the source cannot
 * read is so where the source's {@code position()} is afterwards; the message names the record, and what was copied.
 *
 * <p>Both drives must not be used otherwise meanwhile. A source in fixed mode is read block by block; a target in fixed mode takes blocks
 * of its size alone. {@code NO_SPACE} when the target is full, which names the first record that is not on it.
 *
 * <p>To be run by one thread; {@link #copied()} is for any.
 */
public final class TapeCopy {
    private static final String COPY = "copy";
    /** One is read while the other is written. */
    private static final int BUFFERS = 2;

    private final TapeDrive source;
    private final TapeDrive target;
    private final long files;
    private final int recordSize;
    private final Optional<BufferPool> pool;
    private final Observer observer;
    private final Figures figures = new Figures();
    private final AtomicLong fileMarks = new AtomicLong();

    private TapeCopy(Builder values) {
        source = values.source;
        target = values.target;
        files = values.files;
        recordSize = values.recordSize;
        pool = values.pool;
        observer = values.observer;
    }

    /** What a copy ended with. */
    public enum End {
        /** The source has no more. */
        END_OF_DATA,
        /** As many files were copied, each with its mark, as were wanted. */
        FILES,
        /** The observer wanted no more. */
        STOPPED
    }

    /**
     * What was copied, in all runs together.
     *
     * @param records how many records
     * @param fileMarks how many file marks
     * @param bytes how many bytes are in the records
     */
    public record Copied(long records, long fileMarks, long bytes) {}

    /** Watches a copy, on the thread that runs it. */
    @FunctionalInterface
    public interface Observer {
        /** {@return whether to go on} Called after each record and mark, with what was copied so far. */
        boolean goesOn(long records, long fileMarks, long bytes);
    }

    /** {@return a builder for a copy of the tape in this drive to the one in that} */
    public static Builder between(TapeDrive source, TapeDrive target) {
        return new Builder(source, target);
    }

    /** {@return what was copied} Any thread. */
    public Copied copied() {
        return new Copied(figures.records(), fileMarks.get(), figures.bytes());
    }

    /**
     * Copies from where both tapes stand.
     *
     * @return why it ended
     * @throws StorageException as the class says
     */
    public End run() throws StorageException {
        // Of blocks, one at a time: several would arrive as one record.
        int size = source.status().blockSize() == 0 ? recordSize : 1;
        TapeWriter writer = new TapeWriter(target, figures);
        ReadAhead ahead = new ReadAhead(new TapeReader(source, size), BUFFERS, pool, files);
        try {
            return copy(ahead, writer);
        } finally {
            ahead.stop();
            ahead.release();
        }
    }

    private End copy(ReadAhead ahead, TapeWriter writer) throws StorageException {
        try {
            End end = move(ahead, writer);
            writer.flush();
            ahead.stop();
            ahead.back();
            return end;
        } catch (StorageException e) {
            Copied copied = copied();
            String detail = e.detail() + "; copied are records=" + copied.records() + " fileMarks=" + copied.fileMarks()
                    + " bytes=" + copied.bytes();
            StorageException failure = Failed.of(e.kind(), e, e.operation(), detail);
            also(failure, writer::flush);
            ahead.stop();
            also(failure, ahead::back);
            throw failure;
        }
    }

    private static void also(StorageException failure, Interrupts.Step step) {
        try {
            Interrupts.aside(step);
        } catch (StorageException e) {
            failure.addSuppressed(e);
        }
    }

    private End move(ReadAhead ahead, TapeWriter writer) throws StorageException {
        long last = files == Long.MAX_VALUE ? Long.MAX_VALUE : fileMarks.get() + files;
        while (true) {
            if (Thread.currentThread().isInterrupted()) {
                throw Failed.interrupted(COPY);
            }
            RecordSlot slot = ahead.next();
            switch (slot.content()) {
                case RECORD:
                    write(slot.buffer(), writer);
                    break;
                case FILE_MARK:
                    writer.writeFileMarks(1);
                    fileMarks.incrementAndGet();
                    break;
                case END_OF_DATA:
                    return End.END_OF_DATA;
                default:
                    throw slot.failure();
            }
            ahead.used();
            if (!observer.goesOn(figures.records(), fileMarks.get(), figures.bytes())) {
                return End.STOPPED;
            }
            if (fileMarks.get() == last) {
                return End.FILES;
            }
        }
    }

    private static void write(ByteBuffer record, TapeWriter writer) throws StorageException {
        boolean written = false;
        try {
            writer.write(record);
            written = true;
        } finally {
            if (!written) {
                // As if nobody had used it: it is gone back over.
                record.rewind();
            }
        }
    }

    /** Collects what a copy is to be like. Not for use by several threads. */
    public static final class Builder {
        private final TapeDrive source;
        private final TapeDrive target;
        private long files = Long.MAX_VALUE;
        private int recordSize = StreamOptions.RECORD_SIZE;
        private Optional<BufferPool> pool = Optional.empty();
        private Observer observer = (records, fileMarks, bytes) -> true;

        private Builder(TapeDrive source, TapeDrive target) {
            this.source = Objects.requireNonNull(source);
            this.target = Objects.requireNonNull(target);
        }

        /** Copies so many files at most, each up to its mark and with that; all up to the end of data, where this is not called. */
        public Builder files(long count) {
            files = count;
            return this;
        }

        /** How long records are thought to be, for the first buffers; 1 MiB where this is not called. */
        public Builder recordSize(int bytes) {
            recordSize = bytes;
            return this;
        }

        /** Where the buffers are leased; without, the copy makes direct buffers of its own. */
        public Builder pool(BufferPool from) {
            pool = Optional.of(from);
            return this;
        }

        /** Who watches, and may stop it. */
        public Builder observer(Observer watching) {
            observer = Objects.requireNonNull(watching);
            return this;
        }

        /**
         * {@return the copy, to be run} Moves nothing.
         *
         * @throws StorageException {@code INVALID_ARGUMENT} for numbers that are not positive, or one drive given twice
         */
        public TapeCopy build() throws StorageException {
            if (files <= 0 || recordSize <= 0) {
                throw invalid("files=" + files + " and recordSize=" + recordSize + " must be positive");
            }
            if (source == target) {
                throw invalid("drive " + source.name() + " is source and target; a copy needs two");
            }
            return new TapeCopy(this);
        }

        private static StorageException invalid(String detail) {
            return StorageException.of(Kind.INVALID_ARGUMENT, COPY, detail).build();
        }
    }
}

package io.pinion.volume.tape;

import io.pinion.memory.BufferPool;
import io.pinion.strategy.Geometry;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.volume.TapeDrive;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * Writes bytes on tape, in records of one size, from where the tape stands. A thread of its own writes whole records behind
 * the caller, who fills the next; the drive gets each as it was cut, never merged or split.
 *
 * <p><b>Records.</b> All have the {@linkplain Builder#recordSize record size}, but the last, which {@link #close()} writes and
 * which may be shorter. Nothing else cuts a record short, {@link #flush()} neither. In fixed mode the record size must be a
 * multiple of the block size, and so must the sum of all bytes: nothing is padded, and the drive refuses the rest.
 *
 * <p><b>Threads and waits.</b> For one thread at a time; {@link #progress()} for any. The drive must not be used otherwise until the
 * stream is closed. A call waits for the writing thread as long as the drive takes for its operation, which is the only bound
 * that there is ({@link io.pinion.strategy.TapeChannel}), times the number of buffers. An interrupt ends such a wait of a write or flush
 * with {@code INTERRUPTED}, {@link StorageException#transferred()} tells how many bytes of the call were taken, and the stream goes on
 * with the next call; {@code close} goes on waiting, because the drive cannot be stopped, and leaves the flag set. While tapes are
 * changed, and the next one is asked for, an interrupt ends the stream.
 *
 * <p><b>Errors.</b> A record that fails behind is told by the next call, and by each one after it: nothing more gets on the tape. The
 * {@link StorageException} has the drive's kind and sense data; its message names the record, counted from 1, where it was to be, and
 * how many records are known to be on the medium; its offset is the record's first byte in the stream, its length the record's. A
 * failure that is {@linkplain StorageException#isDeferred() deferred} is of records since those. {@code TARGET_CHANGED} when somebody
 * else moved the tape.
 *
 * <p><b>The end of a tape.</b> Without {@link Builder#next} a full tape is {@code NO_SPACE}, which names the first record that is
 * not on it; those before it are, and no mark is behind them. {@link TapeProgress#nearEnd()} tells earlier. With it the stream goes on on the
 * next tape once the drive gives its early warning, and {@link TapeLabel} says what is on the tapes then. A record is written on the
 * next tape if the tape did not move for it; if that is not known the stream has failed, with {@code POSITION_UNKNOWN}, rather than lose or
 * double a record.
 */
public final class TapeOutputStream extends OutputStream {
    private static final ByteBuffer NONE = ByteBuffer.allocate(0);

    private final WriteBehind behind;
    private final Figures figures;
    private ByteBuffer record = NONE;
    private boolean closed;

    private TapeOutputStream(WriteBehind behind, Figures figures) {
        this.behind = behind;
        this.figures = figures;
    }

    /** {@return a builder for a stream to the tape in this drive} */
    public static Builder to(TapeDrive drive) {
        return new Builder(drive);
    }

    @Override
    public void write(int value) throws StorageException {
        begin();
        record.put((byte) value);
        end();
    }

    /** Throws as the class says. Whatever remains of the array when the call fails is not taken. */
    @Override
    public void write(byte[] bytes, int offset, int length) throws StorageException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        int taken = 0;
        try {
            while (taken < length) {
                begin();
                int part = Math.min(length - taken, record.remaining());
                record.put(bytes, offset + taken, part);
                taken += part;
                end();
            }
        } catch (StorageException e) {
            throw e.kind() == Kind.INTERRUPTED ? e.afterTransferring(taken) : e;
        }
    }

    private void begin() throws StorageException {
        if (closed) {
            throw Failed.closed("write");
        }
        behind.check();
        if (!record.hasRemaining()) {
            record = behind.empty();
        }
    }

    private void end() throws StorageException {
        if (!record.hasRemaining()) {
            put();
        }
    }

    private void put() throws StorageException {
        ByteBuffer filled = record;
        record = NONE;
        behind.put(filled);
    }

    /**
     * Puts all whole records on the medium, and waits for that. What is left of an unfinished record stays in memory, so a flush
     * acknowledges {@link TapeProgress#recordsOnMedium()} and no byte behind them. A drive that streams stops for it, which takes
     * seconds: flush seldom. Without whole records since the last flush there is nothing to do.
     */
    @Override
    public void flush() throws StorageException {
        if (closed) {
            throw Failed.closed("flush");
        }
        behind.flush();
    }

    /**
     * Writes the last record and a file mark, or flushes where none is wanted; ends a set with its trailer. All is on the medium
     * then, and the tape stands behind the last mark. When that fails, or anything had failed before, it says so, and the
     * buffers are given back all the same. Further calls do nothing.
     */
    @Override
    public void close() throws StorageException {
        if (closed) {
            return;
        }
        closed = true;
        try {
            behind.check();
            if (record.position() > 0) {
                put();
            }
            Interrupts.aside(behind::finish);
        } finally {
            behind.release();
        }
    }

    /**
     * Ends the stream without the last record, mark or trailer, for data that turned out not to be whole: {@link #close()} would make them
     * look so. Waits for the record in the drive's hand; the buffers that follow are dropped. {@link #progress()} tells what is on
     * tape. Does nothing once the stream is closed, as {@code close} does nothing from now on.
     */
    public void abandon() {
        if (!closed) {
            closed = true;
            behind.release();
        }
    }

    /** {@return how far the tape has come} Any thread; after the end, too. */
    public TapeProgress progress() {
        return figures.progress();
    }

    /** Collects what a stream is to be like. Not for use by several threads. */
    public static final class Builder {
        private final TapeDrive drive;
        private int recordSize = StreamOptions.RECORD_SIZE;
        private boolean recordSizeGiven;
        private int buffers = StreamOptions.BUFFERS;
        private Optional<BufferPool> pool = Optional.empty();
        private boolean fileMark = true;
        private Optional<NextTape> next = Optional.empty();
        private UUID set = UUID.randomUUID();
        private String setName = "";

        private Builder(TapeDrive drive) {
            this.drive = Objects.requireNonNull(drive);
        }

        /** How many bytes a record has; 1 MiB, or the drive's largest when that is less, where this is not called. */
        public Builder recordSize(int bytes) {
            recordSize = bytes;
            recordSizeGiven = true;
            return this;
        }

        /** How many records are in memory at most, from 2 on; 4 where this is not called. */
        public Builder buffers(int count) {
            buffers = count;
            return this;
        }

        /** Where the buffers are leased; without, the stream makes direct buffers of its own. */
        public Builder pool(BufferPool from) {
            pool = Optional.of(from);
            return this;
        }

        /** Leaves out the file mark at the end: the next stream's records follow in the same file. Not of a set. */
        public Builder withoutFileMark() {
            fileMark = false;
            return this;
        }

        /** Writes a set of tapes: the first from where it stands, those that are given then from their beginnings. */
        public Builder next(NextTape from) {
            next = Optional.of(from);
            return this;
        }

        /** Which set it is, for {@link #next}; one of its own where this is not called. */
        public Builder set(UUID id) {
            set = Objects.requireNonNull(id);
            return this;
        }

        /**
         * What people call the set.
         *
         * @throws IllegalArgumentException as {@link TapeLabel}
         */
        public Builder setName(String name) {
            LabelText.checkName(name, TapeLabel.LONGEST_NAME);
            setName = name;
            return this;
        }

        /**
         * {@return the stream} Moves nothing; of a set, writes the label and its mark.
         *
         * @throws StorageException {@code INVALID_ARGUMENT} for a size that the drive does not take, or a set in fixed mode; {@code
         *     READ_ONLY}; {@code MEMORY_LIMIT} or {@code NO_RESOURCES} for buffers that are not to be had; or as the drive fails
         */
        public TapeOutputStream open() throws StorageException {
            if (!drive.access().canWrite()) {
                String detail = "drive " + drive.name() + " has access=" + drive.access() + "; set access=read-write";
                throw StorageException.of(Kind.READ_ONLY, "open", detail).build();
            }
            StreamOptions.checkBuffers(buffers);
            Geometry geometry = drive.geometry();
            int size = recordSizeGiven ? recordSize : StreamOptions.defaultRecordSize(geometry);
            StreamOptions.checkRecordSize(size, geometry, drive.status().blockSize());
            Figures figures = new Figures();
            Ending ending = next.isPresent()
                    ? new WrittenSet(set, setName, size, figures, next.get())
                    : new FileMarks(figures, fileMark);
            WriteBehind behind = new WriteBehind(ending, buffers, size, pool);
            try {
                behind.begin(drive);
            } catch (StorageException | RuntimeException | Error e) {
                behind.release();
                throw e;
            }
            return new TapeOutputStream(behind, figures);
        }
    }
}

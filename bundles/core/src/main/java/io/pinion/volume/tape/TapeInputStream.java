package io.pinion.volume.tape;

import io.pinion.memory.BufferPool;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.TapeResult.Outcome;
import io.pinion.volume.TapeDrive;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * Reads the bytes of a file on tape, whatever lengths its records have, from where the tape stands to behind the next file mark, or to
 * the end of data. A thread of its own reads whole records ahead of the caller.
 *
 * <p><b>Where the tape is afterwards.</b> At the end of the file, once a read has returned -1: behind the mark ({@link #end()}
 * tells whether there was one). Closed earlier: in front of the first record of which no byte was read, or of the mark, as if nothing had
 * been read ahead; {@link #close()} moves it back, and says so when it could not. After a failure: where the exception says. Opening
 * moves nothing, except for a set of tapes, whose label is read.
 *
 * <p><b>Records.</b> A record longer than the buffers is read again with larger ones, which stay so, up to the drive's largest.
 * In fixed mode one of another length than the blocks is {@code IO_ERROR}, and the tape in front of it.
 *
 * <p><b>Threads and waits.</b> For one thread at a time; {@link #progress()} for any. The drive must not be used otherwise until the
 * stream is closed. A read waits as long as the drive takes for its operation, which is the only bound that there is ({@link
 * io.pinion.strategy.TapeChannel}). An interrupt ends the wait with {@code INTERRUPTED}, no byte is lost, and the stream goes on
 * with the next call. While tapes are changed, and the next one is asked for, an interrupt ends the stream.
 *
 * <p><b>Errors.</b> What fails comes after all bytes before it, from then on with every read. The {@link StorageException} has the
 * drive's kind and sense data, its message names the record, counted from 1. {@code UNSUPPORTED} for a record that is longer
 * than the drive can read; {@code TARGET_CHANGED} when somebody else moved the tape.
 *
 * <p><b>Sets of tapes.</b> With {@link Builder#next} it reads what {@link TapeOutputStream} wrote so: {@link TapeLabel} says how.
 * Each tape's label is verified before the first record. Another tape is {@code WRONG_MEDIUM}, which names what it is and what is
 * wanted, and the callback may offer another. A set that ends early is {@code END_OF_DATA}, and a tape that has not what its trailer
 * says {@code MEDIUM_ERROR}.
 */
public final class TapeInputStream extends InputStream {
    private static final ByteBuffer NONE = ByteBuffer.allocate(0);

    private final ReadAhead ahead;
    private final Optional<ReadSet> set;
    private final Figures figures;
    private ByteBuffer record = NONE;
    private boolean inUse;
    private Optional<Outcome> end = Optional.empty();
    private StorageException failure;
    private boolean closed;

    private TapeInputStream(ReadAhead ahead, Optional<ReadSet> set, Figures figures) {
        this.ahead = ahead;
        this.set = set;
        this.figures = figures;
    }

    /** {@return a builder for a stream from the tape in this drive} */
    public static Builder from(TapeDrive drive) {
        return new Builder(drive);
    }

    @Override
    public int read() throws StorageException {
        return fill() ? record.get() & 0xff : -1;
    }

    /** Reads what is left of a record at most. */
    @Override
    public int read(byte[] bytes, int offset, int length) throws StorageException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int part = Math.min(length, record.remaining());
        record.get(bytes, offset, part);
        return part;
    }

    /** {@return how many bytes are left of the record that is being read} */
    @Override
    public int available() {
        return record.remaining();
    }

    /** Comes to the next byte. {@return whether there is one} */
    private boolean fill() throws StorageException {
        if (closed) {
            throw Failed.closed("read");
        }
        while (!record.hasRemaining()) {
            if (failure != null) {
                throw Failed.again(failure);
            }
            if (end.isPresent()) {
                return false;
            }
            advance();
        }
        return true;
    }

    private void advance() throws StorageException {
        if (inUse) {
            record = NONE;
            inUse = false;
            ahead.used();
        }
        RecordSlot slot = ahead.next();
        switch (slot.content()) {
            case RECORD:
                inUse = true;
                record = slot.buffer();
                figures.record(record.remaining());
                figures.flushed();
                break;
            case FAILURE:
                failure = slot.failure();
                break;
            default:
                ended(slot.content());
        }
    }

    private void ended(RecordSlot.Content content) throws StorageException {
        Optional<TapeReader> next = Optional.empty();
        if (set.isPresent()) {
            try {
                next = set.get().next(ahead.tape(), content);
            } catch (StorageException e) {
                failure = e;
                return;
            } catch (RuntimeException | Error e) {
                failure = Failed.fault("read", e);
                return;
            }
        }
        if (next.isPresent()) {
            ahead.goOn(next.get());
        } else {
            end = Optional.of(content == RecordSlot.Content.FILE_MARK ? Outcome.FILE_MARK : Outcome.END_OF_DATA);
        }
    }

    /** {@return what the file ended with, {@code FILE_MARK} or {@code END_OF_DATA}, once a read has returned -1} */
    public Optional<Outcome> end() {
        return end;
    }

    /** {@return how far the application has come} Any thread; after the end, too. */
    public TapeProgress progress() {
        return figures.progress();
    }

    /**
     * Ends the stream, with the tape where the class says; waits for what the drive has in hand, also when interrupted. Further calls do
     * nothing.
     *
     * @throws StorageException when the tape could not be moved back in front of what was not read: it is elsewhere, or nobody knows
     *     where
     */
    @Override
    public void close() throws StorageException {
        if (closed) {
            return;
        }
        closed = true;
        record = NONE;
        ahead.stop();
        try {
            if (end.isEmpty() && failure == null) {
                Interrupts.aside(ahead::back);
            }
        } finally {
            ahead.release();
        }
    }

    /** Collects what a stream is to be like. Not for use by several threads. */
    public static final class Builder {
        private final TapeDrive drive;
        private int recordSize = StreamOptions.RECORD_SIZE;
        private int buffers = StreamOptions.BUFFERS;
        private Optional<BufferPool> pool = Optional.empty();
        private Optional<NextTape> next = Optional.empty();
        private Optional<UUID> set = Optional.empty();

        private Builder(TapeDrive drive) {
            this.drive = Objects.requireNonNull(drive);
        }

        /** How long records are thought to be, for the first buffers; 1 MiB where this is not called. */
        public Builder recordSize(int bytes) {
            recordSize = bytes;
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

        /** Reads a set of tapes: the first from where it stands, those that are given then from their beginnings. */
        public Builder next(NextTape from) {
            next = Optional.of(from);
            return this;
        }

        /** Which set it has to be, for {@link #next}; any where this is not called. */
        public Builder set(UUID id) {
            set = Optional.of(id);
            return this;
        }

        /**
         * {@return the stream}
         *
         * @throws StorageException {@code INVALID_ARGUMENT}; {@code WRONG_MEDIUM} and others for the first tape of a set, when the
         *     callback gave none; {@code MEMORY_LIMIT} or {@code NO_RESOURCES} for buffers that are not to be had; or as the
         *     drive fails
         */
        public TapeInputStream open() throws StorageException {
            StreamOptions.checkBuffers(buffers);
            if (recordSize <= 0) {
                throw StorageException.of(
                                Kind.INVALID_ARGUMENT, "open", "recordSize=" + recordSize + " is not positive")
                        .build();
            }
            Figures figures = new Figures();
            Optional<ReadSet> tapes = next.map(from -> new ReadSet(set, recordSize, figures, from));
            TapeReader tape = tapes.isPresent() ? tapes.get().first(drive) : new TapeReader(drive, recordSize);
            return new TapeInputStream(new ReadAhead(tape, buffers, pool, 1), tapes, figures);
        }
    }
}

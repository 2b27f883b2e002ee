package io.pinion.strategy;

import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The one failure of Pinion. The message names the values, the violated relation and the remedy; the fields say the same
 * to programs. {@link #transferred()} tells how much of a failed transfer was done, in order from its start: that much
 * is valid (a read) or written (a write), what follows is not known.
 */
public final class StorageException extends IOException {
    private static final long serialVersionUID = 1;

    /** What went wrong. More kinds will come: a reader needs a default branch. */
    public enum Kind {
        /** A value that no state of the target would make right: a negative offset, a read-only buffer to read into. */
        INVALID_ARGUMENT,
        /** The target does not exist. */
        NOT_FOUND,
        /** The operating system does not permit it. */
        ACCESS_DENIED,
        /** The target is of the wrong sort: a directory, a rewinding tape device. */
        WRONG_TYPE,
        /** The target, or the volume's configuration, allows reading alone. */
        READ_ONLY,
        /** Somebody else holds a claim on the same bytes. */
        IN_USE,
        /** The file system, the quota or the medium is full. */
        NO_SPACE,
        /** The driver, or the target, cannot do this. */
        UNSUPPORTED,
        /** The device or the file system reports an I/O error. */
        IO_ERROR,
        /** The medium cannot be read or written at this place. */
        MEDIUM_ERROR,
        /** The data and the protection information that goes with it (T10 PI) do not match. */
        PROTECTION_ERROR,
        /** The device is gone, or what it held: it was pulled out, its medium was changed, its number is another's. */
        REMOVED,
        /** A medium is there, and it is another than was asked for: not the tape of the set whose turn it is. */
        WRONG_MEDIUM,
        /** The file was changed by someone else in a way that the operation cannot repair, or the device shrank. */
        TARGET_CHANGED,
        /** A flush failed, now or earlier: acknowledged data may be lost until the volume is reopened accepting it. */
        FLUSH_FAILED,
        /** More memory than the budget or RLIMIT_MEMLOCK allows would have to be locked. */
        MEMORY_LIMIT,
        /** No memory or other resource of the process or the kernel is left. */
        NO_RESOURCES,
        /** Nothing serves the volume (now), and the time to wait for it is over. */
        UNAVAILABLE,
        /** The volume, queue or channel is closed. */
        CLOSED,
        /** The queue holds as many operations as it has room for. */
        QUEUE_FULL,
        /** The call belongs to another thread: a queue is its owner's. */
        WRONG_THREAD,
        /** A bounded wait came to its end. */
        TIMEOUT,
        /** The calling thread was interrupted while it waited; its interrupt flag is set. */
        INTERRUPTED,
        /** A driver broke its contract: it threw, lied about a length or completed twice. */
        STRATEGY_FAULT,
        /** The operation was cancelled before it was done. */
        CANCELLED,
        /** A place was asked for beyond the last record of the tape. */
        END_OF_DATA,
        /** Where the tape stands is not known; reposition (rewind, locate, space to end of data) first. */
        POSITION_UNKNOWN,
        /** No tape or other medium is there, nothing is connected, or the drive is not ready. */
        NOT_READY
    }

    private final Kind kind;
    private final String operation;
    private final String detail;
    private final String target;
    private final String strategy;
    private final long offset;
    private final long length;
    private final long transferred;
    private final int errno;
    private final byte[] senseData;
    private final boolean deferred;
    private final boolean bufferKept;
    private final transient TapePosition position;

    private StorageException(Builder b) {
        super(b.message(), b.cause);
        kind = b.kind;
        operation = b.operation;
        detail = b.detail;
        target = b.target;
        strategy = b.strategy;
        offset = b.offset;
        length = b.length;
        transferred = b.transferred;
        errno = b.errno;
        senseData = b.senseData.clone();
        deferred = b.deferred;
        bufferKept = b.bufferKept;
        position = b.position;
    }

    /**
     * Starts an exception.
     *
     * @param operation the word for what was tried: {@code read}, {@code flush}, {@code open} …
     * @param detail a sentence for a person: values, relation, remedy
     */
    public static Builder of(Kind kind, String operation, String detail) {
        return new Builder(kind, operation, detail);
    }

    /**
     * Starts the exception that one of the JDK's is, in kind and words, with that as its cause; of another
     * {@code StorageException} it takes all but where it was: target, strategy, offset and lengths.
     * (A driver whose records are not those of the drive beneath sets its own {@link Builder#position} besides.)
     */
    public static Builder of(String operation, IOException thrown) {
        Kind kind = thrown instanceof StorageException known ? known.kind : JdkFailure.kind(thrown);
        return of(kind, operation, thrown);
    }

    /** Starts an exception of a kind that is known, with the words and the cause that one of the JDK's is. */
    public static Builder of(Kind kind, String operation, IOException thrown) {
        return thrown instanceof StorageException known
                ? of(kind, operation, known.detail, known)
                : of(kind, operation, JdkFailure.words(thrown)).cause(thrown);
    }

    /** Starts an exception in words of its own, with another as its cause, from which it has what the device told. */
    public static Builder of(Kind kind, String operation, String detail, StorageException thrown) {
        return of(kind, operation, detail).deviceValues(thrown).cause(thrown);
    }

    /** {@return this failure as the failure of a longer transfer, of which {@code earlier} bytes had been done before} */
    public StorageException afterTransferring(long earlier) {
        if (earlier == 0) {
            return this;
        }
        return copy().range(offset < 0 ? -1 : offset - earlier, length < 0 ? -1 : length + earlier)
                .transferred(earlier + transferred)
                .build();
    }

    /** {@return this failure with target and strategy filled in where they are empty} */
    public StorageException in(Target on, String by) {
        if (!target.isEmpty() && !strategy.isEmpty()) {
            return this;
        }
        return copy().target(target.isEmpty() ? on.toString() : target)
                .strategy(strategy.isEmpty() ? by : strategy)
                .build();
    }

    /** {@return this failure as that of an operation on a queue, {@linkplain #isBufferKept() whose buffer is kept}} */
    public StorageException keepingBuffer() {
        String remedy = "; kernel or driver may still be using the buffer: take another";
        Builder kept = bufferKept ? copy() : copy(detail + remedy);
        kept.bufferKept = true;
        return kept.build();
    }

    private Builder copy() {
        Builder copy = copy(detail);
        copy.bufferKept = bufferKept;
        return copy;
    }

    private Builder copy(String words) {
        return of(kind, operation, words)
                .deviceValues(this)
                .target(target)
                .strategy(strategy)
                .range(offset, length)
                .transferred(transferred)
                .cause(getCause() == null ? this : getCause());
    }

    /** {@return what went wrong} */
    public Kind kind() {
        return kind;
    }

    /** {@return the sentence for a person, without what the fields say} */
    public String detail() {
        return detail;
    }

    /** {@return what was tried} */
    public String operation() {
        return operation;
    }

    /** {@return on what, as its user wrote it; empty when it concerns none} */
    public String target() {
        return target;
    }

    /** {@return by which strategy; empty when it did not come so far} */
    public String strategy() {
        return strategy;
    }

    /** {@return at which byte; -1 when the operation has no offset} */
    public long offset() {
        return offset;
    }

    /** {@return of how many bytes; -1 when the operation has no length} */
    public long length() {
        return length;
    }

    /** {@return how many bytes were done, in order from the start, before it failed} */
    public long transferred() {
        return transferred;
    }

    /** {@return the operating system's error number (errno(3)), where it gave one} */
    public OptionalInt errno() {
        return errno == 0 ? OptionalInt.empty() : OptionalInt.of(errno);
    }

    /** {@return the device's sense data (SPC-4, 4.5), where it gave some} */
    public Optional<byte[]> senseData() {
        return senseData.length == 0 ? Optional.empty() : Optional.of(senseData.clone());
    }

    /** {@return whether it concerns earlier records, which a tape drive had taken and not yet written} */
    public boolean isDeferred() {
        return deferred;
    }

    /**
     * {@return whether kernel or driver may still be using the buffer of the queued operation that failed} A read may then
     * change it at any time, and what is put into it may be written. It never becomes the caller's again: take another, and
     * close its lease if it has one. Pinion keeps it, and the lease, until they are done with it. Without this, or outside
     * a queue, a buffer is its caller's again with the failure.
     */
    public boolean isBufferKept() {
        return bufferKept;
    }

    /** {@return the last position that is known to be on the medium, of a failed flush of a tape} */
    public Optional<TapePosition> position() {
        return Optional.ofNullable(position);
    }

    /** Collects the values of a {@link StorageException}. Not for use by several threads. */
    public static final class Builder {
        private final Kind kind;
        private final String operation;
        private final String detail;
        private String target = "";
        private String strategy = "";
        private long offset = -1;
        private long length = -1;
        private long transferred;
        private int errno;
        private byte[] senseData = {};
        private boolean deferred;
        private boolean bufferKept;
        private TapePosition position;
        private Throwable cause;

        private Builder(Kind kind, String operation, String detail) {
            this.kind = Objects.requireNonNull(kind);
            this.operation = Objects.requireNonNull(operation);
            this.detail = Objects.requireNonNull(detail);
        }

        /** On what. */
        public Builder target(Target on) {
            return target(on.toString());
        }

        /** On what, as its user wrote it. */
        public Builder target(String on) {
            target = Objects.requireNonNull(on);
            return this;
        }

        /** By which strategy. */
        public Builder strategy(String name) {
            strategy = Objects.requireNonNull(name);
            return this;
        }

        /** Where and how much, in bytes. */
        public Builder range(long atOffset, long ofLength) {
            offset = atOffset;
            length = ofLength;
            return this;
        }

        /** How much was done, in bytes from the start. */
        public Builder transferred(long bytes) {
            transferred = bytes;
            return this;
        }

        /** The operating system's error number. */
        public Builder errno(int number) {
            errno = number;
            return this;
        }

        /** The device's sense data. */
        public Builder senseData(byte[] bytes) {
            senseData = bytes.clone();
            return this;
        }

        /** It concerns earlier records. */
        public Builder deferred() {
            deferred = true;
            return this;
        }

        /** The last position that is known to be on the medium. */
        public Builder position(TapePosition known) {
            position = Objects.requireNonNull(known);
            return this;
        }

        /** What it came from. */
        public Builder cause(Throwable thrown) {
            cause = thrown;
            return this;
        }

        /** What system and device told with another failure. */
        private Builder deviceValues(StorageException known) {
            errno = known.errno;
            senseData = known.senseData;
            deferred = known.deferred;
            position = known.position;
            return this;
        }

        /** {@return the exception} */
        public StorageException build() {
            return new StorageException(this);
        }

        private String message() {
            StringBuilder text = new StringBuilder(operation).append(": ").append(detail);
            StringBuilder values = new StringBuilder();
            value(values, "offset", offset < 0 ? "" : offset);
            value(values, "length", length < 0 ? "" : length);
            value(values, "transferred", length < 0 ? "" : transferred);
            value(values, "target", target);
            value(values, "strategy", strategy);
            return values.length() == 0
                    ? text.toString()
                    : text.append(" (").append(values).append(')').toString();
        }

        private static void value(StringBuilder text, String name, Object value) {
            if (!value.equals("")) {
                text.append(text.length() == 0 ? "" : ", ")
                        .append(name)
                        .append('=')
                        .append(value);
            }
        }
    }
}

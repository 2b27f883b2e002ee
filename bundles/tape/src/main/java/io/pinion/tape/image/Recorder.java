package io.pinion.tape.image;

import io.pinion.linux.Errno;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * Writes onto an image, where the tape stands: what was behind is cut off first. Knows what is on stable storage.
 *
 * <p>A record is written in ascending order, a long one by one call: its length, the data, the length again. The file grows as it is
 * written, so that one that was cut off, by the end of the process or of the machine, ends before its second length, and is
 * no record for whoever reads it, by this strategy or by another program. The first length after the data, by a second
 * call, would be no safer: in which order the kernel writes its pages back nobody knows before the flush, and a hole of zeros in
 * its place would read as file marks. What was flushed is in front of all that, and is never written again.
 *
 * <p>For one thread at a time. Allocates nothing for a record; its buffer for those that come from the heap is made once.
 */
final class Recorder {
    private static final int MARKS_AT_ONCE = 1024;

    private final ImageFile file;
    private final Tape tape;
    private final ImageTarget limits;
    private final Bounce bounce;
    private final Gathering gathering;
    private final ByteBuffer head = words(Word.BYTES);
    private final ByteBuffer tail = words(1 + Word.BYTES);

    /** The length of the file, or more: what is not known is cut off to be sure. */
    private long end = Long.MAX_VALUE;

    /** Whether there is something that may not be on stable storage, and from where on. */
    private boolean dirty;

    private Place safe = Place.BEGINNING;

    Recorder(ImageFile file, Tape tape, ImageTarget limits, Bounce bounce, Gathering gathering) {
        this.file = file;
        this.tape = tape;
        this.limits = limits;
        this.bounce = bounce;
        this.gathering = gathering;
    }

    private static ByteBuffer words(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Writes what remains in the buffer as a record. When that fails the buffer is as it was, and nothing of it on the tape. */
    void write(ByteBuffer source) throws StorageException {
        int length = source.remaining();
        if (length > Word.LONGEST_WRITTEN) {
            throw file.failure(
                            Kind.INVALID_ARGUMENT,
                            "write",
                            "a record of " + length + " bytes is longer than maximumRecordSize=" + Word.LONGEST_WRITTEN
                                    + ", the longest that every reader of the format has; write shorter ones")
                    .build();
        }
        begin("write", Word.span(length));
        head.clear().putInt(length).flip();
        tail.clear();
        if ((length & 1) != 0) {
            tail.put((byte) 0);
        }
        tail.putInt(length).flip();
        int start = source.position();
        int limit = source.limit();
        boolean written = false;
        try {
            if (gathering.takes(length, tape.offset(), Word.span(length), limits.capacity())) {
                gather(source);
            } else {
                writeOut("write");
                writeAlone(source);
            }
            written = true;
        } finally {
            source.limit(limit).position(written ? limit : start);
        }
        tape.writtenRecord(Word.span(length));
        end = tape.offset();
    }

    private void gather(ByteBuffer source) throws StorageException {
        try {
            gathering.put(head, source, tail, tape.offset());
        } catch (StorageException e) {
            throw deferred("write", e);
        }
    }

    private void writeAlone(ByteBuffer source) throws StorageException {
        try {
            transfer(source);
        } catch (StorageException | RuntimeException | Error e) {
            undo(e);
            throw e;
        }
    }

    /**
     * Writes out what was gathered, so that the file has it.
     *
     * @throws StorageException {@linkplain StorageException#isDeferred() deferred}: where the tape stands is not known then
     */
    void writeOut(String operation) throws StorageException {
        try {
            gathering.writeOut();
        } catch (StorageException e) {
            throw deferred(operation, e);
        }
    }

    private StorageException deferred(String operation, StorageException e) {
        if (e.kind() == Kind.CLOSED) {
            return e;
        }
        String words = e.detail() + "; this concerns records written before, behind " + safe;
        return file.failure(StorageException.of(e.kind(), operation, words, e))
                .deferred()
                .position(safe.position())
                .build();
    }

    private void transfer(ByteBuffer source) throws StorageException {
        if (source.isDirect()) {
            file.write(head, source, tail, tape.offset());
            return;
        }
        long offset = tape.offset();
        int length = source.remaining();
        while (tail.hasRemaining()) {
            ByteBuffer part = bounce.copyOf(source);
            offset += file.write(head, part, source.hasRemaining() ? ImageFile.NOTHING : tail, offset);
        }
        bounce.count(length);
    }

    /** Writes file marks, all of them or none. */
    void writeFileMarks(int count) throws StorageException {
        begin("writeFileMarks", (long) count * Word.BYTES);
        writeOut("writeFileMarks");
        ByteBuffer marks = ByteBuffer.allocateDirect(Math.min(count, MARKS_AT_ONCE) * Word.BYTES);
        try {
            for (int done = 0; done < count; done += MARKS_AT_ONCE) {
                marks.clear().limit(Math.min(count - done, MARKS_AT_ONCE) * Word.BYTES);
                file.write(ImageFile.NOTHING, marks, ImageFile.NOTHING, tape.offset() + (long) done * Word.BYTES);
            }
        } catch (StorageException | RuntimeException | Error e) {
            undo(e);
            throw e;
        }
        tape.writtenFileMarks(count);
        end = tape.offset();
    }

    /** Cuts off what is behind the tape's place. */
    void erase() throws StorageException {
        begin("erase", 0);
    }

    /** Sees to it that there is room, and nothing behind the tape's place. */
    private void begin(String operation, long bytes) throws StorageException {
        if (bytes > limits.capacity() - tape.offset()) {
            throw file.failure(
                            Kind.NO_SPACE,
                            operation,
                            "the tape is full: of capacity=" + limits.capacity() + " there are "
                                    + Math.max(0, limits.capacity() - tape.offset()) + " bytes left, and " + bytes
                                    + " are needed; go on on another tape, or raise the capacity")
                    .build();
        }
        boolean shortens = end > tape.offset();
        if (shortens || !dirty) {
            // Once a flush, before anything is written behind it; within a stretch each write looks by itself.
            file.requireUnchanged(operation, tape.offset(), Math.max(end, tape.offset()));
        }
        if (!dirty) {
            safe = tape.place();
            dirty = true;
        }
        if (shortens) {
            gathering.drop();
            file.truncate(tape.offset());
            end = tape.offset();
            tape.cut();
        }
    }

    /**
     * Takes away what was written of something that was not written to its end; what stays is torn, and cut off next time. Not when
     * another program has changed the file: that may have appended.
     */
    private void undo(Throwable why) {
        end = Long.MAX_VALUE;
        gathering.drop();
        if (why instanceof StorageException failure && failure.kind() == Kind.TARGET_CHANGED) {
            return;
        }
        try {
            file.truncate(tape.offset());
            end = tape.offset();
        } catch (StorageException e) {
            // What is thrown is why it was not written.
            end = Long.MAX_VALUE;
        }
        tape.cut();
    }

    /** Somebody else has changed the file: how long it is, is not known any more. */
    void forgetEnd() {
        end = Long.MAX_VALUE;
    }

    /** {@return whether the early warning has come} */
    boolean isNearEnd() {
        return tape.offset() > limits.capacity() - limits.earlyWarning();
    }

    /** {@return whether not even the shortest record fits any more} */
    boolean isFull() {
        return limits.capacity() - tape.offset() < Word.span(1);
    }

    /** {@return whether there is something to flush} */
    boolean isDirty() {
        return dirty;
    }

    /** {@return the place behind which what was written may not be on stable storage; empty when nothing was} */
    Optional<Place> safe() {
        return dirty ? Optional.of(safe) : Optional.empty();
    }

    /**
     * Puts what was written on stable storage; when nothing was, what others have left in the page cache.
     *
     * @throws StorageException {@code FLUSH_FAILED}, when something was written with the last position that is known to be there
     */
    void flush() throws StorageException {
        long result;
        try {
            gathering.writeOut();
            if (dirty && end != Long.MAX_VALUE) {
                file.requireUncut("flush", end);
            }
            gathering.trim(end);
            result = file.flush();
        } catch (StorageException e) {
            throw e.kind() == Kind.CLOSED ? e : lost(StorageException.of(Kind.FLUSH_FAILED, "flush", e));
        }
        if (result < 0) {
            String reposition = " rewind, locate or space to the end of data";
            String words = dirty
                    ? "what was written behind " + safe + " may be lost:" + reposition
                            + ", which gives it up, and write it again"
                    : "nothing was written since the last one, and nothing is given up:" + reposition;
            throw lost(Errno.failure(Kind.FLUSH_FAILED, "flush", result, words));
        }
        dirty = false;
    }

    private StorageException lost(StorageException.Builder failure) {
        StorageException.Builder told = file.failure(failure);
        return (dirty ? told.position(safe.position()) : told).build();
    }

    /**
     * After a flush that failed, here or in a predecessor: gives up what is not known to be on stable storage. The kernel keeps such
     * pages as if all were well, and what the device has in their place may read as anything.
     *
     * @throws StorageException {@code TARGET_CHANGED} when the file does not have that any more: there is nothing to give up
     *     then, and no place to go on from
     */
    void giveUpFrom(Place known) throws StorageException {
        gathering.drop();
        if (file.size() < known.offset()) {
            dirty = false;
            end = Long.MAX_VALUE;
            tape.moveTo(Place.BEGINNING);
            tape.cut();
        }
        file.requireUncut("write", known.offset());
        safe = known;
        dirty = true;
        tape.moveTo(known);
        file.truncate(known.offset());
        end = known.offset();
        tape.cut();
        flush();
    }
}

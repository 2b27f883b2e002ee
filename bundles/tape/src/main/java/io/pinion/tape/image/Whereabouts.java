package io.pinion.tape.image;

import io.pinion.strategy.Access;
import io.pinion.strategy.Handover;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.TapePosition;
import io.pinion.strategy.TapePosition.Source;
import java.util.Optional;

/**
 * What a channel knows of its tape: whether it is there, where it stands and in what mode, or that this is lost. Hands
 * it over, and lets nobody read or write who does not know where. For one thread at a time.
 */
final class Whereabouts {
    /** What a successor takes over: a {@link Place}; the one behind which a failed flush is to be made up for; the mode. */
    private static final String PLACE = "tape-image.place";

    private static final String SAFE = "tape-image.safe";
    private static final String BLOCK_SIZE = "tape-image.blockSize";
    private static final String UNLOADED = "tape-image.unloaded";

    private final ImageFile file;
    private final Access access;
    private final Tape tape;
    private final Recorder recorder;

    private int blockSize;
    private boolean loaded = true;

    /** Where the tape stands is not known, and nobody has repositioned it since. */
    private boolean lost;

    /** After a flush that failed: the place that is known to be on stable storage, if something was written behind it. */
    private Optional<Place> safe = Optional.empty();

    Whereabouts(ImageFile file, Access access, Tape tape, Recorder recorder) {
        this.file = file;
        this.access = access;
        this.tape = tape;
        this.recorder = recorder;
    }

    boolean isLoaded() {
        return loaded;
    }

    /** {@return whether the tape is there, and its place is known} */
    boolean isKnown() {
        return loaded && !lost;
    }

    int blockSize() {
        return blockSize;
    }

    void load() {
        loaded = true;
    }

    void unload() {
        loaded = false;
    }

    void setBlockSize(int bytes) throws StorageException {
        file.requireOpen("setBlockSize");
        if (bytes < 0 || bytes > Word.LONGEST_WRITTEN) {
            String words = "blockSize=" + bytes + " is not within 0 and maximumRecordSize=" + Word.LONGEST_WRITTEN;
            throw file.failure(Kind.INVALID_ARGUMENT, "setBlockSize", words).build();
        }
        blockSize = bytes;
    }

    /** Takes over from the predecessor; the first channel begins at the beginning of the tape. */
    void begin(Handover handover) throws StorageException {
        blockSize = handover.value(BLOCK_SIZE).map(Integer::valueOf).orElse(0);
        loaded = handover.value(UNLOADED).isEmpty();
        safe = handover.value(SAFE).flatMap(Place::parse);
        Optional<Place> place = handover.value(PLACE).flatMap(Place::parse);
        TapePosition left =
                handover.position().orElse(place.orElse(Place.BEGINNING).position());
        lost = safe.isPresent() || left.source() == Source.UNKNOWN;
        if (loaded && !lost) {
            takeOver(left, place);
        }
    }

    /** Goes on where the predecessor stopped; one of another kind has told the block address alone, which is counted again. */
    private void takeOver(TapePosition left, Optional<Place> place) throws StorageException {
        Optional<String> doubt = Optional.empty();
        if (place.isEmpty()) {
            boolean there = left.partition() == 0 && tape.locate("begin", left.blockAddress());
            doubt = there ? doubt : Optional.of("the image ends at " + tape.place());
        } else if (!left.isSamePlace(place.get().position())) {
            doubt = Optional.of("its driver has left it at " + place.get());
        } else {
            doubt = tape.verify(place.get());
        }
        if (doubt.isPresent()) {
            String words = "the tape was left at " + place.map(Place::toString).orElse(left.toString()) + ", but "
                    + doubt.get() + ": somebody else has changed it. Reopen it, and reposition";
            throw file.failure(Kind.POSITION_UNKNOWN, "begin", words).build();
        }
    }

    /** {@return the handover with what a successor of the same kind of driver goes on with} */
    Handover end(Handover handover) {
        Handover more = handover.with(BLOCK_SIZE, Integer.toString(blockSize));
        if (!loaded) {
            more = more.with(UNLOADED, "true");
        }
        if (safe.isPresent()) {
            return more.with(SAFE, safe.get().toString());
        }
        return lost || !loaded ? more : more.with(PLACE, tape.place().toString());
    }

    /** Flushes; when that fails, where the tape stands is not known until it is repositioned. */
    void flush() throws StorageException {
        file.requireOpen("flush");
        if (safe.isPresent()) {
            String words = "a flush has failed, and what was written behind " + safe.get() + " may be lost: reposition";
            throw file.failure(Kind.FLUSH_FAILED, "flush", words)
                    .position(safe.get().position())
                    .build();
        }
        Optional<Place> known = recorder.safe();
        boolean flushed = false;
        try {
            recorder.flush();
            flushed = true;
        } finally {
            if (!flushed) {
                safe = known;
                lost = true;
            }
        }
    }

    /** Flushes, if something was written since. */
    void flushWritten() throws StorageException {
        if (recorder.isDirty()) {
            flush();
        }
    }

    /** Before what finds a place by itself: what was written is flushed, and what was lost is given up. */
    void reposition(String operation) throws StorageException {
        requireLoaded(operation);
        giveUp();
        if (!lost) {
            flushWritten();
        }
        lost = false;
    }

    /**
     * Gives up what a flush that failed has left, if one did: the tape stands in front of that.
     *
     * @throws StorageException {@code TARGET_CHANGED} once, when what was flushed before is not there any more, either
     */
    void giveUp() throws StorageException {
        if (safe.isPresent()) {
            try {
                recorder.giveUpFrom(safe.get());
                lost = false;
            } catch (StorageException e) {
                throw e.kind() == Kind.TARGET_CHANGED ? cut(e) : e;
            }
            safe = Optional.empty();
        }
    }

    /** There is nothing to give up any more, and nobody knows where the tape stands before he has looked. */
    private StorageException cut(StorageException e) {
        safe = Optional.empty();
        lost = true;
        return e;
    }

    private void requireLoaded(String operation) throws StorageException {
        file.requireOpen(operation);
        if (!loaded) {
            throw file.failure(Kind.NOT_READY, operation, "the tape was unloaded; load it")
                    .build();
        }
    }

    /** Lets nobody read, write or space who does not know where. */
    void requireKnown(String operation) throws StorageException {
        requireLoaded(operation);
        if (lost) {
            String words = "where the tape stands is not known; rewind, locate or space to the end of data first";
            throw file.failure(Kind.POSITION_UNKNOWN, operation, words).build();
        }
    }

    /** As {@link #requireKnown}, before the file is read: it has all that was written then. */
    void requireReadable(String operation) throws StorageException {
        requireKnown(operation);
        writeOut(operation);
    }

    /** Sees to it that the file has all that was written. */
    void writeOut(String operation) throws StorageException {
        try {
            recorder.writeOut(operation);
        } catch (StorageException e) {
            throw doubting(e);
        }
    }

    /**
     * {@return the failure} If it is of earlier records, or another program has cut them off or appended to them, nobody knows what
     * is on the tape since the last flush.
     */
    StorageException doubting(StorageException e) {
        if ((e.isDeferred() || e.kind() == Kind.TARGET_CHANGED) && safe.isEmpty()) {
            safe = recorder.safe();
            lost = true;
            recorder.forgetEnd();
        }
        return e;
    }

    /** Lets a position be one that an image may have. */
    void requirePlace(TapePosition position) throws StorageException {
        if (position.source() == Source.UNKNOWN || position.partition() != 0 || position.blockAddress() < 0) {
            String words = position + " is nowhere on an image, which has partition 0 alone";
            throw file.failure(Kind.INVALID_ARGUMENT, "locate", words).build();
        }
    }

    /** As {@link #requireKnown}, of a tape that may be written. */
    void requireWritable(String operation) throws StorageException {
        requireKnown(operation);
        if (!access.canWrite()) {
            String words = "the tape is write-protected: access=read-only, or its file is not to be written";
            throw file.failure(Kind.READ_ONLY, operation, words).build();
        }
    }

    /** In fixed mode, of whole blocks. */
    void requireBlocks(String operation, int length) throws StorageException {
        if (length % blockSize != 0) {
            String words = "length=" + length + " is no multiple of blockSize=" + blockSize;
            throw file.failure(Kind.INVALID_ARGUMENT, operation, words).build();
        }
    }
}

package io.pinion.tape.image;

import io.pinion.strategy.Access;
import io.pinion.strategy.ChannelMode;
import io.pinion.strategy.Geometry;
import io.pinion.strategy.Handover;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.TapeChannel;
import io.pinion.strategy.TapePosition;
import io.pinion.strategy.TapePosition.Source;
import io.pinion.strategy.TapeResult;
import io.pinion.strategy.TapeResult.Outcome;
import io.pinion.strategy.TapeStatus;
import io.pinion.strategy.TapeStatus.Condition;
import io.pinion.strategy.TransferMeter;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A tape in a file.
 *
 * <p>Its positions are the drive's ({@link Source#DRIVE}), not counted ones: the image is its own drive, nobody else moves the
 * tape, and a block address is a property of the place in the file, the number of objects in front of it, which anybody can find
 * again there. What is called counted is a guess that a drive can't confirm.
 */
final class TapeImageChannel implements TapeChannel {
    static final Geometry GEOMETRY = Geometry.builder()
            .optimalIoSize(1 << 20)
            .maximumRecordSize(Word.LONGEST_WRITTEN)
            .build();

    private final ImageFile file;
    private final Access access;
    private final ImageTarget limits;
    private final Remarks remarks = new Remarks();
    private final ImageReader reader;
    private final Tape tape;
    private final Player player;
    private final Recorder recorder;
    private final Spacing spacing;
    private final Whereabouts whereabouts;

    /** Takes the file over. */
    TapeImageChannel(ImageFile file, Access access, ImageTarget limits, TransferMeter meter) {
        this.file = file;
        this.access = access;
        this.limits = limits;
        reader = new ImageReader(file, remarks);
        tape = new Tape(file, reader, remarks);
        Bounce bounce = new Bounce(meter);
        player = new Player(file, reader, tape, bounce);
        recorder = new Recorder(file, tape, limits, bounce, new Gathering(file, meter));
        spacing = new Spacing(tape);
        whereabouts = new Whereabouts(file, access, tape, recorder);
    }

    @Override
    public Geometry geometry() {
        return GEOMETRY;
    }

    @Override
    public ChannelMode mode() {
        ChannelMode mode = ChannelMode.of("page cache", remarks.sentences().toArray(String[]::new));
        return limits.capacity() == ImageTarget.UNLIMITED
                ? mode
                : mode.note("capacity=" + limits.capacity() + " early-warning=" + limits.earlyWarning());
    }

    @Override
    public void begin(Handover handover) throws StorageException {
        Optional<String> refusal = Beginning.refusal(reader, false);
        if (refusal.isPresent()) {
            throw file.failure(Kind.WRONG_TYPE, "begin", refusal.get()).build();
        }
        whereabouts.begin(handover);
        tape.look();
    }

    @Override
    public Handover end(Handover handover) {
        return whereabouts.end(handover);
    }

    @Override
    public void read(ByteBuffer target, TapeResult result) throws StorageException {
        try {
            whereabouts.requireReadable("read");
            int blockSize = whereabouts.blockSize();
            if (blockSize == 0) {
                player.readRecord(target, result);
            } else {
                whereabouts.requireBlocks("read", target.remaining());
                player.readBlocks(target, blockSize, result);
            }
        } finally {
            stand(result);
        }
    }

    @Override
    public void write(ByteBuffer source, TapeResult result) throws StorageException {
        try {
            whereabouts.requireWritable("write");
            int length = source.remaining();
            int blockSize = whereabouts.blockSize();
            if (blockSize == 0) {
                recorder.write(source);
                result.set(written(), length);
            } else {
                whereabouts.requireBlocks("write", length);
                writeBlocks(source, blockSize, result);
            }
        } catch (StorageException e) {
            throw whereabouts.doubting(e);
        } finally {
            stand(result);
        }
    }

    private void writeBlocks(ByteBuffer source, int blockSize, TapeResult result) throws StorageException {
        int start = source.position();
        int limit = source.limit();
        try {
            while (source.position() < limit) {
                recorder.write(source.limit(source.position() + blockSize));
                result.set(written(), source.position() - start);
            }
        } catch (StorageException e) {
            throw e.afterTransferring(source.position() - start);
        } finally {
            source.limit(limit);
        }
    }

    @Override
    public void writeFileMarks(int count, TapeResult result) throws StorageException {
        try {
            whereabouts.requireWritable("writeFileMarks");
            recorder.writeFileMarks(count);
            result.set(written(), count);
            whereabouts.flush();
        } catch (StorageException e) {
            throw whereabouts.doubting(e);
        } finally {
            stand(result);
        }
    }

    private Outcome written() {
        return recorder.isNearEnd() ? Outcome.EARLY_WARNING : Outcome.DONE;
    }

    @Override
    public void spaceRecords(long count, TapeResult result) throws StorageException {
        try {
            whereabouts.requireReadable("spaceRecords");
            if (count > 0) {
                spacing.recordsForward(count, result);
            } else {
                whereabouts.flushWritten();
                spacing.recordsBackward(-count, result);
            }
        } finally {
            stand(result);
        }
    }

    @Override
    public void spaceFileMarks(long count, TapeResult result) throws StorageException {
        try {
            whereabouts.requireReadable("spaceFileMarks");
            if (count > 0) {
                spacing.fileMarksForward(count, result);
            } else {
                whereabouts.flushWritten();
                spacing.fileMarksBackward(-count, result);
            }
        } finally {
            stand(result);
        }
    }

    @Override
    public void spaceToEndOfData(TapeResult result) throws StorageException {
        try {
            whereabouts.reposition("spaceToEndOfData");
            tape.spaceToEnd("spaceToEndOfData");
            result.set(Outcome.DONE, 0);
        } finally {
            stand(result);
        }
    }

    @Override
    public void locate(TapePosition position, TapeResult result) throws StorageException {
        try {
            whereabouts.requirePlace(position);
            whereabouts.reposition("locate");
            if (!tape.locate("locate", position.blockAddress())) {
                String words = position + " is beyond the end of data, at blockAddress=" + tape.blockAddress();
                throw file.failure(Kind.END_OF_DATA, "locate", words).build();
            }
            result.set(Outcome.DONE, 0);
        } finally {
            stand(result);
        }
    }

    @Override
    public void rewind(TapeResult result) throws StorageException {
        try {
            whereabouts.reposition("rewind");
            tape.moveTo(Place.BEGINNING);
            result.set(Outcome.DONE, 0);
        } finally {
            stand(result);
        }
    }

    @Override
    public TapePosition position() throws StorageException {
        file.requireOpen("position");
        return whereabouts.isKnown() ? tape.place().position() : TapePosition.unknown();
    }

    @Override
    public TapeStatus status() throws StorageException {
        file.requireOpen("status");
        TapeStatus.Builder status = TapeStatus.builder()
                .is(Condition.READY, whereabouts.isLoaded())
                .is(Condition.WRITE_PROTECTED, whereabouts.isLoaded() && !access.canWrite())
                .blockSize(whereabouts.blockSize())
                .notes(mode().notes());
        if (whereabouts.isKnown()) {
            whereabouts.writeOut("status");
            status.is(Condition.BEGINNING_OF_PARTITION, tape.blockAddress() == 0)
                    .is(Condition.FILE_MARK, tape.isBehindFileMark())
                    .is(Condition.END_OF_DATA, tape.isAtEnd())
                    .is(Condition.EARLY_WARNING, recorder.isNearEnd())
                    .is(Condition.END_OF_MEDIUM, recorder.isFull());
        }
        return status.build();
    }

    @Override
    public void setBlockSize(int bytes) throws StorageException {
        whereabouts.setBlockSize(bytes);
    }

    /** Of a tape whose place is not known it erases what a flush that failed has left, and nothing else. */
    @Override
    public void erase(TapeResult result) throws StorageException {
        try {
            whereabouts.giveUp();
            whereabouts.requireWritable("erase");
            recorder.erase();
            whereabouts.flush();
            result.set(Outcome.DONE, 0);
        } catch (StorageException e) {
            throw whereabouts.doubting(e);
        } finally {
            stand(result);
        }
    }

    @Override
    public void load(TapeResult result) throws StorageException {
        whereabouts.load();
        rewind(result);
    }

    @Override
    public void unload(TapeResult result) throws StorageException {
        try {
            whereabouts.reposition("unload");
            tape.moveTo(Place.BEGINNING);
            whereabouts.unload();
            result.set(Outcome.DONE, 0);
        } finally {
            stand(result);
        }
    }

    @Override
    public void flush() throws StorageException {
        whereabouts.flush();
    }

    @Override
    public void close() {
        file.close();
    }

    /** Fills in where the tape stands; an operation ends with that, whatever it came to. */
    private void stand(TapeResult result) {
        boolean known = whereabouts.isKnown();
        result.setPosition(known ? Source.DRIVE : Source.UNKNOWN, 0, known ? tape.blockAddress() : -1);
    }
}

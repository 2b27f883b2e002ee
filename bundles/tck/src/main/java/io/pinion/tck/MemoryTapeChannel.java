package io.pinion.tck;

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
import io.pinion.strategy.Target;
import java.nio.ByteBuffer;

/** A channel to a tape in memory. The drive knows where the tape stands, so the channel remembers nothing. */
final class MemoryTapeChannel implements TapeChannel {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Target target;
    private final MemoryTape tape;
    private final Access access;
    private volatile boolean closed;

    MemoryTapeChannel(Target target, MemoryTape tape, Access access) {
        this.target = target;
        this.tape = tape;
        this.access = access;
    }

    @Override
    public Geometry geometry() {
        return MemoryTapeStrategy.GEOMETRY;
    }

    @Override
    public ChannelMode mode() {
        return ChannelMode.of("memory");
    }

    @Override
    public void begin(Handover handover) throws StorageException {
        TapePosition here = position();
        TapePosition left = handover.position().orElse(here);
        if (left.source() != Source.UNKNOWN && here.source() != Source.UNKNOWN && !left.isSamePlace(here)) {
            throw failure(Kind.POSITION_UNKNOWN, "begin", "the tape stands at " + here + ", and was left at " + left)
                    .build();
        }
    }

    @Override
    public void read(ByteBuffer buffer, TapeResult result) throws StorageException {
        require("read", result);
        int size = tape.blockSize();
        requireBlocks("read", buffer.remaining());
        long blocks = 0;
        while (size > 0 && buffer.hasRemaining() && tape.isNext(size)) {
            tape.read(buffer);
            blocks++;
        }
        if (blocks > 0) {
            finish(Outcome.DONE, blocks * size, result);
        } else {
            readNext(buffer, result);
        }
    }

    private void readNext(ByteBuffer buffer, TapeResult result) throws StorageException {
        int at = tape.at();
        if (at == tape.end()) {
            finish(Outcome.END_OF_DATA, 0, result);
            return;
        }
        int length = tape.length(at);
        if (tape.isMark(at)) {
            tape.moveTo(at + 1);
            finish(Outcome.FILE_MARK, 0, result);
        } else if (tape.blockSize() != 0) {
            throw failure(
                            Kind.IO_ERROR,
                            "read",
                            "the record has " + length + " bytes, not blockSize=" + tape.blockSize()
                                    + "; set the block size to 0")
                    .build();
        } else if (length > buffer.remaining()) {
            finish(Outcome.RECORD_TOO_LONG, 0, result);
            result.setRecordLength(length);
        } else {
            tape.read(buffer);
            finish(Outcome.DONE, length, result);
        }
    }

    @Override
    public void write(ByteBuffer buffer, TapeResult result) throws StorageException {
        requireWritable("write", result);
        int length = buffer.remaining();
        int size = tape.blockSize() == 0 ? length : tape.blockSize();
        requireLimit("write", size);
        requireBlocks("write", length);
        for (long written = 0; written < length; written += size) {
            if (!tape.hasRoom(size)) {
                finish(Outcome.EARLY_WARNING, written, result);
                throw failure(Kind.NO_SPACE, "write", "the tape is full; go on with the next one")
                        .transferred(written)
                        .build();
            }
            tape.write(buffer, size);
        }
        finishWriting(length, result);
    }

    @Override
    public void writeFileMarks(int count, TapeResult result) throws StorageException {
        requireWritable("writeFileMarks", result);
        for (int i = 0; i < count; i++) {
            tape.write(NOTHING, 0);
        }
        finishWriting(count, result);
    }

    private void finishWriting(long count, TapeResult result) {
        finish(tape.isEndNear() ? Outcome.EARLY_WARNING : Outcome.DONE, count, result);
    }

    @Override
    public void spaceRecords(long count, TapeResult result) throws StorageException {
        require("spaceRecords", result);
        long passed = 0;
        while (passed < Math.abs(count) && !tape.isStopped(count)) {
            if (tape.pass(count)) {
                finish(Outcome.FILE_MARK, passed, result);
                return;
            }
            passed++;
        }
        finishSpacing(count, passed, result);
    }

    @Override
    public void spaceFileMarks(long count, TapeResult result) throws StorageException {
        require("spaceFileMarks", result);
        long passed = 0;
        while (passed < Math.abs(count) && !tape.isStopped(count)) {
            if (tape.pass(count)) {
                passed++;
            }
        }
        finishSpacing(count, passed, result);
    }

    private void finishSpacing(long wanted, long passed, TapeResult result) {
        Outcome stop = wanted > 0 ? Outcome.END_OF_DATA : Outcome.BEGINNING_OF_PARTITION;
        finish(passed == Math.abs(wanted) ? Outcome.DONE : stop, passed, result);
    }

    @Override
    public void spaceToEndOfData(TapeResult result) throws StorageException {
        require("spaceToEndOfData", result);
        moveTo(tape.end(), result);
    }

    @Override
    public void locate(TapePosition position, TapeResult result) throws StorageException {
        require("locate", result);
        if (position.partition() != 0) {
            throw failure(Kind.INVALID_ARGUMENT, "locate", position + " is nowhere on a tape of one partition")
                    .build();
        }
        long wanted = position.blockAddress();
        moveTo((int) Math.min(wanted, tape.end()), result);
        if (wanted > tape.end()) {
            throw failure(
                            Kind.END_OF_DATA,
                            "locate",
                            "blockAddress=" + wanted + " > " + tape.end() + ", the end of data")
                    .build();
        }
    }

    @Override
    public void rewind(TapeResult result) throws StorageException {
        require("rewind", result);
        moveTo(0, result);
    }

    private void moveTo(int block, TapeResult result) {
        tape.moveTo(block);
        finish(Outcome.DONE, 0, result);
    }

    private void finish(Outcome outcome, long count, TapeResult result) {
        result.set(outcome, count);
        result.setPosition(Source.DRIVE, 0, tape.at());
    }

    @Override
    public TapePosition position() throws StorageException {
        requireOpen("position");
        return tape.isLoaded() ? TapePosition.at(Source.DRIVE, 0, tape.at()) : TapePosition.unknown();
    }

    @Override
    public TapeStatus status() throws StorageException {
        requireOpen("status");
        return tape.status();
    }

    @Override
    public void setBlockSize(int bytes) throws StorageException {
        requireOpen("setBlockSize");
        requireLimit("setBlockSize", bytes);
        tape.setBlockSize(bytes);
    }

    @Override
    public void setCompression(boolean on) throws StorageException {
        requireOpen("setCompression");
        tape.setCompressing(on);
    }

    @Override
    public void erase(TapeResult result) throws StorageException {
        requireWritable("erase", result);
        tape.cut();
    }

    @Override
    public void load(TapeResult result) throws StorageException {
        requireOpen("load");
        tape.setLoaded(true);
        finish(Outcome.DONE, 0, result);
    }

    @Override
    public void unload(TapeResult result) throws StorageException {
        requireOpen("unload");
        tape.setLoaded(false);
    }

    /** Nothing is kept back: what was written is where it will ever be. */
    @Override
    public void flush() throws StorageException {
        requireOpen("flush");
    }

    @Override
    public void close() {
        closed = true;
    }

    /** Says in the result where the tape stands, which is what holds when it is not moved; core has cleared the rest. */
    private void require(String operation, TapeResult result) throws StorageException {
        requireOpen(operation);
        if (!tape.isLoaded()) {
            throw failure(Kind.NOT_READY, operation, "the tape is unloaded; load it")
                    .build();
        }
        result.setPosition(Source.DRIVE, 0, tape.at());
    }

    private void requireWritable(String operation, TapeResult result) throws StorageException {
        require(operation, result);
        if (!access.canWrite()) {
            throw failure(Kind.READ_ONLY, operation, "access=" + access + "; open it read-write")
                    .build();
        }
    }

    private void requireBlocks(String operation, int length) throws StorageException {
        int size = tape.blockSize();
        if (size != 0 && length % size != 0) {
            throw failure(Kind.INVALID_ARGUMENT, operation, "length=" + length + " is no multiple of blockSize=" + size)
                    .build();
        }
    }

    private void requireLimit(String operation, int length) throws StorageException {
        if (length > MemoryTapeStrategy.LARGEST_RECORD) {
            String limit = "maximumRecordSize=" + MemoryTapeStrategy.LARGEST_RECORD;
            throw failure(Kind.INVALID_ARGUMENT, operation, "length=" + length + " > " + limit)
                    .build();
        }
    }

    private void requireOpen(String operation) throws StorageException {
        if (closed) {
            throw failure(Kind.CLOSED, operation, "the channel is closed").build();
        }
    }

    private StorageException.Builder failure(Kind kind, String operation, String detail) {
        return StorageException.of(kind, operation, detail).target(target).strategy(MemoryTapeStrategy.NAME);
    }
}

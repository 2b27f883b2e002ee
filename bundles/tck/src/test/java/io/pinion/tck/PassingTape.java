package io.pinion.tck;

import io.pinion.strategy.Geometry;
import io.pinion.strategy.Handover;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.TapeChannel;
import io.pinion.strategy.TapePosition;
import io.pinion.strategy.TapeResult;
import io.pinion.strategy.TapeStatus;
import java.nio.ByteBuffer;

/** A channel of tapes that passes everything on, for others to do one thing wrong. */
class PassingTape implements TapeChannel {
    final TapeChannel channel;

    PassingTape(TapeChannel channel) {
        this.channel = channel;
    }

    @Override
    public Geometry geometry() {
        return channel.geometry();
    }

    @Override
    public void begin(Handover handover) throws StorageException {
        channel.begin(handover);
    }

    @Override
    public Handover end(Handover handover) throws StorageException {
        return channel.end(handover);
    }

    @Override
    public void read(ByteBuffer target, TapeResult result) throws StorageException {
        channel.read(target, result);
    }

    @Override
    public void write(ByteBuffer source, TapeResult result) throws StorageException {
        channel.write(source, result);
    }

    @Override
    public void writeFileMarks(int count, TapeResult result) throws StorageException {
        channel.writeFileMarks(count, result);
    }

    @Override
    public void spaceRecords(long count, TapeResult result) throws StorageException {
        channel.spaceRecords(count, result);
    }

    @Override
    public void spaceFileMarks(long count, TapeResult result) throws StorageException {
        channel.spaceFileMarks(count, result);
    }

    @Override
    public void spaceToEndOfData(TapeResult result) throws StorageException {
        channel.spaceToEndOfData(result);
    }

    @Override
    public void locate(TapePosition position, TapeResult result) throws StorageException {
        channel.locate(position, result);
    }

    @Override
    public void rewind(TapeResult result) throws StorageException {
        channel.rewind(result);
    }

    @Override
    public TapePosition position() throws StorageException {
        return channel.position();
    }

    @Override
    public TapeStatus status() throws StorageException {
        return channel.status();
    }

    @Override
    public void setBlockSize(int bytes) throws StorageException {
        channel.setBlockSize(bytes);
    }

    @Override
    public void setDensity(int code) throws StorageException {
        channel.setDensity(code);
    }

    @Override
    public void setCompression(boolean on) throws StorageException {
        channel.setCompression(on);
    }

    @Override
    public void erase(TapeResult result) throws StorageException {
        channel.erase(result);
    }

    @Override
    public void load(TapeResult result) throws StorageException {
        channel.load(result);
    }

    @Override
    public void unload(TapeResult result) throws StorageException {
        channel.unload(result);
    }

    @Override
    public void flush() throws StorageException {
        channel.flush();
    }

    @Override
    public void close() {
        channel.close();
    }
}

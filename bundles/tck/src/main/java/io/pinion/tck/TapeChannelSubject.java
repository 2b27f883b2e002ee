package io.pinion.tck;

import io.pinion.strategy.Access;
import io.pinion.strategy.Handover;
import io.pinion.strategy.TapeChannel;
import io.pinion.strategy.TapePosition;
import io.pinion.strategy.TapeResult;
import io.pinion.strategy.TapeStatus;
import io.pinion.strategy.Target;
import java.nio.ByteBuffer;

/** A channel, succeeded by others of the same strategy; a successor is open for a while before it takes over. */
final class TapeChannelSubject implements TapeSubject {
    private final TapeTrial trial;
    private final Target target;
    private TapeChannel channel;
    private TapeChannel successor;

    TapeChannelSubject(TapeTrial trial, Target target) throws Exception {
        this.trial = trial;
        this.target = target;
        channel = trial.open(target);
        successor = trial.openOnly(target, Access.READ_WRITE);
    }

    @Override
    public void read(ByteBuffer buffer, TapeResult result) throws Exception {
        channel.read(buffer, cleared(result));
    }

    @Override
    public void write(ByteBuffer buffer, TapeResult result) throws Exception {
        channel.write(buffer, cleared(result));
    }

    @Override
    public void writeFileMarks(int count, TapeResult result) throws Exception {
        channel.writeFileMarks(count, cleared(result));
    }

    @Override
    public void spaceRecords(long count, TapeResult result) throws Exception {
        channel.spaceRecords(count, cleared(result));
    }

    @Override
    public void spaceFileMarks(long count, TapeResult result) throws Exception {
        channel.spaceFileMarks(count, cleared(result));
    }

    @Override
    public void spaceToEndOfData(TapeResult result) throws Exception {
        channel.spaceToEndOfData(cleared(result));
    }

    @Override
    public void locate(TapePosition position, TapeResult result) throws Exception {
        channel.locate(position, cleared(result));
    }

    @Override
    public void rewind(TapeResult result) throws Exception {
        channel.rewind(cleared(result));
    }

    @Override
    public void erase(TapeResult result) throws Exception {
        channel.erase(cleared(result));
    }

    private static TapeResult cleared(TapeResult result) {
        result.clear();
        return result;
    }

    @Override
    public TapePosition position() throws Exception {
        return channel.position();
    }

    @Override
    public TapeStatus status() throws Exception {
        return channel.status();
    }

    @Override
    public void flush() throws Exception {
        channel.flush();
    }

    @Override
    public void reopen() throws Exception {
        channel.flush();
        trial.close(channel);
        channel = trial.openOnly(target, Access.READ_WRITE);
        channel.begin(Handover.first());
    }

    @Override
    public void swap() throws Exception {
        trial.succeed(channel, successor);
        trial.close(channel);
        channel = successor;
        successor = trial.openOnly(target, Access.READ_WRITE);
    }
}

package io.pinion.tck;

import static io.pinion.tck.Trial.NONE;

import io.pinion.strategy.Access;
import io.pinion.strategy.Handover;
import io.pinion.strategy.PositionalChannel;
import io.pinion.strategy.Target;
import java.nio.ByteBuffer;

/** A channel, succeeded by others of the same strategy; a successor is open for a while before it takes over. */
final class ChannelSubject implements Subject {
    private final Trial trial;
    private final Target target;
    private PositionalChannel channel;
    private PositionalChannel successor;

    ChannelSubject(Trial trial, Target target) throws Exception {
        this.trial = trial;
        this.target = target;
        channel = trial.open(target);
        successor = trial.openOnly(target, Access.READ_WRITE);
    }

    @Override
    public int read(ByteBuffer buffer, long position) throws Exception {
        return channel.read(buffer, position, NONE);
    }

    @Override
    public int write(ByteBuffer buffer, long position) throws Exception {
        return channel.write(buffer, position, NONE);
    }

    @Override
    public long readAll(ByteBuffer[] buffers, long position) throws Exception {
        return channel.read(buffers, position, NONE);
    }

    @Override
    public long writeAll(ByteBuffer[] buffers, long position) throws Exception {
        return channel.write(buffers, position, NONE);
    }

    @Override
    public long size() throws Exception {
        return channel.size();
    }

    @Override
    public void setSize(long size) throws Exception {
        channel.setSize(size);
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

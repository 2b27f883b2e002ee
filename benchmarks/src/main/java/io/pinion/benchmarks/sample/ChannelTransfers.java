package io.pinion.benchmarks.sample;

import io.pinion.benchmarks.plan.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** The JDK's channel, which takes and gives what it is given in one call, or fails the sample. */
record ChannelTransfers(Kind kind, FileChannel channel) implements Transfers {
    @Override
    public int transfer(ByteBuffer buffer, long position) throws IOException {
        return kind == Kind.WRITE ? channel.write(buffer, position) : channel.read(buffer, position);
    }

    @Override
    public void flush() throws IOException {
        channel.force(false);
    }
}

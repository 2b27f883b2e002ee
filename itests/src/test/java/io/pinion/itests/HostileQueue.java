package io.pinion.itests;

import io.pinion.itests.HostileStrategy.Manner;
import io.pinion.strategy.ChannelQueue;
import io.pinion.strategy.CompletionSink;
import io.pinion.strategy.PositionalChannel;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.TransferFlags;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/** Does everything when it is submitted, and tells when it is polled, until its strategy is told to misbehave. */
final class HostileQueue implements ChannelQueue {
    private final HostileStrategy strategy;
    private final PositionalChannel channel;
    private final int depth;
    private final Deque<Operation> prepared = new ArrayDeque<>();
    private final Deque<Completion> done = new ArrayDeque<>();
    private volatile int pending;

    /** What is done when it is submitted. */
    private interface Operation {
        Completion perform() throws StorageException;
    }

    private record Completion(long token, int result) {}

    HostileQueue(HostileStrategy strategy, PositionalChannel channel, int depth) {
        this.strategy = strategy;
        this.channel = channel;
        this.depth = depth;
    }

    @Override
    public int depth() {
        return depth;
    }

    @Override
    public void read(ByteBuffer buffer, int index, int length, long position, long token, TransferFlags flags) {
        strategy.at("queue.read");
        pending++;
        prepared.add(
                () -> new Completion(token, channel.read(part(buffer, index, length), position, TransferFlags.NONE)));
    }

    @Override
    public void write(ByteBuffer buffer, int index, int length, long position, long token, TransferFlags flags) {
        strategy.at("queue.write");
        pending++;
        prepared.add(
                () -> new Completion(token, channel.write(part(buffer, index, length), position, TransferFlags.NONE)));
    }

    @Override
    public void flush(long token) {
        strategy.at("queue.flush");
        pending++;
        prepared.add(() -> {
            channel.flush();
            return new Completion(token, 0);
        });
    }

    private static ByteBuffer part(ByteBuffer buffer, int index, int length) {
        return buffer.duplicate().limit(index + length).position(index);
    }

    @Override
    public int submit(int minimum, long timeoutNanos) throws StorageException {
        strategy.at("queue.submit");
        while (!prepared.isEmpty()) {
            done.add(prepared.remove().perform());
        }
        return done.size();
    }

    @Override
    public int poll(CompletionSink sink) {
        strategy.at("queue.poll");
        if (strategy.is("queue.poll", Manner.NEVER_COMPLETES)) {
            return 0;
        }
        int delivered = 0;
        while (!done.isEmpty()) {
            Completion completion = done.remove();
            pending--;
            delivered++;
            if (strategy.is("queue.poll", Manner.LIES)) {
                sink.completed(completion.token() + 1, completion.result());
                sink.completed(completion.token(), completion.result() + 1);
            } else {
                sink.completed(completion.token(), completion.result());
            }
            if (strategy.is("queue.poll", Manner.COMPLETES_TWICE)) {
                sink.completed(completion.token(), completion.result());
            }
        }
        return delivered;
    }

    @Override
    public int pending() {
        return pending;
    }

    @Override
    public boolean isQuiet() {
        strategy.at("queue.isQuiet");
        return pending == 0 || !strategy.is("queue.poll", Manner.NEVER_COMPLETES);
    }

    @Override
    public void close() {
        strategy.at("queue.close");
    }
}

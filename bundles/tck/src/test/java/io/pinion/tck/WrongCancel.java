package io.pinion.tck;

import io.pinion.strategy.ChannelQueue;
import io.pinion.strategy.CompletionSink;
import io.pinion.strategy.Examination;
import io.pinion.strategy.IoChannel;
import io.pinion.strategy.IoStrategy;
import io.pinion.strategy.OpenOptions;
import io.pinion.strategy.PositionalChannel;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.Target;
import io.pinion.strategy.TransferFlags;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A driver's queue that does all that it is asked to, and tells wrong things of what was cancelled. */
final class WrongCancel implements ChannelQueue {
    private final ChannelQueue queue;
    private final Defect defect;
    private final Map<Long, ByteBuffer> reads = new HashMap<>();
    private final Set<Long> cancelled = new HashSet<>();
    private final List<ByteBuffer> late = new ArrayList<>();

    private WrongCancel(ChannelQueue queue, Defect defect) {
        this.queue = queue;
        this.defect = defect;
    }

    /** A driver whose queues are such. */
    record Strategy(IoStrategy strategy, Defect defect) implements IoStrategy {
        @Override
        public Examination examine(Target target) throws StorageException {
            return strategy.examine(target);
        }

        @Override
        public IoChannel open(Target target, OpenOptions options) throws StorageException {
            return new Passing((PositionalChannel) strategy.open(target, options)) {
                @Override
                public Optional<ChannelQueue> openQueue(int depth) throws StorageException {
                    return channel.openQueue(depth).map(queue -> new WrongCancel(queue, defect));
                }
            };
        }
    }

    @Override
    public int depth() {
        return queue.depth();
    }

    @Override
    public void read(ByteBuffer buffer, int index, int length, long position, long token, TransferFlags flags) {
        reads.put(token, buffer.slice(index, length));
        queue.read(buffer, index, length, position, token, flags);
    }

    @Override
    public void write(ByteBuffer buffer, int index, int length, long position, long token, TransferFlags flags) {
        queue.write(buffer, index, length, position, token, flags);
    }

    @Override
    public void flush(long token) {
        queue.flush(token);
    }

    @Override
    public int submit(int minimum, long timeoutNanos) throws StorageException {
        late.forEach(buffer -> buffer.put(0, new byte[buffer.capacity()]));
        late.clear();
        return queue.submit(minimum, timeoutNanos);
    }

    @Override
    public void cancel(long token) {
        cancelled.add(token);
    }

    @Override
    public int poll(CompletionSink sink) throws StorageException {
        return queue.poll(new CompletionSink() {
            @Override
            public void completed(long token, int transferred) {
                boolean struck = defect == Defect.CANCELS_OTHERS ? !cancelled.isEmpty() : cancelled.remove(token);
                if (!struck) {
                    sink.completed(token, transferred);
                } else if (defect != Defect.FORGETS_WHAT_IS_CANCELLED) {
                    sayCancelled(token, sink);
                }
            }

            @Override
            public void failed(long token, StorageException error) {
                sink.failed(token, error);
            }
        });
    }

    private void sayCancelled(long token, CompletionSink sink) {
        if (reads.containsKey(token)) {
            late.add(reads.get(token));
        }
        sink.failed(
                token,
                StorageException.of(Kind.CANCELLED, "queue", "so it says").build());
    }

    @Override
    public int pending() {
        return queue.pending();
    }

    @Override
    public boolean isQuiet() {
        return queue.isQuiet();
    }

    @Override
    public void close() {
        queue.close();
    }
}

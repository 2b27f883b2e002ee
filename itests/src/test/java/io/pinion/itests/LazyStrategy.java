package io.pinion.itests;

import io.pinion.strategy.Examination;
import io.pinion.strategy.Geometry;
import io.pinion.strategy.IoChannel;
import io.pinion.strategy.IoStrategy;
import io.pinion.strategy.OpenOptions;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.Target;
import io.pinion.strategy.TransferFlags;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;

/** Keeps what is written in memory until it is flushed: what is in the file has been flushed. */
final class LazyStrategy implements IoStrategy {
    @Override
    public Examination examine(Target target) {
        return Examination.suitable(target, Geometry.builder().build()).build();
    }

    @Override
    public IoChannel open(Target target, OpenOptions options) throws StorageException {
        return new LazyChannel(target);
    }

    private static final class LazyChannel extends PlainChannel {
        private final Map<Long, ByteBuffer> written = new TreeMap<>();

        LazyChannel(Target target) throws StorageException {
            super(target);
        }

        @Override
        public synchronized int write(ByteBuffer source, long position, TransferFlags flags) {
            ByteBuffer copy =
                    ByteBuffer.allocate(source.remaining()).put(source).flip();
            written.put(position, copy);
            return copy.remaining();
        }

        @Override
        public synchronized void flush() throws StorageException {
            for (Map.Entry<Long, ByteBuffer> entry : written.entrySet()) {
                super.write(entry.getValue(), entry.getKey(), TransferFlags.NONE);
            }
            written.clear();
            super.flush();
        }
    }
}

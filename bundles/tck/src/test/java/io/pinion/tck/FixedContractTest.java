package io.pinion.tck;

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
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** A strategy whose targets have a fixed length, a device's: in whole pages, whatever was asked for. */
class FixedContractTest extends PositionalStrategyContract {
    @Override
    protected StrategyUnderTest create(Path directory) {
        MemoryStore store = new MemoryStore();
        AtomicInteger names = new AtomicInteger();
        return StrategyUnderTest.of("fixed", new Fixed(new MemoryStrategy(store)))
                .on((any, size) -> store.create("target-" + names.incrementAndGet(), (size + 4095) / 4096 * 4096));
    }

    private record Fixed(MemoryStrategy memory) implements IoStrategy {
        @Override
        public Examination examine(Target target) throws StorageException {
            Examination found = memory.examine(target);
            return Examination.suitable(found.identity(), found.geometry()).build();
        }

        @Override
        public IoChannel open(Target target, OpenOptions options) throws StorageException {
            return new FixedChannel((PositionalChannel) memory.open(target, options));
        }
    }

    private static final class FixedChannel extends Passing {
        FixedChannel(PositionalChannel channel) {
            super(channel);
        }

        @Override
        public int write(ByteBuffer source, long position, TransferFlags flags) throws StorageException {
            int wanted = source.remaining();
            int room = (int) Math.max(0, Math.min(wanted, size() - position));
            int limit = source.limit();
            source.limit(source.position() + room);
            try {
                super.write(source, position, flags);
            } finally {
                source.limit(limit);
            }
            if (room < wanted) {
                throw StorageException.of(Kind.NO_SPACE, "write", "the target ends at " + size())
                        .range(position, wanted)
                        .transferred(room)
                        .build();
            }
            return room;
        }
    }
}

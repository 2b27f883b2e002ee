package io.pinion.tck;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** A strategy with a queue of its own. */
class QueuedContractTest extends PositionalStrategyContract {
    @Override
    protected StrategyUnderTest create(Path directory) {
        MemoryStore store = new MemoryStore();
        AtomicInteger names = new AtomicInteger();
        FaultyStrategy memory = FaultyStrategy.around(new MemoryStrategy(store));
        return StrategyUnderTest.of("queued", memory.withOwnerBoundQueue())
                .on((any, size) -> store.create("target-" + names.incrementAndGet(), size))
                .swappedWith("queued-otherwise", memory.withQueue());
    }
}

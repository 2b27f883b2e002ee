package io.pinion.tck;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

class MemoryContractTest extends PositionalStrategyContract {
    @Override
    protected StrategyUnderTest create(Path directory) {
        MemoryStore store = new MemoryStore();
        AtomicInteger names = new AtomicInteger();
        return StrategyUnderTest.of(MemoryStrategy.NAME, new MemoryStrategy(store))
                .on((any, size) -> store.create("target-" + names.incrementAndGet(), size))
                .swappedWith("other", new MemoryStrategy(store))
                .provenBy((target, channel) ->
                        Content.assertSame(store.content(target), Trial.contentOf(channel), "what the store holds"));
    }
}

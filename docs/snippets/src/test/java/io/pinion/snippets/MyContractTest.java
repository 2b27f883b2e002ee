package io.pinion.snippets;

import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.pinion.tck.MemoryStore;
import io.pinion.tck.MemoryStrategy;
import io.pinion.tck.PositionalStrategyContract;
import io.pinion.tck.StrategyUnderTest;
import java.nio.file.Path;
import java.util.UUID;

class MyContractTest extends PositionalStrategyContract {
    private final MemoryStore store = new MemoryStore();

    @Override
    protected StrategyUnderTest create(Path directory) {
        return StrategyUnderTest.of("memory", new MemoryStrategy(store))
                // a fresh target; regular files without this
                .on((empty, size) -> store.create(UUID.randomUUID().toString(), size))
                // that the intended way is taken
                .provenBy((target, channel) -> assertNotEquals(0, store.content(target).length));
    }
}

package io.pinion.tck;

import java.nio.file.Path;

class MemoryTapeContractTest extends TapeStrategyContract {
    @Override
    protected TapeUnderTest create(Path directory) {
        MemoryTapes tapes = new MemoryTapes();
        return TapeUnderTest.of(MemoryTapeStrategy.NAME, new MemoryTapeStrategy(tapes), any -> tapes.create("tape"))
                .ending(any -> tapes.create("short", 4 << 20, 256 << 10))
                .swappedWith("other", new MemoryTapeStrategy(tapes));
    }
}

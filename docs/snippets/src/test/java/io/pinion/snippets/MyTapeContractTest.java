package io.pinion.snippets;

import io.pinion.tck.MemoryTapeStrategy;
import io.pinion.tck.MemoryTapes;
import io.pinion.tck.TapeStrategyContract;
import io.pinion.tck.TapeTraits;
import io.pinion.tck.TapeUnderTest;
import java.nio.file.Path;

class MyTapeContractTest extends TapeStrategyContract {
    private final MemoryTapes tapes = new MemoryTapes();

    @Override
    protected TapeUnderTest create(Path directory) {
        return TapeUnderTest.of("memory-tape", new MemoryTapeStrategy(tapes), empty -> tapes.create("tape"))
                // a tape that a test can fill, with an early warning; such tests are skipped without this
                .ending(empty -> tapes.create("short", 4 << 20, 256 << 10))
                // in what an emulated drive falls short; in nothing without this
                .with(new TapeTraits() {
                    @Override
                    public int largestRecord() {
                        return 256 << 10;
                    }
                });
    }
}

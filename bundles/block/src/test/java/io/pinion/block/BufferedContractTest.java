package io.pinion.block;

import io.pinion.linux.SystemCalls;
import io.pinion.tck.StrategyUnderTest;

/** Strategy buffered, on a device. */
class BufferedContractTest extends LoopContract {
    BufferedContractTest() {
        super(512);
    }

    @Override
    StrategyUnderTest under(SystemCalls kernel) {
        return buffered(kernel);
    }
}

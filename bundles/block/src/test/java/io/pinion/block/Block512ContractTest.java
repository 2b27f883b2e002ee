package io.pinion.block;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.linux.SystemCalls;
import io.pinion.tck.OpenFiles;
import io.pinion.tck.StrategyUnderTest;

/** On blocks of 512 bytes. */
class Block512ContractTest extends LoopContract {
    Block512ContractTest() {
        super(512);
    }

    @Override
    StrategyUnderTest under(SystemCalls kernel) {
        return block(kernel)
                .provenBy((target, channel) -> assertTrue(
                        OpenFiles.of(target.path()).stream().anyMatch(OpenFiles.OpenFile::isDirect),
                        channel.mode()::toString));
    }
}

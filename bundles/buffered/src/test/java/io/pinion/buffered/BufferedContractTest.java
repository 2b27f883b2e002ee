package io.pinion.buffered;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pinion.strategy.PositionalChannel;
import io.pinion.strategy.Target;
import io.pinion.tck.OpenFiles;
import io.pinion.tck.PositionalStrategyContract;
import io.pinion.tck.StrategyUnderTest;
import java.nio.file.Path;
import java.util.List;

/** The contract where Java is all there is. */
class BufferedContractTest extends PositionalStrategyContract {
    @Override
    protected StrategyUnderTest create(Path directory) {
        return StrategyUnderTest.of(BufferedStrategy.NAME, new BufferedStrategy())
                .provenBy(BufferedContractTest::assertBuffered);
    }

    /** Every descriptor of the file goes through the page cache. */
    static void assertBuffered(Target target, PositionalChannel channel) throws Exception {
        assumeTrue(OpenFiles.areVisible(), "there is no /proc/self/fdinfo here");
        List<OpenFiles.OpenFile> open = OpenFiles.of(target.path());
        assertTrue(open.stream().anyMatch(OpenFiles.OpenFile::isWritable), open::toString);
        assertFalse(open.stream().anyMatch(OpenFiles.OpenFile::isDirect), open::toString);
    }
}

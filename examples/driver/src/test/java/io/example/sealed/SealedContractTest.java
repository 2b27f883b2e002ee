package io.example.sealed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.pinion.strategy.PositionalChannel;
import io.pinion.strategy.Target;
import io.pinion.strategy.TransferFlags;
import io.pinion.tck.PositionalStrategyContract;
import io.pinion.tck.StrategyUnderTest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The compatibility kit, on files with a key of their own. */
class SealedContractTest extends PositionalStrategyContract {
    @Override
    protected StrategyUnderTest create(Path directory) throws Exception {
        SealedFiles files = new SealedFiles(directory);
        return StrategyUnderTest.of(SealedStrategy.NAME, files.strategy())
                .on((dir, size) -> files.create(size))
                .provenBy(SealedContractTest::assertEncrypted);
    }

    /** What a channel has written is not to be found in the file. */
    private static void assertEncrypted(Target target, PositionalChannel channel) throws Exception {
        ByteBuffer content = ByteBuffer.allocate(64);
        assertEquals(64, channel.read(content, 0, TransferFlags.NONE));
        String file = Files.readString(SealedFiles.path(target), StandardCharsets.ISO_8859_1);
        assertFalse(file.contains(new String(content.array(), StandardCharsets.ISO_8859_1)));
    }
}

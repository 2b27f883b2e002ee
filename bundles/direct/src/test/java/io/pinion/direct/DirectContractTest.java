package io.pinion.direct;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pinion.buffered.BufferedStrategy;
import io.pinion.linux.SystemCalls;
import io.pinion.linux.claim.LinuxTargetGuard;
import io.pinion.linux.libc.LibC;
import io.pinion.strategy.Examination;
import io.pinion.strategy.PositionalChannel;
import io.pinion.strategy.Target;
import io.pinion.tck.OpenFiles;
import io.pinion.tck.PositionalStrategyContract;
import io.pinion.tck.StrategyUnderTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** The contract, on claimed files. */
class DirectContractTest extends PositionalStrategyContract {
    /** The kit's own directory may be on a tmpfs. */
    @TempDir(factory = DiskDirectory.class)
    Path disk;

    private final SystemCalls calls = new LibC();

    @Override
    protected StrategyUnderTest create(Path directory) throws Exception {
        DirectStrategy strategy = new DirectStrategy(calls, Settings.SMALL);
        Path sample = Files.write(disk.resolve("sample"), new byte[2 * DirectFile.BLOCK]);
        Examination examination = strategy.examine(Target.of(sample));
        assumeTrue(examination.isSuitable(), () -> "needs direct I/O at " + disk + ": " + examination.notes());
        return StrategyUnderTest.of(DirectStrategy.NAME, strategy)
                .on((any, size) -> {
                    Path file = Files.createTempFile(disk, "target", "");
                    return Target.of(Files.write(file, new byte[Math.toIntExact(size)]));
                })
                .guardedBy(new LinuxTargetGuard(calls))
                .swappedWith("buffered", new BufferedStrategy())
                .provenBy(DirectContractTest::assertDirect);
    }

    private static void assertDirect(Target target, PositionalChannel channel) throws Exception {
        List<OpenFiles.OpenFile> open = OpenFiles.of(target.path());
        assertTrue(open.stream().anyMatch(OpenFiles.OpenFile::isDirect), open::toString);
        assertFalse(channel.mode().name().isEmpty());
        assertTrue(channel.mode().name().startsWith("O_DIRECT"), channel.mode()::toString);
    }
}

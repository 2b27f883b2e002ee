package io.pinion.buffered;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pinion.linux.SystemCalls;
import io.pinion.linux.claim.LinuxKernelFiles;
import io.pinion.linux.claim.LinuxPageCacheAdvice;
import io.pinion.linux.claim.LinuxTargetGuard;
import io.pinion.linux.libc.LibC;
import io.pinion.tck.PositionalStrategyContract;
import io.pinion.tck.StrategyUnderTest;
import java.nio.file.Path;

/** The contract beside bundle linux: on claimed files, with advice to the kernel and queues on rings. */
class GuardedContractTest extends PositionalStrategyContract {
    @Override
    protected StrategyUnderTest create(Path directory) {
        assumeTrue(System.getProperty("os.name").equals("Linux"), "bundle linux needs Linux");
        SystemCalls calls = new LibC();
        BufferedStrategy strategy = new BufferedStrategy();
        strategy.bindAdvice(new LinuxPageCacheAdvice(calls));
        strategy.bindKernel(new LinuxKernelFiles(calls));
        strategy.configure(BufferedStrategyTest.configuration("random"));
        return StrategyUnderTest.of(BufferedStrategy.NAME, strategy)
                .guardedBy(new LinuxTargetGuard(calls))
                .provenBy(BufferedContractTest::assertBuffered);
    }
}

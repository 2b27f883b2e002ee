package io.pinion.tck;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every strategy of {@link io.pinion.strategy.TapeChannel}s must do. Its tests inherit this class, and say what to
 * test:
 *
 * <pre>{@code
 * class MyContractTest extends TapeStrategyContract {
 *     @Override
 *     protected TapeUnderTest create(Path directory) {
 *         MemoryTapes tapes = new MemoryTapes();
 *         return TapeUnderTest.of("memory-tape", new MemoryTapeStrategy(tapes), empty -> tapes.create("tape"))
 *                 .ending(empty -> tapes.create("short", 4 << 20, 256 << 10));
 *     }
 * }
 * }</pre>
 *
 * <p>Tests that need a {@link io.pinion.strategy.Capability} that the strategy does not declare, or a tape that can be filled,
 * are skipped and say which. In what a tape falls short {@link TapeTraits} says. The contracts themselves are in the Javadoc of
 * {@code io.pinion.strategy}; that of each test says what it checks.
 *
 * <p>System properties are those of {@link PositionalStrategyContract}. A slow drive raises the time limit by
 * {@code @Timeout} on the inheriting class.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
public abstract class TapeStrategyContract
        implements TapeExaminationContract,
                TapeMotionContract,
                TapeRecordContract,
                TapeOverwriteContract,
                TapeEndContract,
                TapeFixedContract,
                TapeSettingsContract,
                TapeHandoverContract,
                TapeFlushContract,
                TapeErrorContract,
                TapeSteadyStateContract,
                TapeModelContract,
                TapeDriveContract {
    @TempDir
    private Path directory;

    private TapeTrial trial;

    /** For inheritance. */
    protected TapeStrategyContract() {}

    /**
     * {@return what to test} Called before each test. What the strategy lacks here, it says by an assumption.
     *
     * @param directory empty, and deleted after the test
     */
    protected abstract TapeUnderTest create(Path directory) throws Exception;

    /** {@return the trial of the test that runs, for an author's own tests beside these} */
    @Override
    public final TapeTrial trial() {
        return trial;
    }

    @BeforeEach
    final void beginTrial() throws Exception {
        trial = new TapeTrial(create(directory), directory);
    }

    @AfterEach
    final void endTrial() throws Exception {
        if (trial != null) {
            trial.end();
        }
    }
}

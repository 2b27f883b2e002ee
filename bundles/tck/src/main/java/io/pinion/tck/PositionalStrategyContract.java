package io.pinion.tck;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every strategy of {@link io.pinion.strategy.PositionalChannel}s must do. Its tests inherit this class, and say
 * what to test:
 *
 * <pre>{@code
 * class BufferedContractTest extends PositionalStrategyContract {
 *     @Override
 *     protected StrategyUnderTest create(Path directory) {
 *         return StrategyUnderTest.of("buffered", new BufferedStrategy());
 *     }
 * }
 * }</pre>
 *
 * <p>Tests that need a {@link io.pinion.strategy.Capability} that the strategy does not declare are skipped and say which.
 * The contracts themselves are in the Javadoc of {@code io.pinion.strategy}; that of each test says what it checks.
 *
 * <p>System properties: random tests tell the seed when they fail, and {@code pinion.tck.seed} repeats it;
 * {@code pinion.tck.steps} makes them longer; {@code pinion.tck.wait} is for how many seconds anything is waited for, 15
 * without it.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
public abstract class PositionalStrategyContract
        implements ExaminationContract,
                CreationContract,
                BeginContract,
                AlignmentContract,
                BufferContract,
                LargeTransferContract,
                EndContract,
                SizeContract,
                ConcurrencyContract,
                SpaceContract,
                FlushContract,
                InterruptContract,
                CloseContract,
                ErrorContract,
                LeakContract,
                PathContract,
                RemovalContract,
                QueueContract,
                QueueOwnerContract,
                DriverQueueContract,
                DriverCancelContract,
                ModelContract {
    @TempDir
    private Path directory;

    private Trial trial;

    /** For inheritance. */
    protected PositionalStrategyContract() {}

    /**
     * {@return what to test} Called before each test. What the strategy lacks here, it says by an assumption.
     *
     * @param directory empty, and deleted after the test
     */
    protected abstract StrategyUnderTest create(Path directory) throws Exception;

    /** {@return the trial of the test that runs, for an author's own tests beside these} */
    @Override
    public final Trial trial() {
        return trial;
    }

    @BeforeEach
    final void beginTrial() throws Exception {
        trial = new Trial(create(directory), directory);
    }

    @AfterEach
    final void endTrial() throws Exception {
        if (trial != null) {
            trial.end();
        }
    }
}

package io.pinion.tape.st;

import io.pinion.strategy.Access;
import io.pinion.strategy.Target;
import io.pinion.tck.TapeStrategyContract;
import io.pinion.tck.TapeTraits;
import io.pinion.tck.TapeUnderTest;
import java.nio.file.Path;

/** The driver st, by a drive that does what it is told. */
class StContractTest extends TapeStrategyContract {
    /** This drive keeps its records in memory of their own; what the strategy allocates {@link TransfersTest} finds. */
    @Override
    public void recordsAllocateNothing() {}

    @Override
    protected TapeUnderTest create(Path directory) {
        FakeDrive drive = drive();
        TapeStrategy strategy = new TapeStrategy(drive.calls(), directory);
        Target target = Target.of(Path.of("/dev/nst0")).claimedBy(new FakeClaim(Access.READ_WRITE));
        return TapeUnderTest.of(TapeStrategy.NAME, strategy, empty -> target)
                .ending(empty -> {
                    drive.warning = 300;
                    drive.capacity = 320;
                    return target;
                })
                .with(traits());
    }

    FakeDrive drive() {
        return new FakeDrive();
    }

    TapeTraits traits() {
        return new Counted();
    }

    /** Each record takes as much of this tape, and each mark. */
    static class Counted implements TapeTraits {
        @Override
        public long room(int recordLength) {
            return 1;
        }

        @Override
        public long roomOfMark() {
            return 1;
        }
    }
}

package io.pinion.tck;

import io.pinion.strategy.Access;
import io.pinion.strategy.Examination;
import io.pinion.strategy.IoChannel;
import io.pinion.strategy.IoStrategy;
import io.pinion.strategy.OpenOptions;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.TapeChannel;
import io.pinion.strategy.TapeResult;
import io.pinion.strategy.Target;
import java.nio.file.Path;

/** The contract of a driver of tapes with a defect; run by {@link TapeDefectTest}, and by nobody else. */
class BrokenTapeContract extends TapeStrategyContract {
    /** What is wrong. */
    static volatile TapeDefect defect = TapeDefect.NONE;

    @Override
    protected TapeUnderTest create(Path directory) {
        MemoryTapes tapes = new MemoryTapes();
        return TapeUnderTest.of(
                        "broken", new Broken(defect, new MemoryTapeStrategy(tapes)), any -> tapes.create("tape"))
                .ending(any -> tapes.create("short", 1 << 20, 128 << 10));
    }

    private record Broken(TapeDefect defect, MemoryTapeStrategy memory) implements IoStrategy {
        @Override
        public Examination examine(Target target) throws StorageException {
            if (defect == TapeDefect.MOVES_IN_EXAMINE) {
                ((TapeChannel) memory.open(target, OpenOptions.of(Access.READ_ONLY))).rewind(new TapeResult());
            }
            return memory.examine(target);
        }

        @Override
        public IoChannel open(Target target, OpenOptions options) throws StorageException {
            OpenOptions taken =
                    defect == TapeDefect.WRITES_WHERE_IT_MAY_NOT ? OpenOptions.of(Access.READ_WRITE) : options;
            return defect.apply((TapeChannel) memory.open(target, taken));
        }
    }
}

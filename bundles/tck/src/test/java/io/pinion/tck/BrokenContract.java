package io.pinion.tck;

import io.pinion.strategy.Capability;
import io.pinion.strategy.Examination;
import io.pinion.strategy.IoChannel;
import io.pinion.strategy.IoStrategy;
import io.pinion.strategy.OpenOptions;
import io.pinion.strategy.PositionalChannel;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.Target;
import io.pinion.strategy.TransferFlags;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** The contract of a driver with a defect; run by {@link DefectTest}, and by nobody else. */
class BrokenContract extends PositionalStrategyContract {
    /** What is wrong. */
    static volatile Defect defect = Defect.NONE;

    @Override
    protected StrategyUnderTest create(Path directory) {
        Defect now = defect;
        if (now.needsFiles()) {
            return StrategyUnderTest.of("broken", new Broken(now, null, null));
        }
        MemoryStore store = new MemoryStore();
        AtomicInteger names = new AtomicInteger();
        Fault untilFlushed = Fault.hangs().times(1);
        FaultyStrategy broken = FaultyStrategy.around(new Broken(now, new MemoryStrategy(store), untilFlushed));
        if (now == Defect.COMPLETES_TWICE) {
            broken.inject(Call.COMPLETE, Fault.completesTwice().times(1));
        }
        if (now == Defect.LIES_IN_COMPLETIONS) {
            broken.inject(Call.COMPLETE, Fault.returning(4999).times(1));
        }
        if (now == Defect.DELIVERS_FLUSHES_EARLY) {
            broken.inject(Call.COMPLETE, untilFlushed);
        }
        return StrategyUnderTest.of("broken", now.applyToQueues(broken.withQueue()))
                .on((any, size) -> store.create("target-" + names.incrementAndGet(), size))
                .provenBy((target, channel) -> {});
    }

    private record Broken(Defect defect, MemoryStrategy memory, Fault untilFlushed) implements IoStrategy {
        @Override
        public Examination examine(Target target) throws StorageException {
            Examination.Builder found = Examination.suitable(target, MemoryStrategy.GEOMETRY);
            if (!defect.needsFiles()) {
                found.capability(Capability.SET_SIZE, Capability.ZERO_COPY);
            }
            if (defect == Defect.WRITES_IN_EXAMINE) {
                ByteBuffer trial = ByteBuffer.wrap(new byte[] {42});
                ((PositionalChannel) memory.open(target, null)).write(trial, 100, TransferFlags.NONE);
            }
            return found.build();
        }

        @Override
        public IoChannel open(Target target, OpenOptions options) throws StorageException {
            PositionalChannel channel = defect.needsFiles() ? null : (PositionalChannel) memory.open(target, options);
            return defect == Defect.DELIVERS_FLUSHES_EARLY
                    ? new Defects.ReleasesWhenFlushed(channel, untilFlushed)
                    : defect.apply(target, channel, options);
        }
    }
}

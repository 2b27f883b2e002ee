package io.pinion.block;

import io.pinion.buffered.BufferedStrategy;
import io.pinion.linux.SystemCalls;
import io.pinion.linux.claim.LinuxTargetGuard;
import io.pinion.linux.libc.LibC;
import io.pinion.strategy.IoStrategy;
import io.pinion.strategy.Target;
import io.pinion.tck.LoopDevice;
import io.pinion.tck.PositionalStrategyContract;
import io.pinion.tck.StrategyUnderTest;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.AfterEach;

/** The contract, on claimed loop devices: detached after each test, which the kernel does once the last user has closed one. */
abstract class LoopContract extends PositionalStrategyContract {
    private final Deque<LoopDevice> devices = new ArrayDeque<>();

    private final SystemCalls calls = new LibC();
    private final int logicalBlockSize;

    LoopContract(int logicalBlockSize) {
        this.logicalBlockSize = logicalBlockSize;
    }

    /** {@return what is tested} */
    abstract StrategyUnderTest under(SystemCalls kernel);

    @Override
    protected final StrategyUnderTest create(Path directory) throws Exception {
        return under(calls)
                .on((place, size) -> {
                    LoopDevice device = LoopDevice.of(place, size, logicalBlockSize);
                    devices.push(device);
                    return Target.of(device.path());
                })
                .guardedBy(new LinuxTargetGuard(calls));
    }

    @AfterEach
    final void detach() throws Exception {
        while (!devices.isEmpty()) {
            devices.pop().close();
        }
    }

    static StrategyUnderTest block(SystemCalls kernel) {
        return StrategyUnderTest.of(BlockStrategy.NAME, new BlockStrategy(kernel))
                .swappedWith("buffered", new BufferedStrategy());
    }

    static StrategyUnderTest buffered(SystemCalls kernel) {
        IoStrategy block = new BlockStrategy(kernel);
        return StrategyUnderTest.of("buffered", new BufferedStrategy()).swappedWith(BlockStrategy.NAME, block);
    }
}

package io.pinion.benchmarks.advisor;

import io.pinion.advisor.measure.Advisor;
import io.pinion.block.BlockStrategy;
import io.pinion.buffered.BufferedStrategy;
import io.pinion.direct.DirectStrategy;
import io.pinion.linux.claim.LinuxKernelFiles;
import io.pinion.linux.claim.LinuxTargetGuard;
import io.pinion.linux.libc.LibC;
import io.pinion.memory.mlock.MlockPinner;
import io.pinion.memory.pool.ArenaPool;
import io.pinion.strategy.IoStrategy;
import java.util.Map;

/** The advisor with the strategies, the guard and the pool of a Linux machine, without a container. */
final class Plain {
    private Plain() {}

    static Advisor advisor() {
        LibC calls = new LibC();
        Advisor advisor = new Advisor();
        bind(advisor, "buffered", new BufferedStrategy(new LinuxKernelFiles(calls)));
        bind(advisor, "direct", new DirectStrategy(calls));
        bind(advisor, "block", new BlockStrategy(calls));
        advisor.bindGuard(new LinuxTargetGuard(calls));
        advisor.bindPool(pool(calls));
        return advisor;
    }

    private static void bind(Advisor advisor, String name, IoStrategy strategy) {
        advisor.bindStrategy(strategy, Map.of("pinion.strategy", name));
    }

    static ArenaPool pool(LibC calls) {
        ArenaPool pool = new ArenaPool(calls);
        pool.bindPinner(new MlockPinner(calls, "benchmark"));
        return pool;
    }
}

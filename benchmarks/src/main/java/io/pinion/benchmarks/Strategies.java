package io.pinion.benchmarks;

import io.pinion.block.BlockStrategy;
import io.pinion.buffered.BufferedStrategy;
import io.pinion.direct.DirectStrategy;
import io.pinion.linux.claim.LinuxKernelFiles;
import io.pinion.linux.claim.LinuxTargetGuard;
import io.pinion.linux.libc.LibC;
import io.pinion.strategy.Shape;
import io.pinion.tape.image.TapeImageStrategy;
import io.pinion.volume.Pinion;
import java.util.List;

/** Pinion with the strategies and the guard of a Linux machine. */
public final class Strategies {
    private Strategies() {}

    /** {@return Pinion, started} */
    public static Pinion start() {
        Pinion pinion = Pinion.start();
        LibC calls = new LibC();
        pinion.guard(new LinuxTargetGuard(calls));
        pinion.add("buffered", new BufferedStrategy(new LinuxKernelFiles(calls)));
        pinion.add("direct", new DirectStrategy(calls));
        pinion.add("block", new BlockStrategy(calls));
        pinion.add("tape-image", new TapeImageStrategy(calls), Shape.TAPE, List.of("tape-image"), 0);
        return pinion;
    }
}

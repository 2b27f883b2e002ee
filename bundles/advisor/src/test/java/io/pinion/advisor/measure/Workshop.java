package io.pinion.advisor.measure;

import io.pinion.advisor.AdviceProgress;
import io.pinion.advisor.Load;
import io.pinion.buffered.BufferedStrategy;
import io.pinion.direct.DirectStrategy;
import io.pinion.linux.SystemCalls;
import io.pinion.linux.claim.LinuxKernelFiles;
import io.pinion.linux.claim.LinuxTargetGuard;
import io.pinion.linux.libc.LibC;
import io.pinion.memory.pool.ArenaPool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** An advisor with all that a distribution gives it, and files for it. */
final class Workshop {
    static final AdviceProgress SILENT = (doing, done, left) -> {};
    static final int KIB = 1024;

    private static final SystemCalls CALLS = new LibC();

    private Workshop() {}

    static Advisor advisor() {
        Advisor advisor = plain();
        advisor.bindStrategy(new DirectStrategy(CALLS), Map.of("pinion.strategy", "direct"));
        advisor.bindGuard(guard());
        advisor.bindPool(new ArenaPool(CALLS));
        return advisor;
    }

    static LinuxTargetGuard guard() {
        return new LinuxTargetGuard(CALLS);
    }

    static BufferedStrategy buffered() {
        return new BufferedStrategy(new LinuxKernelFiles(CALLS));
    }

    /** With strategy buffered alone. */
    static Advisor plain() {
        Advisor advisor = new Advisor();
        advisor.bindStrategy(
                buffered(),
                Map.of("pinion.strategy", "buffered", "pinion.strategy.schemes", "path", "service.ranking", 0));
        return advisor;
    }

    static Path file(Path directory, int bytes) throws IOException {
        byte[] content = new byte[bytes];
        new Random(bytes).nextBytes(content);
        return Files.write(directory.resolve("file"), content);
    }

    static Load reads(int... sizes) {
        return new Load(Arrays.stream(sizes).boxed().toList(), 0, false, 1, 0);
    }

    static Load mixed(int depth) {
        return new Load(List.of(16 * KIB), 50, false, depth, 4L << 20);
    }
}

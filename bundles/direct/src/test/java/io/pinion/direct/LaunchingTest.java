package io.pinion.direct;

import java.nio.file.Path;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Processes that are launched during direct I/O, however the JVM does it, harm no buffer. */
@Timeout(180)
class LaunchingTest {
    @TempDir(factory = DiskDirectory.class)
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"FORK", "VFORK", "POSIX_SPAWN"})
    void buffersAreWholeWhileProcessesAreLaunched(String mechanism) throws Exception {
        new Deprived(LaunchingProgram.class, directory)
                .with("-Djdk.lang.Process.launchMechanism=" + mechanism)
                .run()
                .says("launched: ", " by " + mechanism);
    }
}

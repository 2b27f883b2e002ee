package io.pinion.tape.image;

import io.pinion.linux.claim.LinuxTargetGuard;
import io.pinion.linux.libc.LibC;
import io.pinion.tck.TapeUnderTest;
import java.nio.file.Path;

/** The contract, on images that are claimed, by the claim's path. */
class GuardedContractTest extends TapeImageContractTest {
    @Override
    protected TapeUnderTest create(Path directory) {
        return super.create(directory).guardedBy(new LinuxTargetGuard(new LibC()));
    }
}

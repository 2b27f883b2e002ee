package io.pinion.guest.device;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** What the kernel shows of its devices. */
final class Sysfs {
    /** As deep as a SCSI disk is below its adapter. */
    private static final int DEPTH = 5;

    private Sysfs() {}

    /** {@return what is in the first folder of this name, somewhere below another} */
    static Optional<Path> child(Path below, String folder) throws IOException {
        if (!Files.exists(below)) {
            return Optional.empty();
        }
        try (Stream<Path> found = Files.find(
                below.toRealPath(), DEPTH, (path, a) -> path.getParent().endsWith(folder))) {
            return found.findFirst();
        } catch (UncheckedIOException e) {
            // What the kernel takes away while it is looked at.
            return Optional.empty();
        }
    }
}

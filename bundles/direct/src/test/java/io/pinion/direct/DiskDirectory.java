package io.pinion.direct;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirFactory;

/** Temporary directories where the build is: /tmp is often a tmpfs, which has neither write-back nor direct I/O. */
final class DiskDirectory implements TempDirFactory {
    @Override
    public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext context) throws Exception {
        Path build = Path.of("target").toAbsolutePath();
        return Files.isWritable(build) ? Files.createTempDirectory(build, "disk") : Files.createTempDirectory("disk");
    }
}

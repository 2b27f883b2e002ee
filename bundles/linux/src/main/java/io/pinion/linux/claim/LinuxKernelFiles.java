package io.pinion.linux.claim;

import io.pinion.linux.Errno;
import io.pinion.linux.Linux;
import io.pinion.linux.SystemCalls;
import io.pinion.strategy.Access;
import io.pinion.strategy.KernelFile;
import io.pinion.strategy.KernelFiles;
import io.pinion.strategy.StorageException;
import java.nio.file.Path;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Opens files by open(2). */
@Component
public final class LinuxKernelFiles implements KernelFiles {
    private final SystemCalls calls;

    /** Started by the component runtime. */
    @Activate
    public LinuxKernelFiles(@Reference SystemCalls calls) {
        this.calls = calls;
    }

    @Override
    public KernelFile open(Path path, Access access) throws StorageException {
        int flags = access.canWrite() ? Linux.O_RDWR : Linux.O_RDONLY;
        byte[] name = SystemCalls.path(path);
        long number = SystemCalls.uninterrupted(() -> calls.open(name, flags | Linux.O_CLOEXEC, 0));
        if (number < 0) {
            throw Errno.failure("open", number).build();
        }
        Descriptor descriptor = new Descriptor(calls, (int) number);
        try {
            return new LinuxKernelFile(calls, descriptor, flags);
        } catch (StorageException | RuntimeException | Error e) {
            // Memory for buffers may be exhausted, too.
            descriptor.close();
            throw e;
        }
    }
}

package io.pinion.benchmarks;

import io.pinion.linux.Linux;
import io.pinion.linux.SystemCalls;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Whether the page cache has a file: no way of a workload is to find what another left. */
public final class PageCache {
    private static final int PART = 1 << 20;

    private final SystemCalls calls;

    /** Needs the system calls for advice. */
    public PageCache(SystemCalls calls) {
        this.calls = calls;
    }

    /** Writes the file back and has it dropped, posix_fadvise(2). */
    public void drop(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(false);
        }
        int descriptor = calls.open(SystemCalls.path(file), Linux.O_RDONLY | Linux.O_CLOEXEC, 0);
        if (descriptor < 0) {
            throw new IOException("open " + file + ": error " + -descriptor);
        }
        int result = calls.fadvise(descriptor, 0, 0, Linux.POSIX_FADV_DONTNEED);
        calls.close(descriptor);
        if (result != 0) {
            throw new IOException("posix_fadvise " + file + ": error " + -result);
        }
    }

    /** Has all of the file in it. */
    public void fill(Path file) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(PART);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            while (channel.read(buffer.clear()) > 0) {
                continue;
            }
        }
    }
}

package io.pinion.direct;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the kernel counts of this thread's reads from storage (proc_pid_io(5), read_bytes). */
final class DeviceReads {
    /** The kernel does not count (CONFIG_TASK_IO_ACCOUNTING), or does not show. */
    static final long UNKNOWN = -1;

    private static final Path COUNTS = Path.of("/proc/thread-self/io");
    private static final String KEY = "read_bytes:";

    private DeviceReads() {}

    /** {@return how many bytes the calling thread has had read from storage so far, or {@link #UNKNOWN}} */
    static long ofThisThread() {
        try {
            for (String line : Files.readAllLines(COUNTS)) {
                if (line.startsWith(KEY)) {
                    return Long.parseLong(line.substring(KEY.length()).strip());
                }
            }
        } catch (IOException | NumberFormatException e) {
            return UNKNOWN;
        }
        return UNKNOWN;
    }
}

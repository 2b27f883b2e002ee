package io.pinion.direct;

import io.pinion.linux.Linux;
import io.pinion.linux.SystemCalls;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What the kernel shows of this process's descriptors, and of what it caches of a file. */
final class Descriptors {
    private static final Path LINKS = Path.of("/proc/self/fd");

    private Descriptors() {}

    /** {@return the open flags of each descriptor of that file, from /proc/self/fdinfo} */
    static List<Integer> flags(Path file) throws IOException {
        List<Integer> flags = new ArrayList<>();
        try (Stream<Path> links = Files.list(LINKS)) {
            for (Path link : links.toList()) {
                if (Files.isSymbolicLink(link) && Files.readSymbolicLink(link).equals(file)) {
                    for (String line : Files.readAllLines(Path.of("/proc/self/fdinfo/" + link.getFileName()))) {
                        if (line.startsWith("flags:")) {
                            flags.add(Integer.parseInt(line.substring(6).strip(), 8));
                        }
                    }
                }
            }
        }
        return flags;
    }

    /** {@return how many pages the kernel caches of the file} */
    static long cachedPages(SystemCalls calls, Path file) {
        int descriptor = calls.open(SystemCalls.path(file), Linux.O_RDONLY | Linux.O_CLOEXEC, 0);
        ByteBuffer result = ByteBuffer.allocateDirect(56).order(ByteOrder.nativeOrder());
        int status = calls.cachestat(descriptor, 0, 0, result);
        calls.close(descriptor);
        return status < 0 ? status : result.getLong(0);
    }

    /** Has the kernel write back and forget what it caches of the file. */
    static void dropCache(SystemCalls calls, Path file) {
        int descriptor = calls.open(SystemCalls.path(file), Linux.O_RDONLY | Linux.O_CLOEXEC, 0);
        calls.fdatasync(descriptor);
        calls.fadvise(descriptor, 0, 0, Linux.POSIX_FADV_DONTNEED);
        calls.close(descriptor);
    }
}

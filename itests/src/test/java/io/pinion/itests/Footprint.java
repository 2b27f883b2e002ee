package io.pinion.itests;

import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the process holds of what a bundle may leave behind.
 *
 * @param descriptors open files and the like, the framework's jars excepted, which it opens and closes as it likes
 * @param threads of the JVM's, those that idle in the JDK's common pool excepted
 * @param lockedKib locked memory
 * @param directBytes memory of direct buffers
 * @param unforkedKib memory that is kept from child processes: bounce buffers
 * @param libraries mapped copies of JNA's library
 * @param leftFiles JNA's temporary copies of it
 * @param closureFiles what the copy of libffi in JNA's library keeps open for ever, one for each time that it is loaded
 */
record Footprint(
        long descriptors,
        long threads,
        long lockedKib,
        long directBytes,
        long unforkedKib,
        long libraries,
        long leftFiles,
        long closureFiles) {
    /** The JDK keeps for each thread a direct buffer as large as it once needed one. */
    private static final long OF_THE_JDK = 256 * 1024;

    private static final String CLOSURES = ".*/ffi\\w+ \\(deleted\\)|/memfd:libffi.*";

    static Footprint now() throws IOException {
        return new Footprint(
                descriptorNames().size(),
                threadNames().size(),
                lockedNow(),
                ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                        .filter(pool -> pool.getName().equals("direct"))
                        .mapToLong(BufferPoolMXBean::getMemoryUsed)
                        .sum(),
                unforkedNow(),
                librariesNow(),
                leftFilesNow(),
                OpenFiles.all().stream().filter(name -> name.matches(CLOSURES)).count());
    }

    /** {@return whether there is no more of anything than in the other, after JNA's library was loaded so often} */
    boolean isWithin(Footprint other, int loaded) {
        return descriptors <= other.descriptors
                && threads <= other.threads
                && lockedKib <= other.lockedKib
                && directBytes <= other.directBytes + OF_THE_JDK
                && unforkedKib <= other.unforkedKib
                && libraries <= other.libraries
                && leftFiles <= other.leftFiles
                && closureFiles <= other.closureFiles + loaded;
    }

    static List<String> descriptorNames() throws IOException {
        return OpenFiles.all().stream()
                .filter(name -> !name.endsWith(".jar") && !name.matches(CLOSURES))
                .sorted()
                .toList();
    }

    static List<String> threadNames() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> !name.startsWith("ForkJoinPool.commonPool"))
                .sorted()
                .toList();
    }

    static long lockedNow() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmLck:"))
                .mapToLong(Footprint::number)
                .sum();
    }

    private static long unforkedNow() throws IOException {
        long sum = 0;
        long size = 0;
        for (String line : Files.readAllLines(Path.of("/proc/self/smaps"))) {
            if (line.startsWith("Size:")) {
                size = number(line);
            } else if (line.startsWith("VmFlags:") && line.contains(" dc ")) {
                sum += size;
            }
        }
        return sum;
    }

    private static long number(String line) {
        return Long.parseLong(line.replaceAll("\\D", ""));
    }

    private static long librariesNow() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/maps")).stream()
                .filter(line -> line.contains("/jna") && line.contains(" r-xp "))
                .count();
    }

    private static long leftFilesNow() throws IOException {
        long count = 0;
        for (Path directory : List.of(
                Path.of(System.getProperty("java.io.tmpdir")),
                Path.of(System.getProperty("user.home"), ".cache", "JNA", "temp"))) {
            if (Files.isDirectory(directory)) {
                try (Stream<Path> files = Files.list(directory)) {
                    count += files.filter(file -> file.getFileName().toString().matches("jna\\d+\\.tmp"))
                            .count();
                }
            }
        }
        return count;
    }
}

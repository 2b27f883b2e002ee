package io.pinion.itests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What this process has open, as the kernel shows it. */
final class OpenFiles {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    /** O_DIRECT of open(2); it differs between architectures. */
    private static final long O_DIRECT = System.getProperty("os.arch").equals("aarch64") ? 0200000 : 040000;

    private OpenFiles() {}

    /** {@return what each descriptor leads to, that of looking excepted} */
    static List<String> all() throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> descriptors = Files.list(DESCRIPTORS)) {
            for (Path descriptor : descriptors.toList()) {
                String leadsTo = leadsTo(descriptor);
                if (!leadsTo.isEmpty() && !leadsTo.matches("/proc/\\d+/fd")) {
                    found.add(leadsTo);
                }
            }
        }
        return found;
    }

    /** {@return how many descriptors lead to the file} */
    static long of(Path file) throws IOException {
        return all().stream().filter(file.toString()::equals).count();
    }

    /** {@return how many descriptors of the file are open with O_DIRECT} */
    static long directOf(Path file) throws IOException {
        long count = 0;
        try (Stream<Path> descriptors = Files.list(DESCRIPTORS)) {
            for (Path descriptor : descriptors.toList()) {
                if (leadsTo(descriptor).equals(file.toString()) && (flags(descriptor) & O_DIRECT) != 0) {
                    count++;
                }
            }
        }
        return count;
    }

    private static String leadsTo(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            // Closed since it was listed.
            return "";
        }
    }

    private static long flags(Path descriptor) {
        try {
            return Files.readString(Path.of(
                            "/proc/self/fdinfo", descriptor.getFileName().toString()))
                    .lines()
                    .filter(line -> line.startsWith("flags:"))
                    .mapToLong(line -> Long.parseLong(line.substring(6).trim(), 8))
                    .sum();
        } catch (IOException e) {
            return 0;
        }
    }
}

package io.pinion.benchmarks.report;

import io.pinion.benchmarks.Work;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Where it is measured. */
public final class Environment {
    private static final Path HUGE = Path.of("/sys/kernel/mm/transparent_hugepage/enabled");

    private Environment() {}

    /** {@return what can be told before anything is measured, by name} */
    public static Map<String, String> now() throws IOException {
        var os = ManagementFactory.getOperatingSystemMXBean();
        Map<String, String> all = new LinkedHashMap<>();
        all.put("date", LocalDate.now().toString());
        all.put("kernel", os.getName() + " " + os.getVersion());
        all.put("processors", os.getAvailableProcessors() + " × " + line(Path.of("/proc/cpuinfo"), "model name"));
        all.put("memory", line(Path.of("/proc/meminfo"), "MemTotal"));
        all.put("file system", Files.getFileStore(Work.directory()).type());
        all.put("Java", System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"));
        all.put(
                "transparent huge pages",
                Files.isReadable(HUGE) ? Files.readString(HUGE).trim() : "none");
        all.put("locked-memory limit", line(Path.of("/proc/self/limits"), "Max locked memory"));
        all.put("user", System.getProperty("user.name"));
        all.put("load average at the start", load());
        return all;
    }

    /** {@return the load average of a minute} */
    public static String load() {
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        return String.format(Locale.ROOT, "%.2f", load);
    }

    private static String line(Path file, String name) throws IOException {
        if (!Files.isReadable(file)) {
            return "unknown";
        }
        return Files.readAllLines(file).stream()
                .filter(line -> line.startsWith(name))
                .findFirst()
                .map(line ->
                        line.substring(name.length()).replaceFirst("^\\s*:", "").trim())
                .orElse("unknown")
                .replaceAll("\\s+", " ");
    }
}

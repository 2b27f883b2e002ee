package io.pinion.advisor.play;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Processor time of this process's threads, to the nanosecond: the one that asks, those of a queue, what the kernel does for them,
 * and io_uring's workers, which are threads of the process since Linux 5.12. Not in it is what the JVM does for itself (compiling,
 * collecting), and what the kernel does in threads of its own (write-back, reclaim, interrupts).
 *
 * <p>From /proc/self/task/TID/schedstat (proc(5), sched-stats): the JDK's own figure for a process has a resolution of 10 ms.
 * Each thread's is held against its own, as one that ends takes with it all that it ever had; what that was since the beginning
 * nobody can tell, and it is left out. For one thread, whose own time comes from its clock, as the kernel brings the other up to
 * date at ticks alone.
 */
final class ProcessorTime {
    private static final File TASKS = new File("/proc/self/task");
    private static final List<String> OF_THE_JVM = List.of("C1 ", "C2 ", "G1 ", "GC ", "VM ", "Sweeper");

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final Map<String, Boolean> counted = new HashMap<>();
    private final String own = own();
    private Map<String, Long> before = Map.of();

    /** What is asked for is counted from now on. */
    void begin() {
        before = times();
    }

    /** {@return nanoseconds since it began, of the threads that are there now} */
    long nanos() {
        return times().entrySet().stream()
                .mapToLong(now -> Math.max(0, now.getValue() - before.getOrDefault(now.getKey(), 0L)))
                .sum();
    }

    private Map<String, Long> times() {
        Map<String, Long> times = new HashMap<>();
        times.put(own, threads.getCurrentThreadCpuTime());
        String[] tasks = TASKS.list();
        for (String task : tasks == null ? new String[0] : tasks) {
            if (!task.equals(own) && counted.computeIfAbsent(task, ProcessorTime::counts)) {
                times.put(task, time(task));
            }
        }
        return times;
    }

    private static long time(String task) {
        String[] figures = read(new File(TASKS, task + "/schedstat")).split(" ");
        return figures[0].isEmpty() ? 0 : Long.parseLong(figures[0]);
    }

    private static boolean counts(String task) {
        String name = read(new File(TASKS, task + "/comm"));
        return OF_THE_JVM.stream().noneMatch(name::startsWith);
    }

    /** The calling thread's number: the link's last part. */
    private static String own() {
        try {
            return new File("/proc/thread-self").getCanonicalFile().getName();
        } catch (IOException e) {
            return "";
        }
    }

    /** A thread that has ended has no file any more. */
    private static String read(File file) {
        try (InputStream input = new FileInputStream(file)) {
            return new String(input.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            return "";
        }
    }
}

package io.pinion.advisor.play;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * Processor time of this whole process (CLOCK_PROCESS_CPUTIME_ID): the threads that ask, those of a queue, the kernel's work for
 * them, and io_uring's workers, which are threads of the process since Linux 5.12. What the kernel does in threads of its own
 * (write-back, reclaim, interrupts) is not in it.
 */
final class ProcessorTime {
    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private ProcessorTime() {}

    /** {@return nanoseconds so far} */
    static long nanos() {
        return SYSTEM.getProcessCpuTime();
    }
}

package io.pinion.advisor.play;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * Processor time of this whole process (CLOCK_PROCESS_CPUTIME_ID): the threads that ask, those of a queue, the kernel's work for
 * them, and io_uring's workers, which are threads of the process since Linux 5.12. What the kernel does in threads of its own
 * (write-back, reclaim, interrupts) is not in it.
 *
 * <p>By the MBean's attribute: the interface that has it is in a package that not every container gives to bundles.
 */
public final class ProcessorTime {
    private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();
    private static final ObjectName SYSTEM = system();

    private ProcessorTime() {}

    /** {@return nanoseconds so far; 0 always where this Java can't tell} */
    public static long nanos() {
        try {
            return SERVER.getAttribute(SYSTEM, "ProcessCpuTime") instanceof Long nanos ? nanos : 0;
        } catch (JMException e) {
            return 0;
        }
    }

    private static ObjectName system() {
        try {
            return new ObjectName(ManagementFactory.OPERATING_SYSTEM_MXBEAN_NAME);
        } catch (JMException e) {
            throw new IllegalStateException(e);
        }
    }
}

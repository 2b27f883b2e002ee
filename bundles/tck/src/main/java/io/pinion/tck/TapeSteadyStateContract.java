package io.pinion.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.ThreadMXBean;
import io.pinion.strategy.Access;
import io.pinion.strategy.Handover;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.TapeChannel;
import io.pinion.strategy.TapeResult;
import io.pinion.strategy.TapeResult.Outcome;
import io.pinion.strategy.Target;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** A stream of records costs nothing but the transfers, and a channel gives back what it held. */
interface TapeSteadyStateContract extends TapeContract {
    /** How many records one round writes and reads. */
    int RECORDS = 200;

    /** How often a channel is opened that may leak. */
    int TIMES = 60;

    /** Writing and reading allocates nothing by the record, in memory that needs no copy. */
    @Test
    default void recordsAllocateNothing() throws Exception {
        assumeAllocationsAreTold();
        TapeChannel channel = trial().open();
        ByteBuffer record = BufferKind.PAGE.allocate(trial().traits().fit(65_536));
        TapeResult result = new TapeResult();
        ThreadMXBean allocations = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        // The compiler removes what the interpreter allocates: some rounds go by until it has.
        for (int round = 0; round < 60 && least >= RECORDS; round++) {
            channel.rewind(result);
            long before =
                    allocations.getThreadAllocatedBytes(Thread.currentThread().getId());
            write(channel, record, result);
            long between =
                    allocations.getThreadAllocatedBytes(Thread.currentThread().getId());
            channel.rewind(result);
            long again =
                    allocations.getThreadAllocatedBytes(Thread.currentThread().getId());
            read(channel, record, result);
            long after =
                    allocations.getThreadAllocatedBytes(Thread.currentThread().getId());
            least = Math.min(least, between - before + after - again);
        }
        // Asking allocates a little on some JVMs.
        assertTrue(least < RECORDS, "bytes for " + RECORDS + " records written and read: " + least);
    }

    private static void assumeAllocationsAreTold() {
        assumeTrue(
                ManagementFactory.getThreadMXBean() instanceof ThreadMXBean threads
                        && threads.isThreadAllocatedMemoryEnabled(),
                "this JVM does not tell what a thread allocates");
        String level = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                .getVMOption("TieredStopAtLevel")
                .getValue();
        assumeTrue(
                level.equals("4"),
                () -> "TieredStopAtLevel=" + level + ": this compiler leaves allocations that the last one removes");
    }

    private static void write(TapeChannel channel, ByteBuffer record, TapeResult result) throws StorageException {
        for (int i = 0; i < RECORDS; i++) {
            result.clear();
            channel.write(record.clear(), result);
            assertSame(record, result);
        }
    }

    private static void read(TapeChannel channel, ByteBuffer record, TapeResult result) throws StorageException {
        for (int i = 0; i < RECORDS; i++) {
            result.clear();
            channel.read(record.clear(), result);
            assertSame(record, result);
        }
    }

    /** What an assertion does with a message that is made would be counted. */
    private static void assertSame(ByteBuffer record, TapeResult result) {
        if (result.outcome() != Outcome.DONE || result.count() != record.capacity()) {
            assertEquals(record.capacity(), result.count(), result.toString());
        }
    }

    /** Channels give back their descriptors, those that never began too. */
    @Test
    default void channelsGiveBackTheirDescriptors() throws Exception {
        assumeTrue(OpenFiles.areVisible(), "there is no /proc/self/fdinfo here");
        Target target = trial().target();
        use(target);
        int before = OpenFiles.count();
        for (int i = 0; i < TIMES; i++) {
            use(target);
        }
        Await.until(
                "descriptors to come back to " + before + " of " + OpenFiles.count(),
                () -> OpenFiles.count() < before + TIMES / 4);
    }

    private void use(Target target) throws Exception {
        TapeChannel channel = trial().openOnly(target, Access.READ_WRITE);
        channel.begin(Handover.first());
        TapeResult result = new TapeResult();
        channel.rewind(result);
        // Heap memory: what needs copies.
        channel.write(ByteBuffer.allocate(trial().traits().fit(5000)), result);
        channel.rewind(result);
        channel.read(ByteBuffer.allocate(trial().traits().fit(5000)), result);
        channel.flush();
        trial().close(trial().openOnly(target, Access.READ_WRITE));
        trial().close(channel);
    }
}

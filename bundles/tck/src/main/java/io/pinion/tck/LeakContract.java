package io.pinion.tck;

import static io.pinion.tck.Trial.NONE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pinion.strategy.Access;
import io.pinion.strategy.PositionalChannel;
import io.pinion.strategy.Target;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** What a channel held is given back when it is closed. */
interface LeakContract extends Contract {
    /** How often something is opened that may leak: enough for a leak to stand out. */
    int TIMES = 60;

    /** Channels give back their descriptors, those that never began too. */
    @Test
    default void channelsGiveBackTheirDescriptors() throws Exception {
        assumeTrue(OpenFiles.areVisible(), "there is no /proc/self/fdinfo here");
        Target target = trial().target(50_000);
        use(target);
        int before = OpenFiles.count();
        for (int i = 0; i < TIMES; i++) {
            use(target);
        }
        Await.until(
                "descriptors to come back to " + before + " of " + OpenFiles.count(),
                () -> OpenFiles.count() < before + TIMES / 4);
    }

    /** Channels give back their memory; what the garbage collector has to do first is given time. */
    @Test
    default void channelsGiveBackTheirMemory() throws Exception {
        Target target = trial().target(50_000);
        for (int i = 0; i < 5; i++) {
            use(target);
        }
        long before = settled();
        for (int i = 0; i < TIMES; i++) {
            use(target);
        }
        Await.until("direct memory to come back to " + before, () -> {
            if (directBuffers().getMemoryUsed() < before + TIMES * 4096L) {
                return true;
            }
            ManagementFactory.getMemoryMXBean().gc();
            return false;
        });
    }

    /** {@return how much direct memory is used once what nobody uses any more is freed, other tests' too} */
    private static long settled() {
        long used = Long.MAX_VALUE;
        for (int rounds = 0; rounds < 5; rounds++) {
            ManagementFactory.getMemoryMXBean().gc();
            // What the collector has found is freed by another thread.
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
            long now = directBuffers().getMemoryUsed();
            rounds = now < used ? 0 : rounds;
            used = Math.min(used, now);
        }
        return used;
    }

    private static BufferPoolMXBean directBuffers() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .findFirst()
                .orElseThrow();
    }

    private void use(Target target) throws Exception {
        PositionalChannel channel = trial().open(target);
        // Heap memory, at odd offsets: what needs copies.
        assertEquals(40_000, channel.write(ByteBuffer.wrap(Content.bytes(1, 40_000, 1)), 1, NONE));
        assertEquals(40_000, channel.read(ByteBuffer.allocate(40_000), 1, NONE));
        channel.flush();
        PositionalChannel unused = trial().openOnly(target, Access.READ_WRITE);
        trial().close(unused);
        trial().close(channel);
    }
}

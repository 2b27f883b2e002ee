package io.pinion.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import io.pinion.linux.libc.LibC;
import io.pinion.linux.uring.IoUring;
import io.pinion.linux.uring.RingOptions;
import io.pinion.memory.BufferLease;
import io.pinion.memory.pool.ArenaPool;
import io.pinion.strategy.CompletionSink;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.TransferFlags;
import io.pinion.volume.IoQueue;
import io.pinion.volume.Pinion;
import io.pinion.volume.Volume;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * One sample, in a virtual machine of its own: what {@code uring.c} does, through a volume on strategy {@code direct}, from
 * and to leased buffers. NOP goes by the bare ring, of the kind that queues have or of the owner-bound one. Arguments and
 * output are those of the C program, and allocated=N: bytes that the thread allocated.
 */
public final class QueuedSample implements CompletionSink {
    private static final long WARM_UP = TimeUnit.MILLISECONDS.toNanos(1500);
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final int size;
    private final int batch;
    private final long duration;
    private final int[] free;
    private int freeCount;
    private long operations;

    private QueuedSample(int size, int depth, int batch, long duration) {
        this.size = size;
        this.batch = batch;
        this.duration = duration;
        free = new int[depth];
        for (int slot = 0; slot < depth; slot++) {
            free[freeCount++] = slot;
        }
    }

    /** One turn: prepares with all that is free, submits, waits and reaps. */
    private interface Turn {
        void take() throws StorageException;
    }

    /** See the class. */
    public static void main(String[] arguments) throws Exception {
        QueuedSample sample = new QueuedSample(
                Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]), Integer.parseInt(arguments[4]), (long)
                        (Double.parseDouble(arguments[5]) * SECOND));
        switch (arguments[0]) {
            case "nop" -> sample.nop(RingOptions.entries(sample.free.length).shared());
            case "nop-owner-bound" -> sample.nop(RingOptions.entries(sample.free.length));
            default -> sample.transfer(arguments[0].equals("write"), arguments[1]);
        }
    }

    private void nop(RingOptions options) throws StorageException {
        try (IoUring ring = IoUring.open(new LibC(), options)) {
            measure(() -> {
                while (freeCount > 0) {
                    ring.prepare().nop(0, free[--freeCount]);
                }
                ring.submit(batch, SECOND);
                ring.reap((slot, result) -> completed(slot, result));
            });
        }
    }

    private void transfer(boolean writing, String file) throws Exception {
        LibC calls = new LibC();
        ArenaPool pool = new ArenaPool(calls);
        BufferLease[] leases = new BufferLease[free.length];
        for (int slot = 0; slot < leases.length; slot++) {
            leases[slot] = pool.lease(size);
        }
        try (Pinion pinion = Strategies.start()) {
            String target = Path.of(file).toAbsolutePath().toString();
            pinion.configure("v", Map.of("target", target, "strategy", "direct"));
            Volume volume = pinion.volume("v", Duration.ofSeconds(10));
            long blocks = volume.size() / size;
            SplittableRandom random = new SplittableRandom(1);
            try (IoQueue queue = volume.openQueue(free.length)) {
                measure(() -> {
                    while (freeCount > 0) {
                        int slot = free[--freeCount];
                        long position = random.nextLong(blocks) * size;
                        if (writing) {
                            queue.write(leases[slot], 0, size, position, slot, TransferFlags.NONE);
                        } else {
                            queue.read(leases[slot], 0, size, position, slot, TransferFlags.NONE);
                        }
                    }
                    queue.submit(batch, SECOND);
                    queue.poll(this);
                });
                for (String note : pinion.admin().why("v")) {
                    System.err.println(note);
                }
            }
        }
    }

    private void measure(Turn turn) throws StorageException {
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long begin = System.nanoTime();
        long cpu = 0;
        long allocated = 0;
        boolean warm = false;
        for (long round = 0; ; round++) {
            turn.take();
            if (round % 16 != 0) {
                continue;
            }
            long now = System.nanoTime();
            if (!warm && now - begin > WARM_UP) {
                warm = true;
                allocated = threads.getCurrentThreadAllocatedBytes();
                cpu = system.getProcessCpuTime();
                operations = 0;
                begin = System.nanoTime();
            } else if (warm && now - begin > duration) {
                long used = system.getProcessCpuTime() - cpu;
                long bytes = threads.getCurrentThreadAllocatedBytes() - allocated;
                System.out.printf("operations=%d nanos=%d cpu=%d allocated=%d%n", operations, now - begin, used, bytes);
                return;
            }
        }
    }

    @Override
    public void completed(long token, int transferred) {
        free[freeCount++] = (int) token;
        operations++;
    }

    @Override
    public void failed(long token, StorageException error) {
        throw new IllegalStateException(error);
    }
}

package io.pinion.direct;

import io.pinion.memory.BufferLease;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.TransferFlags;
import io.pinion.volume.IoQueue;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs in a JVM of its own, for a mechanism to launch processes is chosen once: launches them all the while, and transfers
 * meanwhile by a queue, from and to leases, buffers of its own, and such as are bounced.
 */
final class LaunchingProgram {
    private static final int BLOCK = DirectFile.BLOCK;
    private static final int BLOCKS = 16;
    private static final int LEAST_PROCESSES = 40;
    private static final int MOST_ROUNDS = 100_000;

    private final AtomicBoolean stopped = new AtomicBoolean();
    private final AtomicInteger launched = new AtomicInteger();

    private LaunchingProgram() {}

    /** @param args the target */
    public static void main(String[] args) throws Exception {
        LaunchingProgram program = new LaunchingProgram();
        Thread launcher = new Thread(program::launch, "launcher");
        launcher.start();
        program.transfer(Path.of(args[0]));
        program.stopped.set(true);
        launcher.join(TimeUnit.SECONDS.toMillis(30));
        System.out.println(
                "launched: " + program.launched + " by " + System.getProperty("jdk.lang.Process.launchMechanism"));
        System.out.println("done");
        System.exit(0);
    }

    private void launch() {
        try {
            while (!stopped.get()) {
                if (new ProcessBuilder("true").start().waitFor() == 0) {
                    launched.incrementAndGet();
                }
            }
        } catch (Exception e) {
            throw new IllegalStateException("after " + launched + " processes", e);
        }
    }

    private void transfer(Path target) throws Exception {
        try (DirectVolume hosted = new DirectVolume(target);
                IoQueue queue = hosted.volume.openQueue(BLOCKS)) {
            List<BufferLease> leases = new ArrayList<>();
            List<ByteBuffer> buffers = new ArrayList<>();
            for (int i = 0; i < BLOCKS; i++) {
                leases.add(hosted.pool.lease(BLOCK));
                buffers.add(i % 3 == 0 ? leases.get(i).buffer() : DirectFile.aligned(BLOCK, i % 3 == 1 ? 0 : 1));
            }
            int round = 0;
            while (launched.get() < LEAST_PROCESSES) {
                if (++round > MOST_ROUNDS) {
                    throw new IllegalStateException("only " + launched + " processes were launched");
                }
                for (int i = 0; i < BLOCKS; i++) {
                    buffers.get(i).put(0, DirectFile.content(BLOCK, round * BLOCKS + i));
                    prepare(queue, true, i, leases, buffers);
                }
                hosted.complete(queue);
                for (int i = 0; i < BLOCKS; i++) {
                    buffers.get(i).put(0, new byte[BLOCK]);
                    prepare(queue, false, i, leases, buffers);
                }
                hosted.complete(queue);
                check(hosted, round, buffers);
            }
        }
    }

    private static void prepare(
            IoQueue queue, boolean writing, int i, List<BufferLease> leases, List<ByteBuffer> buffers)
            throws StorageException {
        long position = (long) i * BLOCK;
        if (i % 3 == 0 && writing) {
            queue.write(leases.get(i), 0, BLOCK, position, i, TransferFlags.NONE);
        } else if (i % 3 == 0) {
            queue.read(leases.get(i), 0, BLOCK, position, i, TransferFlags.NONE);
        } else if (writing) {
            queue.write(buffers.get(i), 0, BLOCK, position, i, TransferFlags.NONE);
        } else {
            queue.read(buffers.get(i), 0, BLOCK, position, i, TransferFlags.NONE);
        }
    }

    private static void check(DirectVolume hosted, int round, List<ByteBuffer> buffers) {
        if (!hosted.failed.isEmpty()) {
            throw new IllegalStateException("failed: " + hosted.failed);
        }
        for (int i = 0; i < BLOCKS; i++) {
            if (!buffers.get(i).equals(ByteBuffer.wrap(DirectFile.content(BLOCK, round * BLOCKS + i)))) {
                throw new IllegalStateException("block " + i + " of round " + round + " is not what was written");
            }
        }
    }
}

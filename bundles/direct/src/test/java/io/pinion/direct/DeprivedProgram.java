package io.pinion.direct;

import io.pinion.linux.Errno;
import io.pinion.linux.SystemCalls;
import io.pinion.linux.claim.LinuxTargetGuard;
import io.pinion.linux.libc.LibC;
import io.pinion.memory.BufferLease;
import io.pinion.memory.mlock.MlockPinner;
import io.pinion.memory.pool.ArenaPool;
import io.pinion.strategy.CompletionSink;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.TransferFlags;
import io.pinion.volume.IoQueue;
import io.pinion.volume.Pinion;
import io.pinion.volume.Volume;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Runs in a JVM of its own: takes something from itself, then uses a volume on {@code direct} as applications do, with a
 * queue and leases, and tells how that went. What it prints last is {@code done}, if all data was right.
 */
final class DeprivedProgram {
    private static final int DEPTH = 32;
    private static final int SIZE = DirectFile.BLOCK;
    private static final int NO_HUGE_PAGES = 41;
    private static final String VOLUME = "v";
    private static final String PLATFORM_THREAD = "PLATFORM_THREAD";

    private final CompletionSink sink = new CompletionSink() {
        @Override
        public void completed(long token, int transferred) {
            completed += transferred;
        }

        @Override
        public void failed(long token, StorageException error) {
            throw new IllegalStateException("operation " + token, error);
        }
    };

    private long completed;

    private DeprivedProgram() {}

    /** @param args the target, then what to take: {@code CALL=ERRNO}, {@code HUGE_PAGES}, {@code PLATFORM_THREAD} */
    public static void main(String[] args) throws Exception {
        FutureTask<Void> run = new FutureTask<>(() -> {
            new DeprivedProgram().run(Path.of(args[0]));
            return null;
        });
        List<String> taken = List.of(args).subList(1, args.length);
        if (taken.contains(PLATFORM_THREAD)) {
            Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, run);
        } else {
            taken.forEach(what -> take(what.split("=")));
            run.run();
        }
        run.get();
        System.out.println("done");
        // Threads of the host's that are waiting for work would keep the JVM for a second.
        System.exit(0);
    }

    private static void take(String[] what) {
        if (what.length == 1) {
            Seccomp.prctl(NO_HUGE_PAGES, 1);
        } else {
            Seccomp.refuse(Seccomp.Call.valueOf(what[0]), Errno.valueOf(what[1]));
        }
    }

    private void run(Path target) throws Exception {
        SystemCalls calls = new LibC();
        MlockPinner pinner = new MlockPinner(calls, "deprived");
        ArenaPool pool = new ArenaPool(calls);
        pool.bindPinner(pinner);
        DirectStrategy direct = new DirectStrategy(calls);
        direct.bindPinner(pinner);
        // As an application may: the pool takes what it wants before anybody else does.
        pool.lease(1).close();
        try (Pinion pinion = Pinion.start()) {
            pinion.guard(new LinuxTargetGuard(calls));
            pinion.add(DirectStrategy.NAME, direct);
            pinion.configure(VOLUME, Map.of("target", target.toString(), "strategy", DirectStrategy.NAME));
            Volume volume = pinion.volume(VOLUME, Duration.ofSeconds(20));
            try (IoQueue queue = volume.openQueue(DEPTH)) {
                use(queue, pool);
                tell(pinion);
            }
        }
        pool.notes().forEach(note -> System.out.println("pool: " + note));
        pool.stop();
    }

    /** Writes from leases and from a plain buffer, and reads back into others. */
    private void use(IoQueue queue, ArenaPool pool) throws StorageException {
        List<BufferLease> leases = new ArrayList<>();
        for (int i = 0; i < DEPTH / 2; i++) {
            BufferLease lease = pool.lease(SIZE);
            leases.add(lease);
            fill(lease.buffer(), i);
            queue.write(lease, 0, SIZE, (long) i * SIZE, i, TransferFlags.NONE);
        }
        ByteBuffer plain = DirectFile.aligned(SIZE, 0);
        fill(plain, DEPTH);
        queue.write(plain, 0, SIZE, (long) DEPTH * SIZE, DEPTH, TransferFlags.NONE);
        queue.flush(DEPTH + 1);
        complete(queue);
        ByteBuffer plainBack = DirectFile.aligned(SIZE, 0);
        queue.read(plainBack, 0, SIZE, (long) DEPTH * SIZE, DEPTH, TransferFlags.NONE);
        List<BufferLease> back = new ArrayList<>();
        for (int i = 0; i < DEPTH / 2; i++) {
            back.add(pool.lease(SIZE));
            queue.read(back.get(i), 0, SIZE, (long) i * SIZE, i, TransferFlags.NONE);
        }
        complete(queue);
        boolean right = plain.equals(plainBack) && completed == 2L * (DEPTH / 2 + 1) * SIZE;
        for (int i = 0; i < DEPTH / 2; i++) {
            right &= leases.get(i).buffer().equals(back.get(i).buffer());
        }
        if (!right) {
            throw new IllegalStateException("what was read back is not what was written");
        }
    }

    private static void fill(ByteBuffer buffer, int seed) {
        buffer.put(0, DirectFile.content(SIZE, seed));
    }

    private void complete(IoQueue queue) throws StorageException {
        for (int tries = 0; queue.pending() > 0; tries++) {
            if (tries > 1000) {
                throw new IllegalStateException(queue.pending() + " operations do not complete");
            }
            queue.submit(queue.pending(), TimeUnit.SECONDS.toNanos(1));
            queue.poll(sink);
        }
    }

    private static void tell(Pinion pinion) throws IOException {
        try (Stream<String> status = Files.lines(Path.of("/proc/self/status"))) {
            status.filter(line -> line.startsWith("Vm"))
                    .forEach(line -> System.out.println("kernel: " + line.replaceAll("\\s+", " ")));
        }
        pinion.admin().why(VOLUME).forEach(line -> System.out.println("why: " + line));
        pinion.admin()
                .statistics(VOLUME)
                .byStrategy()
                .get(DirectStrategy.NAME)
                .causes()
                .forEach((words, count) -> System.out.println("fallbacks: " + count.fallbacks() + " " + words));
    }
}

package io.pinion.direct;

import io.pinion.linux.libc.LibC;
import io.pinion.memory.BufferLease;
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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A program that starts processes while it reads and writes directly: by calls into memory of its own and by bouncing, and
 * by a queue into leases. Meanwhile a thread writes to the other half of the very pages that are read into: a page that a
 * child shares is copied then, and what the device delivers must not end up in the child's. Says on one line how it went.
 */
final class DirectWhileForking {
    static final String UNAVAILABLE = "UNAVAILABLE";
    static final String FINE = "FINE";

    private static final int PAGE = 4096;
    private static final int PAGES = 8;
    private static final int LENGTH = PAGE / 2;
    private static final int AREA = PAGES * PAGE;
    /** The size of a bounce buffer, which tells one from others. */
    private static final int BOUNCE = 64 << 10;

    private static final long LONG = TimeUnit.SECONDS.toNanos(30);

    private final ScriptedCalls script = new ScriptedCalls();
    private final AtomicBoolean stop = new AtomicBoolean();
    private final ByteBuffer own = DirectFile.aligned(AREA, 0);
    private volatile long bounce;

    private DirectWhileForking() {}

    /** Arguments: a file, and how long to go on, in milliseconds. */
    public static void main(String[] arguments) throws Exception {
        try {
            start();
        } catch (Error e) {
            // So the JDK says that it has no such mechanism.
            System.out.println(UNAVAILABLE + " " + (e.getCause() == null ? e : e.getCause()));
            return;
        }
        System.out.println(new DirectWhileForking().run(Path.of(arguments[0]), Long.parseLong(arguments[1])));
    }

    private static void start() throws IOException, InterruptedException {
        Process process = new ProcessBuilder("true").start();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("a process does not end");
        }
    }

    private String run(Path file, long millis) throws Exception {
        Files.write(file, new byte[3 * AREA]);
        script.answer("pread", Integer.MAX_VALUE, (a, real) -> {
            if (a[1] instanceof ByteBuffer buffer && buffer.capacity() == BOUNCE) {
                bounce = script.real().address(buffer);
            }
            return real.make(a);
        });
        ArenaPool pool = new ArenaPool(new LibC());
        ExecutorService threads = Executors.newCachedThreadPool();
        try (Pinion pinion = Pinion.start();
                BufferLease lease = pool.lease(AREA)) {
            pinion.add("direct", new DirectStrategy(script.calls(), Settings.SMALL));
            pinion.configure("v", Map.of("target", file.toString(), "strategy", "direct"));
            Volume volume = pinion.volume("v", Duration.ofSeconds(10));
            List<Future<Integer>> parts = new ArrayList<>();
            parts.add(threads.submit(() -> calls(volume)));
            parts.add(threads.submit(() -> queue(volume, lease)));
            parts.add(threads.submit(() -> disturb(lease.buffer())));
            int processes = 0;
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
            while (System.nanoTime() < end && parts.stream().noneMatch(Future::isDone)) {
                start();
                processes++;
            }
            stop.set(true);
            int called = parts.get(0).get(30, TimeUnit.SECONDS);
            int queued = parts.get(1).get(30, TimeUnit.SECONDS);
            return FINE + " processes=" + processes + " called=" + called + " queued=" + queued + " bounce="
                    + forkedAt(bounce) + " lease=" + forkedAt(lease.address());
        } finally {
            stop.set(true);
            threads.shutdown();
            pool.stop();
        }
    }

    private int calls(Volume volume) throws StorageException {
        int rounds = 0;
        while (!stop.get()) {
            int value = ++rounds;
            for (int page = 0; page < PAGES; page++) {
                ByteBuffer part = own.slice(page * PAGE, LENGTH);
                volume.write(filled(part, value + page), page * (long) PAGE);
                ByteBuffer heap = filled(ByteBuffer.allocate(LENGTH), value + page);
                volume.write(heap, AREA + page * (long) PAGE + 1);
            }
            for (int page = 0; page < PAGES; page++) {
                ByteBuffer part = filled(own.slice(page * PAGE, LENGTH), -1);
                volume.read(part, page * (long) PAGE);
                verify(part, value + page, "by a call");
                ByteBuffer heap = ByteBuffer.allocate(LENGTH);
                volume.read(heap, AREA + page * (long) PAGE + 1);
                verify(heap, value + page, "by bouncing");
            }
        }
        return rounds;
    }

    private int queue(Volume volume, BufferLease lease) throws StorageException {
        int rounds = 0;
        try (IoQueue queue = volume.openQueue(PAGES)) {
            while (!stop.get()) {
                int value = ++rounds;
                for (int page = 0; page < PAGES; page++) {
                    filled(lease.buffer().slice(page * PAGE, LENGTH), value + page);
                    queue.write(lease, page * PAGE, LENGTH, 2 * AREA + page * (long) PAGE, page, TransferFlags.NONE);
                }
                complete(queue);
                for (int page = 0; page < PAGES; page++) {
                    filled(lease.buffer().slice(page * PAGE, LENGTH), -1);
                    queue.read(lease, page * PAGE, LENGTH, 2 * AREA + page * (long) PAGE, page, TransferFlags.NONE);
                }
                complete(queue);
                for (int page = 0; page < PAGES; page++) {
                    verify(lease.buffer().slice(page * PAGE, LENGTH), value + page, "by a queue");
                }
            }
        }
        return rounds;
    }

    private static void complete(IoQueue queue) throws StorageException {
        List<StorageException> failed = new ArrayList<>();
        CompletionSink sink = new CompletionSink() {
            @Override
            public void completed(long token, int transferred) {
                // All that is looked at is the bytes.
            }

            @Override
            public void failed(long token, StorageException error) {
                failed.add(error);
            }
        };
        while (queue.pending() > 0) {
            queue.submit(queue.pending(), LONG);
            queue.poll(sink);
        }
        if (!failed.isEmpty()) {
            throw failed.get(0);
        }
    }

    private int disturb(ByteBuffer leased) {
        int rounds = 0;
        while (!stop.get()) {
            rounds++;
            for (int page = 0; page < PAGES; page++) {
                own.put(page * PAGE + LENGTH, (byte) rounds);
                leased.put(page * PAGE + LENGTH, (byte) rounds);
            }
        }
        return rounds;
    }

    private static ByteBuffer filled(ByteBuffer buffer, int value) {
        for (int index = 0; index < buffer.capacity(); index++) {
            buffer.put(index, (byte) value);
        }
        return buffer;
    }

    private static void verify(ByteBuffer buffer, int value, String how) {
        for (int index = 0; index < buffer.capacity(); index++) {
            if (buffer.get(index) != (byte) value) {
                throw new IllegalStateException(
                        "read " + how + ": at " + index + " is " + buffer.get(index) + ", not " + (byte) value);
            }
        }
    }

    /** {@return whether a child gets the memory at the address: {@code kept} when not (proc_pid_smaps(5), VmFlags, dc)} */
    private static String forkedAt(long address) throws IOException {
        boolean within = false;
        for (String line : Files.readAllLines(Path.of("/proc/self/smaps"))) {
            if (line.startsWith("VmFlags:") && within) {
                return line.contains(" dc") ? "kept" : "given to children";
            }
            int dash = line.indexOf('-');
            int blank = line.indexOf(' ');
            if (dash > 0 && dash < blank && line.indexOf(':') > blank) {
                within = Long.parseUnsignedLong(line.substring(0, dash), 16) <= address
                        && address < Long.parseUnsignedLong(line.substring(dash + 1, blank), 16);
            }
        }
        return "unknown";
    }
}

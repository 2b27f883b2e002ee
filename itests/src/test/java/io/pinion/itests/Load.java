package io.pinion.itests;

import static org.junit.Assert.assertEquals;

import io.pinion.strategy.StorageException;
import io.pinion.volume.Volume;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/**
 * Four threads that write, read and flush without a pause. Each has records of its own, which carry owner, place and
 * version, so that a stale read, a lost update and a neighbour's harm all show. Two threads write whole aligned blocks from
 * direct buffers, in turn; two write records of 1000 bytes, which share blocks with each other's.
 */
final class Load implements AutoCloseable {
    /** How long the file must be. */
    static final long SIZE = 1 << 20;

    private static final int RECORDS = 48;
    private static final int FLUSH_EVERY = 256;
    private static final int FAULTS_SHOWN = 5;

    private final Volume volume;
    private final List<Worker> workers = new ArrayList<>();
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();
    private volatile boolean stopped;

    private Load(Volume volume) {
        this.volume = volume;
        workers.add(new Worker(0, 4096, 0, true));
        workers.add(new Worker(1, 4096, 0, true));
        workers.add(new Worker(2, 1000, SIZE / 2, true));
        workers.add(new Worker(3, 1000, SIZE / 2, false));
    }

    /** Begins at once. */
    static Load on(Volume volume) {
        Load load = new Load(volume);
        load.workers.forEach(Thread::start);
        load.awaitProgress();
        return load;
    }

    long operations() {
        return workers.stream().mapToLong(worker -> worker.operations).sum();
    }

    List<String> faults() {
        return faults.stream().limit(FAULTS_SHOWN).toList();
    }

    /** Returns once each thread has done some more. */
    void awaitProgress() {
        List<Long> before = workers.stream().map(worker -> worker.operations).toList();
        Eventually.holds(
                "each thread of the load goes on",
                () -> !faults.isEmpty()
                        || workers.stream().allMatch(worker -> worker.operations > before.get(worker.lane) + 20),
                () -> workers.stream().map(worker -> worker.operations).toList() + " after " + before);
        assertEquals("faults under load", List.of(), faults());
    }

    /** Stops, reads everything once more, and fails if anything ever failed or differed. */
    @Override
    public void close() {
        stop();
        assertEquals("faults under load", List.of(), faults());
        workers.forEach(Worker::verifyAll);
        assertEquals("faults when all is read at the end", List.of(), faults());
    }

    /** Stops, whatever state it is in. */
    void stop() {
        stopped = true;
        for (Worker worker : workers) {
            try {
                worker.join(Eventually.BOUND.toMillis());
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            if (worker.isAlive()) {
                throw new AssertionError(worker.getName() + " hangs at "
                        + List.of(worker.getStackTrace()).subList(0, Math.min(8, worker.getStackTrace().length)));
            }
        }
    }

    private final class Worker extends Thread {
        private final int lane;
        private final int size;
        private final long start;
        private final ByteBuffer buffer;
        private final int[] versions = new int[RECORDS];
        private volatile long operations;

        Worker(int lane, int size, long start, boolean direct) {
            super("load-" + lane);
            setDaemon(true);
            this.lane = lane;
            this.size = size;
            this.start = start;
            this.buffer = size == 4096
                    ? ByteBuffer.allocateDirect(2 * size).alignedSlice(size).slice(0, size)
                    : direct ? ByteBuffer.allocateDirect(size) : ByteBuffer.allocate(size);
        }

        @Override
        public void run() {
            SplittableRandom random = new SplittableRandom(lane);
            try {
                for (int record = 0; record < RECORDS; record++) {
                    write(record);
                }
                while (!stopped) {
                    step(random);
                }
            } catch (StorageException | RuntimeException e) {
                faults.add(getName() + " after " + operations + " operations: " + e);
            }
        }

        private void step(SplittableRandom random) throws StorageException {
            int record = random.nextInt(RECORDS);
            if (random.nextBoolean()) {
                write(record);
            } else {
                verify(record);
            }
            operations = operations + 1;
            if (operations % FLUSH_EVERY == 0) {
                volume.flush();
            }
        }

        private long position(int record) {
            return start + (2L * record + lane % 2) * size;
        }

        private long word(int record, int version, int index) {
            return ((long) lane << 56 | (long) record << 48 | (long) version << 16) + index;
        }

        private void write(int record) throws StorageException {
            buffer.clear();
            int version = versions[record] + 1;
            for (int i = 0; i < size / Long.BYTES; i++) {
                buffer.putLong(word(record, version, i));
            }
            buffer.flip();
            volume.write(buffer, position(record));
            versions[record] = version;
        }

        private void verify(int record) throws StorageException {
            buffer.clear();
            int done = volume.read(buffer, position(record));
            buffer.flip();
            for (int i = 0; i < done / Long.BYTES; i++) {
                long found = buffer.getLong();
                long wanted = word(record, versions[record], i);
                if (found != wanted) {
                    throw new IllegalStateException(String.format(
                            "record %d, word %d: %016x, wanted %016x, at %d",
                            record, i, found, wanted, position(record)));
                }
            }
            if (done != size) {
                throw new IllegalStateException("record " + record + ": read " + done + " of " + size);
            }
        }

        private void verifyAll() {
            try {
                for (int record = 0; record < RECORDS; record++) {
                    verify(record);
                }
            } catch (StorageException | RuntimeException e) {
                faults.add(getName() + " at the end: " + e);
            }
        }
    }

    /** {@return how long something takes} */
    static long millis(ThrowingRunnable task) throws Exception {
        long begin = System.nanoTime();
        task.run();
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
    }

    interface ThrowingRunnable {
        void run() throws Exception;
    }
}

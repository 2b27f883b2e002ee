package io.pinion.benchmarks.advisor;

import io.pinion.memory.BufferLease;
import io.pinion.memory.BufferPool;
import io.pinion.strategy.CompletionSink;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.TransferFlags;
import io.pinion.volume.IoQueue;
import io.pinion.volume.Volume;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** Random reads of a phase, from leased buffers: by a queue that is kept full, or one after the other. For one thread. */
abstract class PhaseLoad implements AutoCloseable {
    private final List<BufferLease> leases;
    private final Phase.Kind kind;
    private final SplittableRandom random;

    private PhaseLoad(Phase.Kind kind, List<BufferLease> leases, long seed) {
        this.kind = kind;
        this.leases = leases;
        random = new SplittableRandom(seed);
    }

    /** {@return the load of such a phase} The same seed gives the same positions. */
    static PhaseLoad of(Phase.Kind kind, Volume volume, BufferPool pool, long seed) throws StorageException {
        List<BufferLease> leases = new ArrayList<>();
        for (int i = 0; i < kind.depth(); i++) {
            leases.add(pool.lease(kind.block()));
        }
        return kind.depth() > 1 ? new Queued(kind, volume, leases, seed) : new Synchronous(kind, volume, leases, seed);
    }

    /** Goes on for some milliseconds at most, unless the storage takes longer for one request. */
    abstract long pass() throws StorageException;

    final BufferLease lease(int slot) {
        return leases.get(slot);
    }

    final long position() {
        return random.nextLong(kind.blocks()) * kind.block();
    }

    final void check(int transferred) {
        if (transferred != kind.block()) {
            throw new IllegalStateException("read " + transferred + " of " + kind.block());
        }
    }

    @Override
    public void close() {
        leases.forEach(BufferLease::close);
    }

    private static final class Synchronous extends PhaseLoad {
        private static final int TURNS = 64;

        private final Phase.Kind kind;
        private final Volume volume;

        Synchronous(Phase.Kind kind, Volume volume, List<BufferLease> leases, long seed) {
            super(kind, leases, seed);
            this.kind = kind;
            this.volume = volume;
        }

        @Override
        long pass() throws StorageException {
            for (int turn = 0; turn < TURNS; turn++) {
                check(volume.read(lease(0).buffer().clear(), position()));
            }
            return (long) TURNS * kind.block();
        }
    }

    private static final class Queued extends PhaseLoad implements CompletionSink {
        private static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);

        private final Phase.Kind kind;
        private final IoQueue queue;
        private final int[] free;
        private int freeCount;
        private long completed;

        Queued(Phase.Kind kind, Volume volume, List<BufferLease> leases, long seed) throws StorageException {
            super(kind, leases, seed);
            this.kind = kind;
            queue = volume.openQueue(kind.depth());
            free = new int[kind.depth()];
            for (int slot = 0; slot < free.length; slot++) {
                free[freeCount++] = slot;
            }
        }

        @Override
        long pass() throws StorageException {
            while (freeCount > 0) {
                int slot = free[--freeCount];
                queue.read(lease(slot), 0, kind.block(), position(), slot, TransferFlags.NONE);
            }
            long before = completed;
            if (queue.submit(1, PATIENCE) == 0) {
                throw new IllegalStateException("nothing completed within 30 s");
            }
            queue.poll(this);
            return (completed - before) * kind.block();
        }

        @Override
        public void completed(long token, int transferred) {
            check(transferred);
            free[freeCount++] = (int) token;
            completed++;
        }

        @Override
        public void failed(long token, StorageException error) {
            throw new IllegalStateException(error);
        }

        @Override
        public void close() {
            queue.close();
            super.close();
        }
    }
}

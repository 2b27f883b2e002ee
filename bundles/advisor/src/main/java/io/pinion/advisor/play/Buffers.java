package io.pinion.advisor.play;

import io.pinion.memory.BufferLease;
import io.pinion.memory.BufferPool;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.TransferFlags;
import io.pinion.volume.IoQueue;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Memory that requests of one size go from and to: leased from a pool, or ordinary. For one thread. */
public final class Buffers implements AutoCloseable {
    private static final int PAGE = 4096;

    private final List<ByteBuffer> memory = new ArrayList<>();
    private final List<BufferLease> leases = new ArrayList<>();
    private final int size;

    private Buffers(int size) {
        this.size = size;
    }

    /** {@return so many buffers of a pool} */
    public static Buffers leased(BufferPool pool, int count, int size) throws StorageException {
        Buffers buffers = new Buffers(size);
        try {
            for (int index = 0; index < count; index++) {
                BufferLease lease = pool.lease(size);
                buffers.leases.add(lease);
                buffers.memory.add(filled(lease.buffer()));
            }
            return buffers;
        } catch (StorageException e) {
            buffers.close();
            throw e;
        }
    }

    /** {@return so many buffers as {@link ByteBuffer#allocateDirect} gives them: off the heap, and not aligned} */
    public static Buffers ordinary(int count, int size) {
        Buffers buffers = new Buffers(size);
        for (int index = 0; index < count; index++) {
            buffers.memory.add(filled(ByteBuffer.allocateDirect(size)));
        }
        return buffers;
    }

    /** {@return so many that begin at pages} */
    public static Buffers aligned(int count, int size) {
        Buffers buffers = new Buffers(size);
        for (int index = 0; index < count; index++) {
            buffers.memory.add(filled(
                    ByteBuffer.allocateDirect(size + PAGE).alignedSlice(PAGE).slice(0, size)));
        }
        return buffers;
    }

    /** Nothing that a disk would compress, and every page of it faulted in. */
    private static ByteBuffer filled(ByteBuffer buffer) {
        SplittableRandom random = new SplittableRandom(buffer.capacity());
        ByteBuffer rest = buffer.duplicate().clear();
        while (rest.remaining() >= Long.BYTES) {
            rest.putLong(random.nextLong());
        }
        return buffer;
    }

    int size() {
        return size;
    }

    int count() {
        return memory.size();
    }

    /** {@return one of them, all of it remaining} */
    ByteBuffer ready(int index) {
        return memory.get(index).clear();
    }

    /** Prepares a transfer by the buffer of this number, which is its token. */
    void prepare(IoQueue queue, int index, long position, boolean write, TransferFlags flags) throws StorageException {
        if (leases.isEmpty()) {
            if (write) {
                queue.write(memory.get(index), 0, size, position, index, flags);
            } else {
                queue.read(memory.get(index), 0, size, position, index, flags);
            }
        } else if (write) {
            queue.write(leases.get(index), 0, size, position, index, flags);
        } else {
            queue.read(leases.get(index), 0, size, position, index, flags);
        }
    }

    @Override
    public void close() {
        leases.forEach(BufferLease::close);
        leases.clear();
        memory.clear();
    }
}

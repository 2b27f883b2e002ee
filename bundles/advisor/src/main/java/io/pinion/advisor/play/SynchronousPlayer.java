package io.pinion.advisor.play;

import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.TransferFlags;
import io.pinion.volume.Volume;
import java.nio.ByteBuffer;

/** One request at a time, on the calling thread. */
public final class SynchronousPlayer implements Player {
    private final Volume volume;
    private final Buffers buffers;
    private final TransferFlags flags;

    /** Asks by the first of the buffers. */
    public SynchronousPlayer(Volume volume, Buffers buffers, TransferFlags flags) {
        this.volume = volume;
        this.buffers = buffers;
        this.flags = flags;
    }

    @Override
    public void play(Stint stint) throws StorageException {
        Positions positions = stint.positions();
        boolean wrote = false;
        stint.start();
        long before = System.nanoTime();
        boolean more = stint.goesOn(before);
        while (more) {
            long position = positions.next();
            if (position < 0) {
                stint.nextLap();
                before = System.nanoTime();
                continue;
            }
            if (positions.isWrite()) {
                volume.write(buffers.ready(0), position, flags);
                wrote = true;
            } else {
                read(buffers.ready(0), position);
            }
            long after = System.nanoTime();
            stint.done(buffers.size(), after - before);
            more = stint.goesOn(after);
            before = after;
        }
        if (wrote) {
            volume.flush();
        }
        stint.end();
    }

    private void read(ByteBuffer buffer, long position) throws StorageException {
        int count = volume.read(buffer, position, flags);
        if (count != buffers.size()) {
            throw shrunk(position, count);
        }
    }

    static StorageException shrunk(long position, int count) {
        return StorageException.of(
                        Kind.TARGET_CHANGED,
                        "advise",
                        "a read at offset=" + position + " ended after " + count
                                + " bytes: the target became shorter meanwhile")
                .build();
    }
}

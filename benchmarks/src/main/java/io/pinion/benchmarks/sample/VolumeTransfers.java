package io.pinion.benchmarks.sample;

import io.pinion.benchmarks.plan.Kind;
import io.pinion.strategy.StorageException;
import io.pinion.volume.Volume;
import java.nio.ByteBuffer;

/** A volume's own. */
record VolumeTransfers(Kind kind, Volume volume) implements Transfers {
    @Override
    public int transfer(ByteBuffer buffer, long position) throws StorageException {
        return kind == Kind.WRITE ? volume.write(buffer, position) : volume.read(buffer, position);
    }

    @Override
    public void flush() throws StorageException {
        volume.flush();
    }
}

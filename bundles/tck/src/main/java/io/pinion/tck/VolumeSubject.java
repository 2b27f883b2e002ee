package io.pinion.tck;

import io.pinion.strategy.TransferFlags;
import io.pinion.volume.Volume;
import java.nio.ByteBuffer;

/** A volume, swapped between the strategy and its partner. */
final class VolumeSubject implements Subject {
    private final HostedVolume hosted;
    private final Volume volume;

    VolumeSubject(HostedVolume hosted) {
        this.hosted = hosted;
        volume = hosted.volume();
    }

    @Override
    public int read(ByteBuffer buffer, long position) throws Exception {
        return volume.read(buffer, position);
    }

    @Override
    public int write(ByteBuffer buffer, long position) throws Exception {
        return volume.write(buffer, position);
    }

    @Override
    public long readAll(ByteBuffer[] buffers, long position) throws Exception {
        return volume.read(buffers, position, TransferFlags.NONE);
    }

    @Override
    public long writeAll(ByteBuffer[] buffers, long position) throws Exception {
        return volume.write(buffers, position, TransferFlags.NONE);
    }

    @Override
    public long size() throws Exception {
        return volume.size();
    }

    @Override
    public void setSize(long size) throws Exception {
        volume.setSize(size);
    }

    @Override
    public void flush() throws Exception {
        volume.flush();
    }

    @Override
    public void reopen() throws Exception {
        hosted.admin().reopen(HostedVolume.NAME, false);
    }

    @Override
    public void swap() throws Exception {
        hosted.swap();
    }
}

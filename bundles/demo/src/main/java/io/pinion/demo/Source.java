package io.pinion.demo;

import io.pinion.shell.text.CommandFailure;
import io.pinion.shell.text.Units;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The file to be moved, or its beginning, in blocks of 64 KiB, the last of them short. Any thread. */
final class Source implements AutoCloseable {
    static final int BLOCK = 64 * 1024;

    /** Among fewer there may be none that suits direct I/O in no way. */
    private static final int LEAST_BLOCKS = 8;

    private final FileChannel channel;
    private final long size;

    private Source(FileChannel channel, long size) {
        this.channel = channel;
        this.size = size;
    }

    static Source open(Path file) throws IOException, CommandFailure {
        if (!Files.isRegularFile(file) || Files.size(file) == 0) {
            throw new CommandFailure(
                    file + " is missing, empty or no regular file; name another, or none for the JDK's own");
        }
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        return new Source(channel, channel.size());
    }

    /**
     * {@return as much of the file as a volume of so many bytes takes} It reads by the same channel, and is not closed itself.
     *
     * @throws CommandFailure that would be too little
     */
    Source within(long room) throws CommandFailure {
        long most = room / Placement.SLOT;
        if (most >= blocks()) {
            return this;
        }
        if (most < LEAST_BLOCKS) {
            throw new CommandFailure("there is room for " + Units.bytes(room) + ", and the demo needs "
                    + Units.bytes(Placement.volumeSize(LEAST_BLOCKS)) + " at least; name another target by --target");
        }
        return new Source(channel, most * BLOCK);
    }

    long size() {
        return size;
    }

    int blocks() {
        return Math.toIntExact((size + BLOCK - 1) / BLOCK);
    }

    /** {@return how many bytes a block has} */
    int length(int block) {
        return (int) Math.min(BLOCK, size - (long) block * BLOCK);
    }

    /** Puts a block into the buffer, at its position. */
    void read(int block, ByteBuffer into) throws IOException {
        long at = (long) block * BLOCK;
        ByteBuffer rest = into.slice(into.position(), length(block));
        while (rest.hasRemaining()) {
            int count = channel.read(rest, at);
            if (count < 0) {
                throw new EOFException("the file became shorter: offset=" + at + ", size at the start=" + size);
            }
            at += count;
        }
        into.position(into.position() + length(block));
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}

package io.pinion.buffered;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;

/**
 * A second descriptor of the file, which no interrupt closes: {@link RandomAccessFile} itself, unlike its channel, is
 * deaf to them. It is slow, and does what must not be disturbed or happens rarely.
 *
 * <p>It is open from before the first write on, so that its flush hears of every write-back that failed since: the
 * kernel tells each descriptor once, and one that is opened afterwards may not hear of it at all (fsync(2)).
 *
 * <p>Safe for any thread. {@link RandomAccessFile} would let a call that runs while it is closed reach whatever gets the
 * descriptor's number next; so the last user out closes it.
 */
final class SteadyFile implements AutoCloseable {
    private static final int PART = 64 * 1024;

    private final RandomAccessFile file;
    private int users;
    private boolean closed;

    SteadyFile(Path path, boolean writable) throws IOException {
        file = new RandomAccessFile(path.toFile(), writable ? "rw" : "r");
    }

    long size() throws IOException {
        enter();
        try {
            return file.length();
        } finally {
            leave();
        }
    }

    /** Allocates what is missing to this size; takes nothing away, also when the file grows meanwhile. */
    void extend(long size) throws IOException {
        enter();
        try {
            file.setLength(size);
        } finally {
            leave();
        }
    }

    void flush() throws IOException {
        enter();
        try {
            file.getFD().sync();
        } finally {
            leave();
        }
    }

    /** Reads once into the buffer, as {@link java.nio.channels.FileChannel#read(ByteBuffer, long)}. */
    int read(ByteBuffer target, long position) throws IOException {
        enter();
        try {
            byte[] part = new byte[Math.min(PART, target.remaining())];
            int read;
            synchronized (file) {
                file.seek(position);
                read = file.read(part);
            }
            if (read > 0) {
                target.put(part, 0, read);
            }
            return read;
        } finally {
            leave();
        }
    }

    /** Writes some of the buffer, as {@link java.nio.channels.FileChannel#write(ByteBuffer, long)}. */
    int write(ByteBuffer source, long position) throws IOException {
        enter();
        try {
            byte[] part = new byte[Math.min(PART, source.remaining())];
            source.get(part);
            synchronized (file) {
                file.seek(position);
                file.write(part);
            }
            return part.length;
        } finally {
            leave();
        }
    }

    @Override
    public void close() throws IOException {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            if (users > 0) {
                return;
            }
        }
        file.close();
    }

    private synchronized void enter() throws ClosedChannelException {
        if (closed) {
            throw new ClosedChannelException();
        }
        users++;
    }

    private void leave() throws IOException {
        synchronized (this) {
            users--;
            if (!closed || users > 0) {
                return;
            }
        }
        file.close();
    }
}

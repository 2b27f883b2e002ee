package io.pinion.itests;

import io.pinion.strategy.Capability;
import io.pinion.strategy.Examination;
import io.pinion.strategy.Geometry;
import io.pinion.strategy.IoChannel;
import io.pinion.strategy.IoStrategy;
import io.pinion.strategy.OpenOptions;
import io.pinion.strategy.PositionalChannel;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.Target;
import io.pinion.strategy.TransferFlags;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Serves files properly, until it is told to misbehave in one of its methods. */
final class HostileStrategy implements IoStrategy {
    /** How a method misbehaves. */
    enum Manner {
        HANGS,
        THROWS,
        FAILS_TO_LINK
    }

    final AtomicInteger hanging = new AtomicInteger();
    private final CountDownLatch released = new CountDownLatch(1);
    private volatile String method = "";
    private volatile Manner manner = Manner.THROWS;

    /** From now on, this method misbehaves in this manner. */
    HostileStrategy misbehave(String where, Manner how) {
        manner = how;
        method = where;
        return this;
    }

    /** Whatever hangs goes on, and nothing misbehaves any more. */
    void release() {
        method = "";
        released.countDown();
    }

    private void at(String where) {
        if (!where.equals(method)) {
            return;
        }
        switch (manner) {
            case THROWS -> throw new IllegalStateException("thrown by " + where);
            case FAILS_TO_LINK -> throw new NoClassDefFoundError("missing/in/" + where);
            case HANGS -> hang();
        }
    }

    private void hang() {
        hanging.incrementAndGet();
        boolean interrupted = false;
        while (released.getCount() > 0) {
            try {
                released.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        hanging.decrementAndGet();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public Examination examine(Target target) {
        at("examine");
        return Examination.suitable(target, Geometry.builder().build())
                .capability(Capability.SET_SIZE)
                .build();
    }

    @Override
    public IoChannel open(Target target, OpenOptions options) throws StorageException {
        at("open");
        try {
            FileChannel file = FileChannel.open(target.path(), StandardOpenOption.READ, StandardOpenOption.WRITE);
            return new HostileChannel(file);
        } catch (IOException e) {
            throw failure("open", e);
        }
    }

    private static StorageException failure(String operation, IOException e) {
        return StorageException.of(StorageException.Kind.IO_ERROR, operation, String.valueOf(e.getMessage()))
                .cause(e)
                .build();
    }

    private final class HostileChannel implements PositionalChannel {
        private final FileChannel file;

        HostileChannel(FileChannel file) {
            this.file = file;
        }

        @Override
        public Geometry geometry() {
            at("geometry");
            return Geometry.builder().build();
        }

        @Override
        public void begin(io.pinion.strategy.Handover handover) {
            at("begin");
        }

        @Override
        public int read(ByteBuffer target, long position, TransferFlags flags) throws StorageException {
            at("read");
            try {
                return file.read(target, position);
            } catch (IOException e) {
                throw failure("read", e);
            }
        }

        @Override
        public int write(ByteBuffer source, long position, TransferFlags flags) throws StorageException {
            at("write");
            try {
                return file.write(source, position);
            } catch (IOException e) {
                throw failure("write", e);
            }
        }

        @Override
        public long size() throws StorageException {
            at("size");
            try {
                return file.size();
            } catch (IOException e) {
                throw failure("size", e);
            }
        }

        @Override
        public void setSize(long size) {
            throw new UnsupportedOperationException("not needed here");
        }

        @Override
        public void flush() throws StorageException {
            at("flush");
            try {
                file.force(false);
            } catch (IOException e) {
                throw failure("flush", e);
            }
        }

        @Override
        public void close() {
            at("close");
            try {
                file.close();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}

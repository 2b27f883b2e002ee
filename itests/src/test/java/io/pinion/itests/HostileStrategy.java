package io.pinion.itests;

import io.pinion.strategy.Examination;
import io.pinion.strategy.Geometry;
import io.pinion.strategy.Handover;
import io.pinion.strategy.IoChannel;
import io.pinion.strategy.IoStrategy;
import io.pinion.strategy.OpenOptions;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.Target;
import io.pinion.strategy.TransferFlags;
import java.nio.ByteBuffer;
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

    private final AtomicInteger hanging = new AtomicInteger();
    private final CountDownLatch released = new CountDownLatch(1);
    private volatile String method = "";
    private volatile Manner manner = Manner.THROWS;

    /** From now on, this method misbehaves in this manner. */
    HostileStrategy misbehave(String where, Manner how) {
        manner = how;
        method = where;
        return this;
    }

    /** Nothing misbehaves any more. */
    void behave() {
        method = "";
    }

    /** Nothing misbehaves any more, and whatever hangs goes on. For good. */
    void release() {
        behave();
        released.countDown();
    }

    /** {@return how many calls hang} */
    int hanging() {
        return hanging.get();
    }

    private void at(String where) {
        if (where.equals(method)) {
            switch (manner) {
                case THROWS -> throw new IllegalStateException("thrown by " + where);
                case FAILS_TO_LINK -> throw new NoClassDefFoundError("missing/in/" + where);
                case HANGS -> hang();
            }
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
        return Examination.suitable(target, Geometry.builder().build()).build();
    }

    @Override
    public IoChannel open(Target target, OpenOptions options) throws StorageException {
        at("open");
        return new HostileChannel(target);
    }

    private final class HostileChannel extends PlainChannel {
        HostileChannel(Target target) throws StorageException {
            super(target);
        }

        @Override
        public void begin(Handover handover) {
            at("begin");
        }

        @Override
        public int read(ByteBuffer target, long position, TransferFlags flags) throws StorageException {
            at("read");
            return super.read(target, position, flags);
        }

        @Override
        public int write(ByteBuffer source, long position, TransferFlags flags) throws StorageException {
            at("write");
            return super.write(source, position, flags);
        }

        @Override
        public Handover end(Handover handover) {
            at("end");
            return handover;
        }

        @Override
        public void flush() throws StorageException {
            at("flush");
            super.flush();
        }

        @Override
        public void close() {
            at("close");
            super.close();
        }
    }
}

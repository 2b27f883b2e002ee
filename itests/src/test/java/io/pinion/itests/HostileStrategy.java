package io.pinion.itests;

import io.pinion.strategy.Capability;
import io.pinion.strategy.ChannelMode;
import io.pinion.strategy.ChannelQueue;
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
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Serves files properly, until it is told to misbehave in one of its methods. */
final class HostileStrategy implements IoStrategy {
    /** How a method misbehaves. */
    enum Manner {
        HANGS,
        THROWS,
        FAILS_TO_LINK,
        OVERFLOWS_THE_STACK,
        RUNS_OUT_OF_MEMORY,
        RETURNS_NULL,
        /** Returns what cannot be, or completes what it was not given. */
        LIES,
        COMPLETES_TWICE,
        NEVER_COMPLETES
    }

    private final boolean withQueue;
    private final AtomicInteger hanging = new AtomicInteger();
    private final CountDownLatch released = new CountDownLatch(1);
    private volatile String method = "";
    private volatile Manner manner = Manner.THROWS;

    HostileStrategy() {
        this(false);
    }

    /** @param withQueue whether its channels have queues of their own, which misbehave in methods named {@code queue.…} */
    HostileStrategy(boolean withQueue) {
        this.withQueue = withQueue;
    }

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

    /** Throws or hangs, if that is what is to happen in this method. */
    void at(String where) {
        if (where.equals(method)) {
            switch (manner) {
                case THROWS -> throw new IllegalStateException("thrown by " + where);
                case FAILS_TO_LINK -> throw new NoClassDefFoundError("missing/in/" + where);
                case OVERFLOWS_THE_STACK -> throw new StackOverflowError("thrown by " + where);
                case RUNS_OUT_OF_MEMORY -> throw new OutOfMemoryError("thrown by " + where);
                case HANGS -> hang();
                default -> {}
            }
        }
    }

    /** {@return whether this method misbehaves now in this manner} */
    boolean is(String where, Manner how) {
        return where.equals(method) && manner == how;
    }

    /** {@return what the method returns, or null if that is what is to happen} */
    private <T> T returned(String where, T value) {
        at(where);
        return is(where, Manner.RETURNS_NULL) ? null : value;
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
        Geometry.Builder geometry = Geometry.builder();
        if (is("examine", Manner.LIES)) {
            geometry.logicalBlockSize(-3);
        }
        Examination.Builder found = Examination.suitable(target, geometry.build());
        if (withQueue) {
            found.capability(Capability.NATIVE_QUEUE);
        }
        return returned("examine", found.capability(Capability.SET_SIZE).build());
    }

    @Override
    public IoChannel open(Target target, OpenOptions options) throws StorageException {
        at("open");
        if (is("open", Manner.LIES)) {
            return new NoPositions();
        }
        return is("open", Manner.RETURNS_NULL) ? null : new HostileChannel(target);
    }

    /** Neither bytes at offsets nor records. */
    private static final class NoPositions implements IoChannel {
        @Override
        public Geometry geometry() {
            return Geometry.builder().build();
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    private final class HostileChannel extends PlainChannel {
        HostileChannel(Target target) throws StorageException {
            super(target);
        }

        @Override
        public Geometry geometry() {
            return returned("geometry", super.geometry());
        }

        @Override
        public Optional<String> identity() {
            Optional<String> real = super.identity();
            return returned("identity", is("identity", Manner.LIES) ? Optional.of("another") : real);
        }

        @Override
        public ChannelMode mode() {
            return returned("mode", super.mode());
        }

        @Override
        public void begin(Handover handover) {
            at("begin");
        }

        @Override
        public int read(ByteBuffer target, long position, TransferFlags flags) throws StorageException {
            at("read");
            int done = super.read(target, position, flags);
            return is("read", Manner.LIES) ? done + 1 : done;
        }

        @Override
        public int write(ByteBuffer source, long position, TransferFlags flags) throws StorageException {
            at("write");
            int done = super.write(source, position, flags);
            return is("write", Manner.LIES) ? done - 1 : done;
        }

        @Override
        public long size() throws StorageException {
            at("size");
            return is("size", Manner.LIES) ? -1 : super.size();
        }

        @Override
        public void setSize(long size) {
            at("setSize");
        }

        @Override
        public Handover end(Handover handover) {
            return returned("end", handover);
        }

        @Override
        public void flush() throws StorageException {
            at("flush");
            super.flush();
        }

        @Override
        @SuppressWarnings("unchecked")
        public <T> Optional<T> adapt(Class<T> extra) {
            Optional<T> offered =
                    is("adapt", Manner.LIES) ? (Optional<T>) Optional.of("no such extra") : super.adapt(extra);
            return returned("adapt", offered);
        }

        @Override
        public Optional<ChannelQueue> openQueue(int depth) {
            return returned("openQueue", Optional.of(new HostileQueue(HostileStrategy.this, this, depth)));
        }

        @Override
        public void close() {
            super.close();
            at("close");
        }
    }
}

package io.pinion.core.control;

import io.pinion.strategy.Capability;
import io.pinion.strategy.ChannelMode;
import io.pinion.strategy.ChannelQueue;
import io.pinion.strategy.Examination;
import io.pinion.strategy.Geometry;
import io.pinion.strategy.Handover;
import io.pinion.strategy.IoStrategy;
import io.pinion.strategy.OpenOptions;
import io.pinion.strategy.PositionalChannel;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.Target;
import io.pinion.strategy.TransferFlags;
import io.pinion.strategy.TransferMeter;
import io.pinion.strategy.WriteZeroes;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/**
 * A strategy on memory that is shared by all instances, with a place for a fault at every step. Faults are set by tests
 * while it runs.
 */
public final class FakeStrategy implements IoStrategy {
    private static final Map<String, byte[]> STORES = new ConcurrentHashMap<>();

    /** What happens at a step: nothing, a failure, or waiting. */
    public interface Step {
        Step NOTHING = () -> {};

        void run() throws StorageException;
    }

    public final AtomicInteger examined = new AtomicInteger();
    public final List<Handover> handovers = new CopyOnWriteArrayList<>();
    public final AtomicInteger open = new AtomicInteger();
    public final AtomicInteger transfers = new AtomicInteger();
    public volatile Step onExamine = Step.NOTHING;
    public volatile Step onOpen = Step.NOTHING;
    public volatile Step onBegin = Step.NOTHING;
    public volatile Step onTransfer = Step.NOTHING;
    public volatile Step onFlush = Step.NOTHING;
    public volatile Step onIdentity = Step.NOTHING;
    public volatile Step onMode = Step.NOTHING;
    public volatile Step onClose = Step.NOTHING;
    public volatile String unsuitable = "";
    public volatile String identity = "";
    /** The device that targets lie on; nothing is claimed without. */
    public volatile Optional<Target> backing = Optional.empty();
    /** Whether reads meet an end wherever they are. */
    public volatile boolean ended;

    public volatile String identityOnceOpen = "";
    public volatile Set<Capability> capabilities = Set.of(Capability.ZERO_COPY, Capability.SET_SIZE);
    public volatile Geometry geometry = Geometry.builder().queueDepth(4).build();
    public volatile boolean ownerBoundQueue;
    public volatile UnaryOperator<ChannelQueue> queues = UnaryOperator.identity();
    public volatile TransferMeter meter;
    private final int size;

    public FakeStrategy(int size) {
        this.size = size;
    }

    public static StorageException failure(Kind kind, String detail) {
        return StorageException.of(kind, "fake", detail).build();
    }

    /** {@return a step that waits until the latch is open, at most 20 s} */
    public static Step waitingFor(CountDownLatch latch) {
        return () -> {
            try {
                if (!latch.await(20, TimeUnit.SECONDS)) {
                    throw failure(Kind.TIMEOUT, "the test did not open the latch");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
    }

    @Override
    public Examination examine(Target target) throws StorageException {
        examined.incrementAndGet();
        onExamine.run();
        if (!unsuitable.isEmpty()) {
            return Examination.unsuitable(unsuitable);
        }
        Examination.Builder found =
                identity.isEmpty() ? Examination.suitable(target, geometry) : Examination.suitable(identity, geometry);
        backing.ifPresent(found::backing);
        return found.capability(capabilities.toArray(new Capability[0])).build();
    }

    @Override
    public PositionalChannel open(Target target, OpenOptions options) throws StorageException {
        onOpen.run();
        open.incrementAndGet();
        meter = options.meter();
        return new Channel(STORES.computeIfAbsent(target.toString(), t -> new byte[size]));
    }

    private final class Channel implements PositionalChannel {
        private final byte[] bytes;
        private volatile boolean closed;

        Channel(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public Geometry geometry() {
            return Geometry.builder().build();
        }

        @Override
        public Optional<String> identity() {
            try {
                onIdentity.run();
            } catch (StorageException e) {
                throw new IllegalStateException(e);
            }
            return Optional.of(identityOnceOpen).filter(known -> !known.isEmpty());
        }

        @Override
        public ChannelMode mode() {
            try {
                onMode.run();
            } catch (StorageException e) {
                throw new IllegalStateException(e);
            }
            return ChannelMode.of("fake");
        }

        @Override
        public void begin(Handover handover) throws StorageException {
            handovers.add(handover);
            onBegin.run();
        }

        @Override
        public int read(ByteBuffer target, long position, TransferFlags flags) throws StorageException {
            check();
            if (ended || position >= bytes.length) {
                return target.hasRemaining() ? -1 : 0;
            }
            int length = (int) Math.min(target.remaining(), bytes.length - position);
            synchronized (bytes) {
                target.put(bytes, (int) position, length);
            }
            return length;
        }

        @Override
        public int write(ByteBuffer source, long position, TransferFlags flags) throws StorageException {
            check();
            int length = source.remaining();
            synchronized (bytes) {
                source.get(bytes, (int) position, length);
            }
            return length;
        }

        private void check() throws StorageException {
            transfers.incrementAndGet();
            onTransfer.run();
            if (closed) {
                throw failure(Kind.CLOSED, "used after close");
            }
        }

        @Override
        public long size() {
            return bytes.length;
        }

        @Override
        public void setSize(long newSize) {
            throw new UnsupportedOperationException("fixed");
        }

        @Override
        public void flush() throws StorageException {
            onFlush.run();
        }

        @Override
        public <T> Optional<T> adapt(Class<T> extra) {
            WriteZeroes zeroes = (offset, length) -> {
                synchronized (bytes) {
                    Arrays.fill(bytes, (int) offset, (int) (offset + length), (byte) 0);
                }
            };
            return extra == WriteZeroes.class ? Optional.of(extra.cast(zeroes)) : Optional.empty();
        }

        @Override
        public Optional<ChannelQueue> openQueue(int depth) {
            return Optional.of(queues.apply(new FakeQueue(this, depth, ownerBoundQueue)));
        }

        @Override
        public void close() {
            closed = true;
            open.decrementAndGet();
            try {
                onClose.run();
            } catch (StorageException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}

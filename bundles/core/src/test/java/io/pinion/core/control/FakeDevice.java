package io.pinion.core.control;

import io.pinion.strategy.Access;
import io.pinion.strategy.Claim;
import io.pinion.strategy.ClaimRequest;
import io.pinion.strategy.Presence;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.Target;
import io.pinion.strategy.TargetGuard;
import io.pinion.strategy.TargetInspection;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** The guard of one device, which tests pull out, put back, exchange and resize. */
final class FakeDevice implements TargetGuard {
    static final Target TARGET = Target.of(Path.of("/dev/fake"));

    final AtomicInteger claimed = new AtomicInteger();
    final AtomicInteger held = new AtomicInteger();
    final AtomicInteger looks = new AtomicInteger();
    final AtomicInteger created = new AtomicInteger();
    final AtomicInteger dropped = new AtomicInteger();
    /** Run when pages are dropped. */
    volatile Runnable onDrop = () -> {};

    volatile String lasting = "naa.1";
    volatile long size = Stage.SIZE;
    /** Whether its claims are the only way to it, as a drive's. */
    volatile boolean exclusive;

    /** Whether the guard is one of those that can't tell. */
    volatile boolean silent;

    /** What its guard waits for before it tells whether it is there. */
    volatile FakeStrategy.Step onLook = FakeStrategy.Step.NOTHING;

    /** Whether each claim finds it gone. */
    volatile boolean goneOnceClaimed;

    private volatile boolean inserted = true;
    private volatile int attachment = 1;

    void remove() {
        inserted = false;
    }

    /** Another attachment, of whatever device {@link #lasting} says. */
    void insert() {
        attachment++;
        inserted = true;
    }

    @Override
    public TargetInspection inspect(Target target) {
        return inserted
                ? TargetInspection.of(TargetInspection.Kind.BLOCK_DEVICE, identity(), size, Access.READ_WRITE, "")
                        .known(lasting)
                : TargetInspection.of(TargetInspection.Kind.MISSING, "", 0, Access.READ_WRITE, "");
    }

    private String identity() {
        return "blk:8:" + attachment;
    }

    @Override
    public Claim claim(Target target, ClaimRequest request) throws StorageException {
        claimed.incrementAndGet();
        if (request.createSize().isPresent()) {
            created.incrementAndGet();
        }
        if (!inserted) {
            throw FakeStrategy.failure(Kind.NOT_FOUND, "no such device");
        }
        held.incrementAndGet();
        return new Attached(attachment, identity(), lasting);
    }

    private final class Attached implements Claim {
        private final int number;
        private final String identity;
        private final String lastingIdentity;

        Attached(int number, String identity, String lastingIdentity) {
            this.number = number;
            this.identity = identity;
            this.lastingIdentity = lastingIdentity;
        }

        @Override
        public String identity() {
            return identity;
        }

        @Override
        public Set<String> overlaps() {
            return Set.of(identity);
        }

        @Override
        public boolean isExclusive() {
            return exclusive;
        }

        @Override
        public Access access() {
            return Access.READ_WRITE;
        }

        @Override
        public Presence presence() {
            looks.incrementAndGet();
            try {
                onLook.run();
            } catch (StorageException e) {
                throw new AssertionError(e);
            }
            if (silent) {
                return Presence.unknown();
            }
            return inserted && !goneOnceClaimed && number == attachment
                    ? Presence.present(size)
                    : Presence.gone("it was pulled out");
        }

        @Override
        public String lastingIdentity() {
            return lastingIdentity;
        }

        @Override
        public Path path() {
            return TARGET.path();
        }

        @Override
        public OptionalInt descriptor() {
            return OptionalInt.empty();
        }

        @Override
        public void flush() {}

        @Override
        public void dropCache() {
            dropped.incrementAndGet();
            onDrop.run();
        }

        @Override
        public <T> Optional<T> adapt(Class<T> extra) {
            return Optional.empty();
        }

        @Override
        public void close() {
            held.decrementAndGet();
        }
    }
}

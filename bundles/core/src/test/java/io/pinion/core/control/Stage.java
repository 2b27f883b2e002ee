package io.pinion.core.control;

import io.pinion.strategy.Capability;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.TransferFlags;
import io.pinion.volume.IoQueue;
import io.pinion.volume.Pinion;
import io.pinion.volume.Volume;
import io.pinion.volume.VolumeStatistics;
import io.pinion.volume.VolumeStatus;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A running Pinion with two fake strategies, a and b, on memory: what most tests of the runtime start from. */
final class Stage implements AutoCloseable {
    static final Duration SOON = Duration.ofSeconds(15);
    static final int SIZE = 1 << 20;

    final Pinion pinion = Pinion.start();
    final FakeStrategy a = new FakeStrategy(SIZE);
    final FakeStrategy b = new FakeStrategy(SIZE);
    Pinion.Registration registrationOfA = add("a", a);
    Pinion.Registration registrationOfB = add("b", b);
    private final String target = "fake:" + Long.toHexString(System.nanoTime());

    Pinion.Registration add(String name, FakeStrategy strategy) {
        return pinion.add(name, strategy, Set.of("fake"), 0);
    }

    /** Configures volume v on both strategies, with short bounds. */
    Volume open(String... keysAndValues) throws StorageException {
        configure(keysAndValues);
        return pinion.volume("v", SOON);
    }

    /** Configures volume v, whose first strategy has queues of its own. */
    Volume openWithQueues() throws StorageException {
        a.capabilities = Set.of(Capability.NATIVE_QUEUE);
        return open("drain.timeout", "500ms");
    }

    /** Configures volume v on a device. */
    Volume openOn(FakeDevice device, String... keysAndValues) throws StorageException {
        pinion.guard(device);
        a.backing = Optional.of(FakeDevice.TARGET);
        b.backing = Optional.of(FakeDevice.TARGET);
        return open(keysAndValues);
    }

    /** Prepares a write of 8 bytes to the place that belongs to the token. */
    static void write(IoQueue queue, long token, TransferFlags flags) throws StorageException {
        queue.write(ByteBuffer.allocate(8), 0, 8, token * 8, token, flags);
    }

    void configure(String... keysAndValues) throws StorageException {
        Map<String, Object> values = new HashMap<>(
                Map.of("target", target, "strategy", "a,b", "drain.timeout", "2s", "grace", "20s", "settle", "50ms"));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            values.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        pinion.configure("v", values);
    }

    VolumeStatus status() {
        return pinion.admin().volume("v").orElseThrow();
    }

    String why() {
        try {
            return String.join(" ", pinion.admin().why("v"));
        } catch (StorageException e) {
            throw new AssertionError(e);
        }
    }

    String serving() {
        return status().strategy().orElse("");
    }

    VolumeStatistics statistics() {
        try {
            return pinion.admin().statistics("v");
        } catch (StorageException e) {
            throw new AssertionError(e);
        }
    }

    static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + SOON.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("did not come true: " + what);
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Override
    public void close() {
        pinion.close();
    }
}

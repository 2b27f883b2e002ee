package io.pinion.volume;

import io.pinion.core.control.Publication;
import io.pinion.core.volume.Gated;
import io.pinion.strategy.StorageException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** The volumes and drives that can be used now, by name: what the service registry is in a container. */
final class Known implements Publication {
    private final Map<String, Gated> known = new HashMap<>();

    @Override
    public synchronized void publish(Gated gated, Facts facts) {
        if (known.put(gated.name(), gated) != gated) {
            notifyAll();
        }
    }

    @Override
    public synchronized void withdraw(Gated gated) {
        known.remove(gated.name(), gated);
    }

    synchronized Gated await(String name, Duration wait, Supplier<String> reason) throws StorageException {
        long deadline = System.nanoTime() + wait.toNanos();
        while (!known.containsKey(name)) {
            long millis = (deadline - System.nanoTime() + 999_999) / 1_000_000;
            if (millis <= 0) {
                throw failure(StorageException.Kind.UNAVAILABLE, name, reason.get());
            }
            try {
                wait(millis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw failure(StorageException.Kind.INTERRUPTED, name, reason.get());
            }
        }
        return known.get(name);
    }

    private static StorageException failure(StorageException.Kind kind, String name, String reason) {
        return StorageException.of(kind, "find", name + " is not open: " + reason)
                .build();
    }
}

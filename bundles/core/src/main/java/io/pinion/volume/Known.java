package io.pinion.volume;

import io.pinion.core.control.Publication;
import io.pinion.strategy.StorageException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** The volumes that can be used now, by name: what the service registry is in a container. */
final class Known implements Publication {
    private final Map<String, Volume> volumes = new HashMap<>();

    @Override
    public synchronized void publish(Volume volume, Facts facts) {
        if (volumes.put(volume.name(), volume) != volume) {
            notifyAll();
        }
    }

    @Override
    public synchronized void withdraw(Volume volume) {
        volumes.remove(volume.name(), volume);
    }

    synchronized Volume await(String name, Duration wait, Supplier<String> reason) throws StorageException {
        long deadline = System.nanoTime() + wait.toNanos();
        while (!volumes.containsKey(name)) {
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
        return volumes.get(name);
    }

    private static StorageException failure(StorageException.Kind kind, String name, String reason) {
        return StorageException.of(kind, "volume", "volume " + name + " is not open: " + reason)
                .build();
    }
}

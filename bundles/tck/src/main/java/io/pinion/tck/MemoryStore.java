package io.pinion.tck;

import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.Target;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What {@link MemoryStrategy} stores its bytes in: targets {@code memory:NAME}, as long as the store lives. Strategies
 * that share a store see the same bytes, and so can be swapped for one another. Safe for any thread.
 */
public final class MemoryStore {
    private final Map<String, MemoryFile> files = new ConcurrentHashMap<>();
    private final AtomicLong freePages;

    /** A store that is as large as memory. */
    public MemoryStore() {
        this(Long.MAX_VALUE);
    }

    /**
     * A store that is full at some time.
     *
     * @param capacity how many bytes it holds, over all targets, in whole pages of {@value MemoryFile#PAGE}
     */
    public MemoryStore(long capacity) {
        freePages = new AtomicLong(capacity / MemoryFile.PAGE);
    }

    /** {@return a new target of so many zeroes; they take no room until they are written} */
    public Target create(String name, long size) {
        if (files.putIfAbsent(name, new MemoryFile(freePages, size)) != null) {
            throw new IllegalArgumentException("name=" + name + " is in the store already; choose another");
        }
        return Target.parse(MemoryStrategy.SCHEME + ":" + name);
    }

    /** {@return a copy of what a target holds} */
    public byte[] content(Target target) throws StorageException {
        MemoryFile file = file(target, "content");
        byte[] content = new byte[Math.toIntExact(file.size())];
        file.read(ByteBuffer.wrap(content), 0);
        return content;
    }

    MemoryFile file(Target target, String operation) throws StorageException {
        MemoryFile file = files.get(target.rest());
        if (file == null) {
            throw StorageException.of(Kind.NOT_FOUND, operation, "the store has " + files.keySet() + " alone")
                    .target(target)
                    .strategy(MemoryStrategy.NAME)
                    .build();
        }
        return file;
    }
}

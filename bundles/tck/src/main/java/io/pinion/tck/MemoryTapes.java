package io.pinion.tck;

import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.Target;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The tapes of a {@link MemoryTapeStrategy}, each in a drive of its own: targets {@code memory-tape:NAME}, as long as this
 * object lives. Strategies that share it see the same tapes, and so can be swapped for one another. Safe for any thread.
 */
public final class MemoryTapes {
    private final Map<String, MemoryTape> tapes = new ConcurrentHashMap<>();

    /** For tapes to be made. */
    public MemoryTapes() {}

    /** {@return a new tape, blank and as long as memory} */
    public Target create(String name) {
        return create(name, Long.MAX_VALUE, 0);
    }

    /**
     * {@return a new tape, blank, that is full at some time}
     *
     * @param capacity how many bytes of records it holds; file marks take no room
     * @param earlyWarning how many bytes before that it gives its warning
     */
    public Target create(String name, long capacity, long earlyWarning) {
        if (tapes.putIfAbsent(name, new MemoryTape(capacity, earlyWarning)) != null) {
            throw new IllegalArgumentException("name=" + name + " is a tape already; choose another");
        }
        return Target.parse(MemoryTapeStrategy.SCHEME + ":" + name);
    }

    MemoryTape tape(Target target, String operation) throws StorageException {
        MemoryTape tape = tapes.get(target.rest());
        if (tape == null) {
            throw StorageException.of(Kind.NOT_FOUND, operation, "there are " + tapes.keySet() + " alone")
                    .target(target)
                    .strategy(MemoryTapeStrategy.NAME)
                    .build();
        }
        return tape;
    }
}

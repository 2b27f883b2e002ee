package io.pinion.tck;

import io.pinion.strategy.Capability;
import io.pinion.strategy.Examination;
import io.pinion.strategy.Geometry;
import io.pinion.strategy.IoChannel;
import io.pinion.strategy.IoStrategy;
import io.pinion.strategy.OpenOptions;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.Target;
import java.util.Objects;

/**
 * A complete driver, and a small one: the one to copy. It serves {@code memory:NAME}, what a {@link MemoryStore} holds;
 * nothing survives the store. A driver of files would serve the scheme {@code path} and open {@link Target#path()}.
 */
public final class MemoryStrategy implements IoStrategy {
    /** The name to add it by. */
    public static final String NAME = "memory";
    /** The scheme of its targets. */
    public static final String SCHEME = "memory";

    static final Geometry GEOMETRY = Geometry.builder().build();

    private final MemoryStore store;

    /** A strategy that serves what is in this store. */
    public MemoryStrategy(MemoryStore store) {
        this.store = Objects.requireNonNull(store);
    }

    @Override
    public Examination examine(Target target) throws StorageException {
        store.file(target, "examine");
        return Examination.suitable(target, GEOMETRY)
                .capability(Capability.SET_SIZE)
                .note("nothing survives this process")
                .build();
    }

    @Override
    public IoChannel open(Target target, OpenOptions options) throws StorageException {
        return new MemoryChannel(target, store.file(target, "open"));
    }
}

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
 * A complete driver of tapes, and a small one: the one to copy. It serves {@code memory-tape:NAME}, what
 * {@link MemoryTapes} hold. Registered as a service it would be
 * {@code @Strategy(value = "memory-tape", strategy_shape = "tape", strategy_schemes = "memory-tape")}.
 */
public final class MemoryTapeStrategy implements IoStrategy {
    /** The name to add it by. */
    public static final String NAME = "memory-tape";
    /** The scheme of its targets. */
    public static final String SCHEME = "memory-tape";

    static final int LARGEST_RECORD = 8 << 20;
    static final Geometry GEOMETRY =
            Geometry.builder().maximumRecordSize(LARGEST_RECORD).build();

    private final MemoryTapes tapes;

    /** A strategy that serves these tapes. */
    public MemoryTapeStrategy(MemoryTapes tapes) {
        this.tapes = Objects.requireNonNull(tapes);
    }

    @Override
    public Examination examine(Target target) throws StorageException {
        tapes.tape(target, "examine");
        return Examination.suitable(target, GEOMETRY)
                .capability(Capability.FIXED_BLOCKS, Capability.COMPRESSION, Capability.ERASE, Capability.LOAD)
                .note("nothing survives this process")
                .build();
    }

    @Override
    public IoChannel open(Target target, OpenOptions options) throws StorageException {
        return new MemoryTapeChannel(target, tapes.tape(target, "open"), options.access());
    }
}

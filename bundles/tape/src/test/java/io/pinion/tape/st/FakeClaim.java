package io.pinion.tape.st;

import io.pinion.strategy.Access;
import io.pinion.strategy.Claim;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.Set;

/** A claim on the drive whose descriptor {@link FakeDrive} answers. */
record FakeClaim(Access access) implements Claim {
    @Override
    public String identity() {
        return "chr:9:128";
    }

    @Override
    public Set<String> overlaps() {
        return Set.of(identity());
    }

    @Override
    public boolean isExclusive() {
        return true;
    }

    @Override
    public Path path() {
        return Path.of("/dev/nst0");
    }

    @Override
    public OptionalInt descriptor() {
        return OptionalInt.of(FakeDrive.DESCRIPTOR);
    }

    @Override
    public void flush() {
        throw new UnsupportedOperationException("a claim on a tape drive is not flushed");
    }

    @Override
    public void dropCache() {
        throw new UnsupportedOperationException("a tape drive has no page cache");
    }

    @Override
    public void close() {}
}

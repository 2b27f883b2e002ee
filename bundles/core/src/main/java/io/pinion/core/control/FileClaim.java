package io.pinion.core.control;

import io.pinion.strategy.Access;
import io.pinion.strategy.Claim;
import io.pinion.strategy.ClaimRequest;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.Target;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The claim of {@link FileGuard}: an open file. Core alone calls it, on threads that nobody interrupts. */
final class FileClaim implements Claim {
    private static final Logger LOG = LoggerFactory.getLogger(FileClaim.class);

    private final Target target;
    private final FileChannel channel;
    private final String identity;
    private final Access access;
    private final boolean created;

    FileClaim(Target target, FileChannel channel, String identity, ClaimRequest request, boolean created) {
        this.target = target;
        this.channel = channel;
        this.identity = identity;
        this.access = request.access();
        this.created = created;
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
    public boolean isCreated() {
        return created;
    }

    @Override
    public Access access() {
        return access;
    }

    @Override
    public Path path() {
        return Path.of(target.rest());
    }

    @Override
    public OptionalInt descriptor() {
        return OptionalInt.empty();
    }

    @Override
    public void flush() throws StorageException {
        try {
            channel.force(false);
        } catch (IOException e) {
            throw StorageException.of(Kind.FLUSH_FAILED, "flush", String.valueOf(e.getMessage()))
                    .target(target)
                    .cause(e)
                    .build();
        }
    }

    @Override
    public void dropCache() throws StorageException {
        throw StorageException.of(
                        Kind.UNSUPPORTED,
                        "dropCache",
                        "Java alone cannot drop cached pages; install bundle io.pinion.linux, or restart the machine")
                .target(target)
                .build();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // Nothing was written through this descriptor, so closing it can lose nothing.
            LOG.debug("closing the claim on {} failed", target, e);
        }
    }
}

package io.pinion.memory.pool;

import io.pinion.memory.PagePinner;
import io.pinion.memory.Pin;
import io.pinion.memory.PinnedPage;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** A pinner that counts, up to a limit. */
final class RecordingPinner implements PagePinner {
    private final AtomicLong pinned = new AtomicLong();
    private final long limit;

    RecordingPinner(long limit) {
        this.limit = limit;
    }

    @Override
    public Pin pin(ByteBuffer region, Access access) throws StorageException {
        int length = region.remaining();
        if (pinned.get() + length > limit) {
            throw StorageException.of(Kind.MEMORY_LIMIT, "pin", "over " + limit).build();
        }
        pinned.addAndGet(length);
        return new Pin() {
            @Override
            public ByteBuffer region() {
                return region;
            }

            @Override
            public List<PinnedPage> pages() {
                return List.of();
            }

            @Override
            public void close() {
                pinned.addAndGet(-length);
            }
        };
    }

    @Override
    public long pinnedBytes() {
        return pinned.get();
    }

    @Override
    public long limitBytes() {
        return limit;
    }
}

package io.pinion.linux.direct;

import io.pinion.strategy.Discard;
import io.pinion.strategy.Resize;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.WriteZeroes;

/**
 * The claim's extras for a channel: what they change is theirs alone meanwhile, or a neighbour's write in the same block would
 * put back what it read before.
 */
final class Extras {
    private Extras() {}

    static Discard discard(Discard claims, Writes writes) {
        return new Discard() {
            @Override
            public void discard(long offset, long length) throws StorageException {
                int range = writes.take(offset, length);
                try {
                    claims.discard(offset, length);
                } finally {
                    writes.leave(range);
                }
            }

            @Override
            public long granularity() {
                return claims.granularity();
            }
        };
    }

    static WriteZeroes writeZeroes(WriteZeroes claims, Writes writes) {
        return (offset, length) -> {
            int range = writes.take(offset, length);
            try {
                claims.writeZeroes(offset, length);
            } finally {
                writes.leave(range);
            }
        };
    }

    static Resize resize(Resize claims, Writes writes) {
        return () -> {
            long size = claims.rescan();
            writes.measure();
            return size;
        };
    }
}

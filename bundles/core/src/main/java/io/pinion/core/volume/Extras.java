package io.pinion.core.volume;

import io.pinion.strategy.StorageException;
import io.pinion.strategy.WriteZeroes;
import io.pinion.strategy.Zone;
import io.pinion.strategy.Zones;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** What a channel offers beyond transfers, as an application gets it: what it writes waits for a flush as other writes do. */
final class Extras {
    private final FlushLedger ledger;

    Extras(FlushLedger ledger) {
        this.ledger = ledger;
    }

    /**
     * {@return the extra of whoever serves}
     *
     * @throws StorageException {@code UNSUPPORTED} when it has none, {@code STRATEGY_FAULT}
     */
    <T> T of(Tenure tenure, Class<T> extra) throws StorageException {
        Optional<?> offered;
        try {
            offered = Faults.given(tenure, "with", tenure.channel().adapt(extra));
        } catch (RuntimeException | Error e) {
            throw Faults.asStorageException(tenure, "with", e);
        }
        if (offered.isEmpty()) {
            throw StorageException.of(StorageException.Kind.UNSUPPORTED, "with", lacking(tenure, extra))
                    .target(tenure.target())
                    .strategy(tenure.strategy())
                    .build();
        }
        if (!extra.isInstance(offered.get())) {
            String detail = "as " + extra.getSimpleName() + " it offers "
                    + offered.get().getClass().getName();
            throw Faults.fault(tenure, "with", detail, null);
        }
        return extra.cast(counted(extra, offered.get()));
    }

    private static String lacking(Tenure tenure, Class<?> extra) {
        String reason = tenure.target()
                .claim()
                .flatMap(claim -> claim.lacks(extra))
                .map(words -> ": " + words)
                .orElse("");
        return "strategy " + tenure.strategy() + " offers no " + extra.getSimpleName() + reason;
    }

    /** Not what is discarded: that is undefined until it is written again, flushed or not. */
    private Object counted(Class<?> extra, Object offered) {
        if (extra == WriteZeroes.class) {
            return counted((WriteZeroes) offered);
        }
        return extra == Zones.class ? new CountedZones((Zones) offered) : offered;
    }

    private WriteZeroes counted(WriteZeroes offered) {
        return (offset, length) -> {
            offered.writeZeroes(offset, length);
            ledger.wrote(length);
        };
    }

    private final class CountedZones implements Zones {
        private final Zones offered;

        CountedZones(Zones offered) {
            this.offered = offered;
        }

        @Override
        public List<Zone> report(long offset, int limit) throws StorageException {
            return offered.report(offset, limit);
        }

        @Override
        public void reset(long offset, long length) throws StorageException {
            offered.reset(offset, length);
        }

        @Override
        public void finish(long offset, long length) throws StorageException {
            offered.finish(offset, length);
        }

        @Override
        public long append(ByteBuffer source, long zone) throws StorageException {
            int before = source.position();
            try {
                return offered.append(source, zone);
            } finally {
                ledger.wrote(Math.max(0, source.position() - before));
            }
        }
    }
}

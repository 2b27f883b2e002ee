package io.pinion.memory.mlock;

import io.pinion.configuration.ConfigurationRefused;
import io.pinion.configuration.ConfigurationValues;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The limit of what is pinned, as the latest good configuration has it. */
final class PinLimit {
    private static final Logger LOG = LoggerFactory.getLogger(PinLimit.class);

    private PinLimit() {}

    /** Sets a new limit. What is pinned stays so, also if it is more. A bad configuration changes nothing, and is logged. */
    static void configure(LockedPages locked, Map<String, ?> properties) {
        try {
            locked.limit(limit(properties));
        } catch (ConfigurationRefused e) {
            LOG.warn("{}: {}; it stays limit={}", MemorySettings.PID, e.getMessage(), Bytes.text(locked.limit()));
        }
    }

    private static long limit(Map<String, ?> properties) {
        ConfigurationValues values = ConfigurationValues.of(properties);
        long limit = values.read("limit", Bytes::parse, Bytes.ALLOWED).orElse(Bytes.UNLIMITED);
        values.refuseUnknown();
        return limit;
    }
}

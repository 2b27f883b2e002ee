package io.pinion.metrics;

import io.pinion.configuration.ConfigurationValues;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;

/**
 * Whether and where to listen; checked.
 *
 * @param enabled whether at all
 * @param address on which of this machine's
 * @param port 0: one that is free
 */
record Settings(boolean enabled, InetAddress address, int port) {
    private static final int HIGHEST_PORT = 65535;

    /** Throws {@link io.pinion.configuration.ConfigurationRefused}. */
    static Settings from(Map<String, ?> properties) {
        ConfigurationValues values = ConfigurationValues.of(properties);
        Settings settings = new Settings(
                values.flag("enabled", MetricsSettings.ENABLED),
                values.read("address", Settings::address, "an address or a name of this machine, such as 127.0.0.1")
                        .orElseGet(() -> address(MetricsSettings.ADDRESS)),
                values.number("port", 1, HIGHEST_PORT, MetricsSettings.PORT));
        values.refuseUnknown();
        return settings;
    }

    /** Not by the record's own equality: the JDK would keep this class, and the bundle with it, in a cache for good. */
    boolean isSameAs(Settings other) {
        return enabled == other.enabled && address.equals(other.address) && port == other.port;
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }
}

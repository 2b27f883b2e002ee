package io.pinion.metrics;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whether and where to listen; checked.
 *
 * @param enabled whether at all
 * @param address on which of this machine's
 * @param port 0: one that is free
 */
record Settings(boolean enabled, InetAddress address, int port) {
    private static final Set<String> KEYS = new TreeSet<>(Set.of("enabled", "address", "port"));
    /** What Configuration Admin, File Install, Karaf and the component runtime add. */
    private static final List<String> FOREIGN =
            List.of("service.", "felix.", "org.apache.karaf.", "component.", "osgi.ds.");

    private static final int HIGHEST_PORT = 65535;

    /** A configuration that is refused as a whole: key, value and what is allowed. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1;

        private Refused(String key, Object value, String allowed) {
            super(key + "=" + value + " is refused; allowed: " + allowed);
        }
    }

    static Settings from(Map<String, ?> properties) throws Refused {
        for (String key : new TreeSet<>(properties.keySet())) {
            if (!KEYS.contains(key) && FOREIGN.stream().noneMatch(key::startsWith)) {
                throw new Refused(key, properties.get(key), "the keys " + String.join(", ", KEYS));
            }
        }
        return new Settings(
                enabled(text(properties, "enabled", false)),
                address(text(properties, "address", MetricsSettings.ADDRESS)),
                port(text(properties, "port", MetricsSettings.PORT)));
    }

    /** Not by the record's own equality: the JDK would keep this class, and the bundle with it, in a cache for good. */
    boolean isSameAs(Settings other) {
        return enabled == other.enabled && address.equals(other.address) && port == other.port;
    }

    private static String text(Map<String, ?> properties, String key, Object otherwise) {
        Object value = properties.get(key);
        String text = value == null ? "" : value.toString().strip();
        return text.isEmpty() ? otherwise.toString() : text;
    }

    private static boolean enabled(String text) throws Refused {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new Refused("enabled", text, "true, false");
        };
    }

    private static InetAddress address(String text) throws Refused {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new Refused("address", text, "an address or a name of this machine, such as 127.0.0.1");
        }
    }

    private static int port(String text) throws Refused {
        try {
            int port = Integer.parseInt(text);
            if (port >= 1 && port <= HIGHEST_PORT) {
                return port;
            }
        } catch (NumberFormatException e) {
            throw new Refused("port", text, "1 to " + HIGHEST_PORT);
        }
        throw new Refused("port", text, "1 to " + HIGHEST_PORT);
    }
}

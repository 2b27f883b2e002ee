package io.pinion.health;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * From when on checks warn.
 *
 * @param memoryWarnPercent of the limit of pinned memory
 * @param flushOverdue how long written bytes may wait for a flush; zero: for any time
 */
record Thresholds(int memoryWarnPercent, Duration flushOverdue) {
    static final Thresholds DEFAULT = new Thresholds(
            HealthSettings.MEMORY_WARN_PERCENT, Duration.ofSeconds(HealthSettings.FLUSH_OVERDUE_SECONDS));
    static final String MEMORY = "memory.warn.percent";
    static final String FLUSH = "flush.overdue.seconds";

    /** What Configuration Admin, File Install, Karaf and the component runtime add. */
    private static final List<String> FOREIGN =
            List.of("service.", "felix.", "org.apache.karaf.", "component.", "osgi.ds.");

    /** A configuration that is refused as a whole: key, value and what is allowed. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1;

        private Refused(String key, Object value, String allowed) {
            super(key + "=" + value + " is refused; allowed: " + allowed);
        }
    }

    static Thresholds from(Map<String, ?> properties) throws Refused {
        for (String key : new TreeSet<>(properties.keySet())) {
            if (!key.equals(MEMORY) && !key.equals(FLUSH) && FOREIGN.stream().noneMatch(key::startsWith)) {
                throw new Refused(key, properties.get(key), "the keys " + FLUSH + ", " + MEMORY);
            }
        }
        int percent = number(properties, MEMORY, HealthSettings.MEMORY_WARN_PERCENT, 1, 100);
        int seconds = number(properties, FLUSH, HealthSettings.FLUSH_OVERDUE_SECONDS, 0, Integer.MAX_VALUE);
        return new Thresholds(percent, Duration.ofSeconds(seconds));
    }

    private static int number(Map<String, ?> properties, String key, int otherwise, int least, int most)
            throws Refused {
        Object value = properties.get(key);
        if (value == null || value.toString().isBlank()) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(value.toString().strip());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new Refused(key, value, least + " to " + most);
        }
        throw new Refused(key, value, least + " to " + most);
    }
}

package io.pinion.tape.image;

import io.pinion.configuration.Units;
import io.pinion.strategy.Target;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * What the rest of a target says: {@code /path/backup.tap?capacity=10GiB&early-warning=64MiB}. The settings may be missing, and
 * the path has no question mark. Immutable.
 *
 * @param path where the image is
 * @param capacity how many bytes the file may have
 * @param earlyWarning how many bytes before that the early warning comes
 */
record ImageTarget(Path path, long capacity, long earlyWarning) {
    /** The capacity of a tape that ends where the file system is full. */
    static final long UNLIMITED = Long.MAX_VALUE;

    private static final String CAPACITY = "capacity";
    private static final String EARLY_WARNING = "early-warning";
    private static final String ALLOWED =
            "; allowed: PATH, PATH?capacity=SIZE or PATH?capacity=SIZE&early-warning=SIZE, as in"
                    + " /backup/monday.tap?capacity=10GiB&early-warning=64MiB, with sizes in " + Units.SIZES;

    /** What part of the capacity is left at the early warning, unless the target says how much. */
    private static final int EARLY_WARNING_PART = 32;

    /**
     * {@return what the target says}
     *
     * @throws IllegalArgumentException in words for the operator, when it says nothing that makes sense
     */
    static ImageTarget of(Target target) {
        String rest = target.rest();
        int question = rest.indexOf('?');
        if (question < 0) {
            return new ImageTarget(Path.of(rest), UNLIMITED, 0);
        }
        Map<String, Long> settings = new HashMap<>();
        for (String setting : rest.substring(question + 1).split("&", -1)) {
            int equals = setting.indexOf('=');
            String key = equals < 0 ? setting : setting.substring(0, equals);
            if (equals < 0 || !(key.equals(CAPACITY) || key.equals(EARLY_WARNING)) || settings.containsKey(key)) {
                throw new IllegalArgumentException("target=" + target + ": '" + setting + "' is no setting" + ALLOWED);
            }
            try {
                settings.put(key, Units.size(setting.substring(equals + 1)));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("target=" + target + ": " + key + " " + e.getMessage() + ALLOWED, e);
            }
        }
        Long capacity = settings.get(CAPACITY);
        if (capacity == null) {
            throw new IllegalArgumentException("target=" + target + ": early-warning needs a capacity" + ALLOWED);
        }
        long warning = settings.getOrDefault(EARLY_WARNING, capacity / EARLY_WARNING_PART);
        if (warning >= capacity) {
            throw new IllegalArgumentException("target=" + target + ": early-warning=" + warning
                    + " is not less than capacity=" + capacity + ALLOWED);
        }
        return new ImageTarget(Path.of(rest.substring(0, question)), capacity, warning);
    }

    /** {@return what to open: the claimed file itself, where there is a claim} */
    Path opened(Target target) {
        return target.claim().isPresent() ? target.path() : path;
    }
}

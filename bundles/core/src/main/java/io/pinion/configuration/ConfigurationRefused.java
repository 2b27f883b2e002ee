package io.pinion.configuration;

import java.util.Arrays;
import java.util.Collection;

/**
 * A configuration that is refused as a whole: which key, which value, and what is allowed. Whoever catches it keeps what
 * held before, and logs the message with what that is: a component that lets it out of its constructor is gone.
 */
public final class ConfigurationRefused extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String key;

    /**
     * Refuses.
     *
     * @param key the key that is wrong
     * @param value what it has; null when it has nothing and must
     * @param allowed what it may have, in words
     */
    public ConfigurationRefused(String key, Object value, String allowed) {
        this(key, key + (value == null ? " is missing" : "=" + text(value) + " is refused") + "; allowed: " + allowed);
    }

    private ConfigurationRefused(String key, String message) {
        super(message);
        this.key = key;
    }

    /** {@return the refusal of a key that does not exist} */
    static ConfigurationRefused unknown(String key, Collection<String> known) {
        return new ConfigurationRefused(key, key + " is unknown; allowed: the keys " + String.join(", ", known));
    }

    private static String text(Object value) {
        return value instanceof Object[] several ? Arrays.toString(several) : value.toString();
    }

    /** {@return the key that is wrong} */
    public String key() {
        return key;
    }
}

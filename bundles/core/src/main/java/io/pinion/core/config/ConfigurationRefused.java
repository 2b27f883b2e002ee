package io.pinion.core.config;

import java.util.Arrays;

/** A configuration that is refused as a whole: which key, which value, and what is allowed. */
public final class ConfigurationRefused extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String key;

    /** Refuses. */
    public ConfigurationRefused(String key, Object value, String allowed) {
        super(key + (value == null ? " is missing" : "=" + text(value) + " is refused") + "; allowed: " + allowed);
        this.key = key;
    }

    private static String text(Object value) {
        return value instanceof Object[] several ? Arrays.toString(several) : value.toString();
    }

    /** {@return the key that is wrong} */
    public String key() {
        return key;
    }
}

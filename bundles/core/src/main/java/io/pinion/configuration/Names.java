package io.pinion.configuration;

import java.util.regex.Pattern;

/** How volumes and strategies may be called, and whatever else configurations name. */
public final class Names {
    /** What is allowed, for messages. */
    public static final String ALLOWED = "letters, digits, and . _ - behind the first";

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

    private Names() {}

    /** {@return whether a configuration can hold this name} */
    public static boolean isName(String text) {
        return FORM.matcher(text).matches();
    }
}

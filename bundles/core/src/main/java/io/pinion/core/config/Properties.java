package io.pinion.core.config;

import io.pinion.strategy.Access;
import io.pinion.strategy.Target;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Reads the values of one configuration, and knows in the end which keys nobody asked for. A value that is empty is as good
 * as none: screens write one for each field that was left empty.
 */
final class Properties {
    /** What tools add to what they carry: Configuration Admin, File Install, the service component runtime, Karaf. */
    private static final List<String> FOREIGN = List.of("service.", "felix.", "component.", "org.apache.karaf.");

    private final Map<String, ?> values;
    private final Set<String> known = new TreeSet<>();

    Properties(Map<String, ?> values) {
        this.values = values;
    }

    String name(String key, String otherwise) {
        String name = text(key);
        name = name == null ? otherwise : name;
        if (!Names.isName(name)) {
            throw new ConfigurationRefused(key, name, Names.ALLOWED);
        }
        return name;
    }

    Target target(String key) {
        String text = text(key);
        String allowed = "a path, or scheme:rest";
        if (text == null) {
            throw new ConfigurationRefused(key, null, allowed);
        }
        try {
            return Target.parse(text);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationRefused(key, text, allowed);
        }
    }

    List<String> names(String key) {
        known.add(key);
        Object value = values.get(key);
        Stream<?> parts = value == null
                ? Stream.empty()
                : value instanceof Collection<?> all
                        ? all.stream()
                        : value instanceof Object[] array ? Arrays.stream(array) : Stream.of(value);
        List<String> names = parts.flatMap(part -> Arrays.stream(part.toString().split(",")))
                .map(String::trim)
                .filter(part -> !part.isEmpty())
                .distinct()
                .toList();
        String allowed = "names of strategies, best first, separated by commas, such as direct,buffered";
        if (names.isEmpty()) {
            throw new ConfigurationRefused(key, null, allowed);
        }
        for (String name : names) {
            if (!Names.isName(name)) {
                throw new ConfigurationRefused(key, name, allowed);
            }
        }
        return names;
    }

    Access access(String key, Access otherwise) {
        String text = text(key);
        if (text == null) {
            return otherwise;
        }
        return Arrays.stream(Access.values())
                .filter(access -> access.toString().equals(text))
                .findFirst()
                .orElseThrow(() -> new ConfigurationRefused(key, text, Arrays.toString(Access.values())));
    }

    OptionalLong size(String key) {
        String text = text(key);
        if (text == null) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(Units.size(text)
                .orElseThrow(
                        () -> new ConfigurationRefused(key, text, "a number of bytes, or one with " + Units.SIZES)));
    }

    Duration duration(String key, String otherwise) {
        String text = text(key);
        String value = text == null ? otherwise : text;
        return Units.duration(value)
                .orElseThrow(() ->
                        new ConfigurationRefused(key, value, "a number with " + Units.DURATIONS + ", such as 30s"));
    }

    void refuseUnknown() {
        for (String key : new TreeSet<>(values.keySet())) {
            if (!known.contains(key) && FOREIGN.stream().noneMatch(key::startsWith)) {
                throw new ConfigurationRefused(key, values.get(key), "the keys " + String.join(", ", known));
            }
        }
    }

    private String text(String key) {
        known.add(key);
        Object value = values.get(key);
        if (value == null) {
            return null;
        }
        String text = value.toString().trim();
        return text.isEmpty() ? null : text;
    }
}

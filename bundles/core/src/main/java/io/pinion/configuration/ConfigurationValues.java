package io.pinion.configuration;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Reads the values of one configuration, and knows in the end which keys nobody asked for. Read every key that there is,
 * call {@link #refuseUnknown}, and use nothing of it before that has returned: so a bad configuration changes nothing.
 *
 * <p>A value may be text, as files have it, or what it is, as screens and code set it: {@code "4"} or {@code 4}. One that
 * is empty is as good as none: screens write one for each field that was left empty. All that is wrong is thrown as
 * {@link ConfigurationRefused}. Not for several threads at once.
 */
public final class ConfigurationValues {
    /** What tools add to what they carry: Configuration Admin, File Install, the service component runtime, Karaf. */
    private static final List<String> FOREIGN =
            List.of("service.", "felix.", "component.", "org.apache.karaf.", "osgi.ds.");
    /** What {@link io.pinion.strategy.Strategy} makes of its component, and the runtime hands in with the rest. */
    private static final String STRATEGY = "pinion.strategy";

    private final Map<String, ?> values;
    private final List<String> foreign;
    private final Set<String> known = new TreeSet<>();

    private ConfigurationValues(Map<String, ?> values, Stream<String> foreign) {
        this.values = values;
        this.foreign = foreign.toList();
    }

    /** {@return a reader of these values, which it does not change} They must not change meanwhile. */
    public static ConfigurationValues of(Map<String, ?> values) {
        return new ConfigurationValues(values, FOREIGN.stream());
    }

    /** {@return a reader of what the component of a strategy is handed} Its service properties are no unknown keys. */
    public static ConfigurationValues ofStrategy(Map<String, ?> properties) {
        return new ConfigurationValues(properties, Stream.concat(FOREIGN.stream(), Stream.of(STRATEGY)));
    }

    /** {@return the value as text, without whitespace around; empty when there is none} */
    public Optional<String> text(String key) {
        List<?> parts = parts(key);
        if (parts.size() > 1) {
            throw new ConfigurationRefused(key, parts, "one value");
        }
        return parts.stream()
                .map(part -> part.toString().strip())
                .filter(text -> !text.isEmpty())
                .findFirst();
    }

    /**
     * {@return what the reader makes of the text; empty when there is none}
     *
     * @param reader throws {@link IllegalArgumentException} for text that is wrong, as the JDK's own do: {@code Path::of},
     *     {@code UUID::fromString}
     * @param allowed what is right, in words
     */
    public <T> Optional<T> read(String key, Function<String, ? extends T> reader, String allowed) {
        Optional<String> text = text(key);
        try {
            return text.map(reader);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationRefused(key, text.get(), allowed);
        }
    }

    /** {@return the whole number, from {@code least} to {@code most}} */
    public int number(String key, int least, int most, int otherwise) {
        return this.<Integer>read(key, text -> number(text, least, most), least + " to " + most)
                .orElse(otherwise);
    }

    private static int number(String text, int least, int most) {
        int number = Integer.parseInt(text);
        if (number < least || number > most) {
            throw new IllegalArgumentException(text + " is out of range");
        }
        return number;
    }

    /** {@return whether the value is {@code true}; {@code false} is the only other that is allowed} */
    public boolean flag(String key, boolean otherwise) {
        String text = text(key).orElse(Boolean.toString(otherwise));
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new ConfigurationRefused(key, text, "true, false");
        };
    }

    /**
     * {@return the constant that the word says} {@code read-only} says {@code READ_ONLY}.
     *
     * @param otherwise the word to take when there is none
     */
    public <E extends Enum<E>> E choice(String key, Class<E> type, String otherwise) {
        String text = text(key).orElse(otherwise);
        E[] all = type.getEnumConstants();
        return Arrays.stream(all)
                .filter(one -> word(one).equals(text))
                .findFirst()
                .orElseThrow(() -> new ConfigurationRefused(
                        key,
                        text,
                        Arrays.stream(all)
                                .map(ConfigurationValues::word)
                                .toList()
                                .toString()));
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * {@return the names, each once, in their order; none when there is no value} Several values, one with commas, or both.
     *
     * @param allowed what is right, in words; each must be one of {@link Names}
     */
    public List<String> names(String key, String allowed) {
        List<String> names = parts(key).stream()
                .flatMap(part -> Arrays.stream(part.toString().split(",")))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();
        for (String name : names) {
            if (!Names.isName(name)) {
                throw new ConfigurationRefused(key, name, allowed);
            }
        }
        return names;
    }

    /** {@return the number of bytes, as {@link Units#size} reads it; empty when there is none} */
    public OptionalLong size(String key) {
        return read(key, Units::size, "a number of bytes, or one with " + Units.SIZES)
                .map(OptionalLong::of)
                .orElse(OptionalLong.empty());
    }

    /**
     * {@return the duration, as {@link Units#duration} reads it}
     *
     * @param otherwise what to read when there is none
     */
    public Duration duration(String key, String otherwise) {
        return read(key, Units::duration, "a number with " + Units.DURATIONS + ", such as 30s")
                .orElseGet(() -> Units.duration(otherwise));
    }

    /** Refuses the first key that nobody has asked for, and that is none of those that tools add. */
    public void refuseUnknown() {
        for (String key : new TreeSet<>(values.keySet())) {
            if (!known.contains(key) && foreign.stream().noneMatch(key::startsWith)) {
                throw new ConfigurationRefused(key, values.get(key), "the keys " + String.join(", ", known));
            }
        }
    }

    private List<?> parts(String key) {
        known.add(key);
        Object value = values.get(key);
        Stream<?> parts = value instanceof Collection<?> all
                ? all.stream()
                : value instanceof Object[] array ? Arrays.stream(array) : Stream.ofNullable(value);
        return parts.filter(Objects::nonNull).toList();
    }
}

package io.pinion.configuration;

import java.time.DateTimeException;
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
    /** What the component runtime adds for each reference that has a target filter, or a number of services at least. */
    private static final List<String> OF_REFERENCES = List.of(".target", ".cardinality.minimum");
    /** What {@link io.pinion.strategy.Strategy} makes of its component, and the runtime hands in with the rest. */
    private static final String STRATEGY = "pinion.strategy";

    private final Map<String, ?> values;
    private final List<String> own;
    private final Set<String> known = new TreeSet<>();

    private ConfigurationValues(Map<String, ?> values, List<String> own) {
        this.values = values;
        this.own = own;
    }

    /**
     * {@return a reader of these values, which it does not change} They must not change meanwhile.
     *
     * @param own properties that the component itself declares, and the runtime hands in with the rest: {@code vendor}
     *     means {@code vendor.name} as well. They, and what tools and the runtime add, are no unknown keys
     */
    public static ConfigurationValues of(Map<String, ?> values, String... own) {
        return new ConfigurationValues(values, List.of(own));
    }

    /** {@return a reader of what the component of a strategy is handed, its service properties included} */
    public static ConfigurationValues ofStrategy(Map<String, ?> properties) {
        return of(properties, STRATEGY);
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
     * @param reader throws {@link IllegalArgumentException} or {@link DateTimeException} for text that is wrong, as the JDK's own
     *     do: {@code Path::of}, {@code LocalTime::parse}
     * @param allowed what is right, in words
     */
    public <T> Optional<T> read(String key, Function<String, ? extends T> reader, String allowed) {
        Optional<String> text = text(key);
        try {
            return text.map(reader);
        } catch (IllegalArgumentException | DateTimeException e) {
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

    /**
     * Refuses the first key that nobody has asked for, and that is none of those that tools or the component add. Its value
     * is not told: it may be a password, under a name that was misspelt.
     */
    public void refuseUnknown() {
        for (String key : new TreeSet<>(values.keySet())) {
            if (!known.contains(key) && !isAdded(key)) {
                throw ConfigurationRefused.unknown(key, known);
            }
        }
    }

    private boolean isAdded(String key) {
        return key.startsWith(".")
                || FOREIGN.stream().anyMatch(key::startsWith)
                || OF_REFERENCES.stream().anyMatch(key::endsWith)
                || own.stream().anyMatch(name -> key.equals(name) || key.startsWith(name + "."));
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

package io.pinion.volume.tape;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The lines of a label or trailer, in their record; {@link TapeLabel} says how they look. */
final class LabelText {
    static final int LENGTH = 512;

    private final String firstLine;
    private final Map<String, String> values = new LinkedHashMap<>();

    LabelText(String firstLine) {
        this.firstLine = firstLine;
    }

    LabelText with(String key, Object value) {
        values.put(key, value.toString());
        return this;
    }

    /** @throws IllegalArgumentException when there is no such line */
    String value(String key) {
        String value = values.get(key);
        if (value == null) {
            throw new IllegalArgumentException(key + " is missing");
        }
        return value;
    }

    /** @throws IllegalArgumentException when there is no such line, or no number in it */
    long number(String key) {
        return Long.parseLong(value(key));
    }

    ByteBuffer toRecord() {
        StringBuilder text = new StringBuilder(firstLine).append('\n');
        values.forEach(
                (key, value) -> text.append(key).append('=').append(value).append('\n'));
        return ByteBuffer.allocate(LENGTH)
                .put(text.toString().getBytes(StandardCharsets.UTF_8))
                .rewind()
                .limit(LENGTH);
    }

    /** {@return what {@code form} makes of a record that begins with this line; empty when it is another one, or damaged} */
    static <T> Optional<T> read(String firstLine, ByteBuffer record, Function<LabelText, T> form) {
        String[] lines =
                StandardCharsets.UTF_8.decode(record.duplicate()).toString().split("\n");
        if (record.remaining() != LENGTH || !lines[0].equals(firstLine)) {
            return Optional.empty();
        }
        LabelText text = new LabelText(firstLine);
        for (int i = 1; i < lines.length && lines[i].indexOf('=') > 0; i++) {
            int end = lines[i].indexOf('=');
            text.with(lines[i].substring(0, end), lines[i].substring(end + 1));
        }
        try {
            return Optional.of(form.apply(text));
        } catch (IllegalArgumentException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    static void checkName(String name, int longest) {
        int length = name.getBytes(StandardCharsets.UTF_8).length;
        if (length > longest) {
            throw new IllegalArgumentException("a name of " + length + " bytes is longer than " + longest);
        }
        if (name.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("a name is one line, without control characters");
        }
    }
}

package io.pinion.advisor.report;

import java.util.List;
import java.util.Map;

/** Writes maps, lists, texts, numbers and truths as JSON (RFC 8259), indented. A number that is none becomes null. */
public final class Json {
    private final StringBuilder out = new StringBuilder();

    private Json() {}

    /** {@return the value as JSON, with a line end} */
    public static String of(Object value) {
        Json json = new Json();
        json.write(value, "\n");
        return json.out.append('\n').toString();
    }

    private void write(Object value, String newLine) {
        if (value instanceof Map<?, ?> map) {
            String separator = "{";
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                out.append(separator).append(newLine).append("  ");
                text(entry.getKey().toString());
                out.append(": ");
                write(entry.getValue(), newLine + "  ");
                separator = ",";
            }
            out.append(map.isEmpty() ? "{}" : newLine + "}");
        } else if (value instanceof List<?> list) {
            String separator = "[";
            for (Object element : list) {
                out.append(separator).append(newLine).append("  ");
                write(element, newLine + "  ");
                separator = ",";
            }
            out.append(list.isEmpty() ? "[]" : newLine + "]");
        } else if (value instanceof Double number && !Double.isFinite(number)) {
            out.append("null");
        } else if (value instanceof Number || value instanceof Boolean) {
            out.append(value);
        } else {
            text(value.toString());
        }
    }

    private void text(String text) {
        out.append('"');
        for (char c : text.toCharArray()) {
            switch (c) {
                case '"', '\\' -> out.append('\\').append(c);
                default -> {
                    if (c < ' ') {
                        out.append(String.format("\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}

package io.pinion.archive.tar;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** The records of a pax header, {@code LENGTH KEY=VALUE\n} each, which say what its fields have no room for (pax(1)). */
final class PaxRecords {
    private PaxRecords() {}

    static byte[] encode(Map<String, String> records) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        records.forEach((key, value) -> all.writeBytes(record(key, value)));
        return all.toByteArray();
    }

    /** A record's length counts its own digits. */
    private static byte[] record(String key, String value) {
        byte[] rest = (" " + key + "=" + value + "\n").getBytes(StandardCharsets.UTF_8);
        int length = rest.length;
        while (Integer.toString(length).length() + rest.length != length) {
            length = Integer.toString(length).length() + rest.length;
        }
        byte[] record = new byte[length];
        byte[] digits = Integer.toString(length).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(digits, 0, record, 0, digits.length);
        System.arraycopy(rest, 0, record, digits.length, rest.length);
        return record;
    }

    /** {@return keys and values; an empty value takes back what a global header said} */
    static Map<String, String> decode(byte[] body) throws IOException {
        Map<String, String> records = new HashMap<>();
        int at = 0;
        while (at < body.length && body[at] != 0) {
            int blank = indexOf(body, ' ', at, body.length);
            int end = at + length(body, at, blank);
            int equals = indexOf(body, '=', blank, end);
            if (body[end - 1] != '\n') {
                throw malformed();
            }
            records.put(
                    new String(body, blank + 1, equals - blank - 1, StandardCharsets.UTF_8),
                    new String(body, equals + 1, end - equals - 2, StandardCharsets.UTF_8));
            at = end;
        }
        return records;
    }

    private static int length(byte[] body, int at, int blank) throws IOException {
        try {
            int length = Integer.parseInt(new String(body, at, blank - at, StandardCharsets.US_ASCII));
            if (length > blank - at && length <= body.length - at) {
                return length;
            }
        } catch (NumberFormatException e) {
            throw new IOException("a record of a pax header has no length", e);
        }
        throw malformed();
    }

    private static int indexOf(byte[] body, char wanted, int from, int to) throws IOException {
        for (int at = from; at < to; at++) {
            if (body[at] == wanted) {
                return at;
            }
        }
        throw malformed();
    }

    private static IOException malformed() {
        return new IOException("a record of a pax header is malformed");
    }
}

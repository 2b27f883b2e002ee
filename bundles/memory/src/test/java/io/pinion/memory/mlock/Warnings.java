package io.pinion.memory.mlock;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The warnings that are logged while it is open: through slf4j-simple, which writes to standard error. */
final class Warnings implements AutoCloseable {
    private final PrintStream before = System.err;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Warnings() {
        System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    }

    /** {@return their messages, oldest first} */
    List<String> messages() {
        return bytes.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.contains("] WARN "))
                .map(line -> line.substring(line.indexOf(" - ") + 3))
                .toList();
    }

    @Override
    public void close() {
        System.setErr(before);
    }
}

package io.pinion.advisor.machine;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Small files of /proc and /sys. What can't be read is empty: they come and go, and differ from kernel to kernel. By java.io,
 * because channels fail in a thread that was interrupted.
 */
final class KernelText {
    private KernelText() {}

    /** {@return what a file holds, without blanks around it} */
    static Optional<String> text(Path file) {
        try (InputStream input = new FileInputStream(file.toFile())) {
            return Optional.of(new String(input.readAllBytes(), StandardCharsets.UTF_8).strip());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** {@return its lines; none where it can't be read} */
    static List<String> lines(Path file) {
        return text(file).map(all -> all.lines().toList()).orElse(List.of());
    }

    /** {@return the number that a file holds; empty where it holds none, such as {@code max}} */
    static OptionalLong number(Path file) {
        return text(file).filter(all -> all.matches("\\d{1,18}")).stream()
                .mapToLong(Long::parseLong)
                .findFirst();
    }

    /** {@return what a line of a file says behind a name and a colon} */
    static Optional<String> value(Path file, String name) {
        return lines(file).stream()
                .filter(line -> line.split(":", 2)[0].strip().equals(name) && line.contains(":"))
                .map(line -> line.split(":", 2)[1].strip())
                .findFirst();
    }
}

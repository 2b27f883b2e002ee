package io.pinion.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The compiled sources that documents may show excerpts of. */
final class Sources {
    private static final String ELISION = "…";

    /** Instead of an indentation that is not known yet. */
    private static final int NONE = Integer.MIN_VALUE;

    private final List<Source> sources;

    /** A source, or an excerpt: its lines without the whitespace at their ends. */
    record Source(String name, List<String> lines) {}

    /** A line of the excerpt, where the source has another. */
    private record Mismatch(int matched, double likeness, int line, String shown, String place, String instead) {
        boolean isBetterThan(Mismatch other) {
            return matched != other.matched ? matched > other.matched : likeness > other.likeness;
        }
    }

    Sources(List<Source> sources) {
        this.sources = List.copyOf(sources);
    }

    /** {@return those of this module, and of the examples, which have builds of their own} */
    static Sources ofProject() {
        Path examples = Document.root().resolve("examples");
        return new Sources(Stream.concat(
                        Document.files(Document.root().resolve("docs/snippets/src")),
                        Files.isDirectory(examples) ? Document.files(examples) : Stream.empty())
                .filter(file -> file.toString().endsWith(".java"))
                .map(Sources::read)
                .toList());
    }

    private static Source read(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return new Source(
                    Document.root().relativize(file).toString(),
                    lines.map(String::stripTrailing).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * {@return why this is no excerpt of any source; empty when it is one} An excerpt is lines of one source, in their order
     * and with their indentation, or all of them with less or more of it; a line that is {@code …} stands for any number
     * of others.
     */
    Optional<String> mismatch(Document document, Document.Fence fence) {
        Mismatch nearest = new Mismatch(-1, -1, 0, "", "", "");
        for (Source source : sources) {
            for (int start = 0; start < source.lines().size(); start++) {
                Optional<Mismatch> found = compare(fence.text(), source, start);
                if (found.isEmpty()) {
                    return Optional.empty();
                }
                nearest = found.get().isBetterThan(nearest) ? found.get() : nearest;
            }
        }
        return Optional.of("%s shows no compiled source. Nearest: %s%n  shown:    %s%n  compiled: %s"
                .formatted(
                        document.at(fence.line() + 1 + nearest.line()),
                        nearest.place(),
                        nearest.shown(),
                        nearest.instead()));
    }

    /** Compares the excerpt with what the source has from a line on. */
    private static Optional<Mismatch> compare(List<String> excerpt, Source source, int start) {
        return compare(excerpt, 0, source, start, NONE);
    }

    /** Compares what follows a line of the excerpt, {@code shift} being how much further the source is indented. */
    private static Optional<Mismatch> compare(List<String> excerpt, int from, Source source, int start, int shift) {
        List<String> lines = source.lines();
        int known = shift;
        for (int i = from; i < excerpt.size(); i++) {
            String shown = excerpt.get(i);
            int at = start + i - from;
            if (shown.strip().equals(ELISION)) {
                return compareAfterElision(excerpt, i + 1, source, at, known);
            }
            String compiled = at < lines.size() ? lines.get(at) : "";
            if (at >= lines.size() || !isSame(shown, compiled, known)) {
                return Optional.of(
                        new Mismatch(i, likeness(shown, compiled), i, shown, source.name() + ":" + (at + 1), compiled));
            }
            if (known == NONE && !shown.isEmpty()) {
                known = indentation(compiled) - indentation(shown);
            }
        }
        return Optional.empty();
    }

    private static Optional<Mismatch> compareAfterElision(
            List<String> excerpt, int from, Source source, int start, int shift) {
        Optional<Mismatch> nearest = Optional.empty();
        for (int at = start; at <= source.lines().size(); at++) {
            Optional<Mismatch> found = compare(excerpt, from, source, at, shift);
            if (found.isEmpty()) {
                return found;
            }
            nearest = nearest.filter(best -> !found.get().isBetterThan(best)).or(() -> found);
        }
        return nearest;
    }

    private static boolean isSame(String shown, String compiled, int shift) {
        return shown.strip().equals(compiled.strip())
                && (shift == NONE || shown.isEmpty() || indentation(compiled) - indentation(shown) == shift);
    }

    private static int indentation(String line) {
        return line.length() - line.stripLeading().length();
    }

    /** {@return what share of the words of one line the other has, too} */
    private static double likeness(String one, String other) {
        List<String> words = new ArrayList<>(List.of(one.strip().split("\\W+")));
        int all = words.size();
        List<String> others = List.of(other.strip().split("\\W+"));
        words.removeIf(word -> !others.contains(word));
        return (double) words.size() / Math.max(all, others.size());
    }
}

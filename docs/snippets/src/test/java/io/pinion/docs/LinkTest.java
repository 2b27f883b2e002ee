package io.pinion.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.pinion.docs.Document.Reference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Links within the project lead somewhere. */
class LinkTest {
    private static final Pattern ELSEWHERE = Pattern.compile("[a-z]+:.*");

    @Test
    void every_relative_link_leads_to_a_file_and_every_anchor_to_a_heading() {
        List<Document> documents = Document.all();
        assertThat(documents).extracting(Document::name).contains("README.md", "docs/using.md");
        assertThat(documents.stream().flatMap(document -> broken(document).stream()))
                .isEmpty();
    }

    @Test
    void a_broken_link_is_found() {
        Document document = Document.of("docs/made-up.md", Document.root().resolve("docs/made-up.md"), """
                        # One heading, `code` in it

                        [fine](using.md), [fine](#one-heading-code-in-it), [fine](https://example.org/nothing),
                        [no file](nothing.md), ![no image](nothing.svg),
                        [no heading](#two), [none there](operating.md#two)
                        """);
        assertThat(broken(document))
                .containsExactly(
                        "docs/made-up.md:4 leads to docs/nothing.md, which is not there",
                        "docs/made-up.md:5 leads to #two, which is no heading of docs/made-up.md",
                        "docs/made-up.md:5 leads to #two, which is no heading of docs/operating.md",
                        "docs/made-up.md:4 leads to docs/nothing.svg, which is not there");
    }

    private static List<String> broken(Document document) {
        return document.references().stream()
                .filter(reference -> !ELSEWHERE.matcher(reference.destination()).matches())
                .flatMap(reference -> problem(document, reference).stream())
                .toList();
    }

    private static Optional<String> problem(Document document, Reference reference) {
        String[] parts = reference.destination().split("#", 2);
        Path file = parts[0].isEmpty()
                ? document.file()
                : document.file().resolveSibling(parts[0]).normalize();
        String name = Document.root().relativize(file).toString();
        String from = document.at(reference.line()) + " leads to ";
        if (!parts[0].isEmpty() && !Files.exists(file)) {
            return Optional.of(from + name + ", which is not there");
        }
        Document to = parts[0].isEmpty() || parts.length == 1 ? document : Document.read(file);
        return parts.length == 1 || to.anchors().contains(parts[1])
                ? Optional.empty()
                : Optional.of(from + "#" + parts[1] + ", which is no heading of " + name);
    }
}

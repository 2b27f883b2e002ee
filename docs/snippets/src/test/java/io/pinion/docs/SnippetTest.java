package io.pinion.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.pinion.docs.Document.Fence;
import io.pinion.docs.Sources.Source;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What the documents show in Java is compiled. */
class SnippetTest {
    private static final Sources PROJECT = Sources.ofProject();

    private static final Sources SMALL = new Sources(List.of(new Source(
            "A.java",
            List.of(
                    "final class A {",
                    "    void a() {",
                    "        int one = 1;",
                    "",
                    "        use(one);",
                    "    }",
                    "}"))));

    @TestFactory
    Stream<DynamicTest> every_block_of_Java_is_an_excerpt_of_a_compiled_source() {
        List<DynamicTest> tests = Document.all().stream()
                .flatMap(document -> document.fences().stream()
                        .filter(fence -> fence.language().equals("java"))
                        .map(fence -> DynamicTest.dynamicTest(
                                document.at(fence.line()),
                                () -> assertThat(PROJECT.mismatch(document, fence))
                                        .isEmpty())))
                .toList();
        assertThat(tests).isNotEmpty();
        return tests.stream();
    }

    @Test
    void a_block_of_code_says_what_language_it_is() {
        assertThat(Document.all().stream()
                        .flatMap(document -> document.fences().stream()
                                .filter(fence -> fence.language().isEmpty()
                                        && fence.text().stream().anyMatch(line -> line.endsWith(";")))
                                .map(fence -> document.at(fence.line()))))
                .as("blocks that look like Java and do not say so")
                .isEmpty();
    }

    @Test
    void lines_of_one_source_are_an_excerpt_however_far_they_are_indented() {
        assertThat(mismatch("int one = 1;", "", "use(one);")).isEmpty();
        assertThat(mismatch("  void a() {", "      int one = 1;")).isEmpty();
    }

    @Test
    void an_ellipsis_stands_for_lines_left_out() {
        assertThat(mismatch("final class A {", "    …", "        use(one);", "    }", "}"))
                .isEmpty();
        assertThat(mismatch("void a() {", "    …", "    }"))
                .as("a later line than the first that fits")
                .isPresent();
        assertThat(mismatch("    void a() {", "        …", "    }", "}")).isEmpty();
        assertThat(mismatch("void a() {", "    …", "    int two = 2;")).isPresent();
        assertThat(mismatch("use(one);", "…", "int one = 1;"))
                .as("another order")
                .isPresent();
    }

    @Test
    void what_differs_is_named_with_what_is_compiled_there() {
        assertThat(mismatch("void a() {", "    int one = 2;", "").orElseThrow())
                .startsWith("docs/a.md:5 ")
                .contains("A.java:3", "shown:        int one = 2;", "compiled:         int one = 1;");
        assertThat(mismatch("use(two);").orElseThrow()).contains("A.java:5");
        assertThat(mismatch("void a() {", "int one = 1;"))
                .as("indentation that differs within")
                .isPresent();
        assertThat(mismatch("int one = 1;", "use(one);")).as("a line left out").isPresent();
    }

    private static Optional<String> mismatch(String... lines) {
        Document document =
                Document.of("docs/a.md", Path.of("docs/a.md"), "A\n\n```java\n" + String.join("\n", lines) + "\n```\n");
        Fence fence = document.fences().get(0);
        return SMALL.mismatch(document, fence);
    }
}

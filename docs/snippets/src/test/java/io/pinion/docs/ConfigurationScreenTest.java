package io.pinion.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.w3c.dom.Element;

/** What configuration screens show of each PID. {@code target/screens.txt} has all of it, to be read as an operator would. */
class ConfigurationScreenTest {
    @TestFactory
    Stream<DynamicTest> every_screen_can_be_filled_in_without_other_papers() {
        List<Element> screens = screens();
        assertThat(screens).extracting(screen -> screen.getAttribute("id")).contains("io.pinion.volume");
        return screens.stream()
                .map(screen -> DynamicTest.dynamicTest(screen.getAttribute("id"), () -> {
                    assertThat(screen.getAttribute("name")).startsWith("Pinion: ");
                    assertThat(screen.getAttribute("description")).matches("[A-Z].*\\.");
                    assertThat(Bundles.elements(screen, "AD")).isNotEmpty().allSatisfy(this::explainsItself);
                }));
    }

    private void explainsItself(Element field) {
        String id = field.getAttribute("id");
        assertThat(field.getAttribute("name")).as(id).matches("[A-Z][^.]*");
        assertThat(field.getAttribute("description"))
                .as(id)
                .matches("[A-Z].*\\.")
                .hasSizeBetween(20, 320);
        assertThat(Bundles.elements(field, "Option"))
                .as(id)
                .allSatisfy(option ->
                        assertThat(option.getAttribute("label")).startsWith(option.getAttribute("value") + ": "));
        if (field.hasAttribute("default")) {
            assertThat(field.getAttribute("required"))
                    .as("%s has a default, and may be left out", id)
                    .isEqualTo("false");
        }
        boolean isNumber = List.of("Integer", "Long").contains(field.getAttribute("type"));
        assertThat(field.hasAttribute("min")).as("least value of " + id).isEqualTo(isNumber);
    }

    @Test
    void screens_are_printed() throws Exception {
        List<String> lines = new ArrayList<>();
        for (Element screen : screens()) {
            lines.add("");
            lines.add("== " + screen.getAttribute("name") + "  (" + screen.getAttribute("id") + ")");
            lines.add(screen.getAttribute("description"));
            Bundles.elements(screen, "AD").forEach(field -> print(field, lines));
        }
        Path file = Document.root().resolve("docs/snippets/target/screens.txt");
        Files.write(file, lines);
        assertThat(file).content().contains("Pinion: volume", "[30s]");
    }

    private static void print(Element field, List<String> lines) {
        lines.add("");
        lines.add("  " + field.getAttribute("name") + "  [" + field.getAttribute("default") + "]"
                + (field.hasAttribute("cardinality") ? " +" : "")
                + (field.getAttribute("required").equals("false") ? "" : " *"));
        Bundles.elements(field, "Option").forEach(option -> lines.add("    ( ) " + option.getAttribute("label")));
        lines.add("    " + field.getAttribute("description") + " (" + field.getAttribute("id") + ")");
    }

    private static List<Element> screens() {
        return Bundles.declarations("OSGI-INF/metatype").stream()
                .flatMap(root -> Bundles.elements(root, "OCD"))
                .filter(screen -> screen.getAttribute("id").startsWith("io.pinion."))
                .toList();
    }
}

package io.pinion.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

/** Commands that the documents name exist, and those that exist are documented. */
class CommandTest {
    /** As it is typed: {@code ./pinion demo}, {@code bin/pinion volumes}, {@code pinion:why}. */
    private static final Pattern TYPED =
            Pattern.compile("(?:(?:^|/)pinion |(?<![.\\w])pinion:)(?!\\.|COMMAND|-)([a-z_-]+)", Pattern.MULTILINE);

    /** Gogo's own, which the documents may name, too. */
    private static final Set<String> GOGO = Set.of("lb", "start", "stop", "update");

    @Test
    void every_command_is_in_the_table_of_commands_and_no_other_is() {
        Document operating = Document.read(Document.root().resolve("docs/operating.md"));
        List<String> documented = operating.tables().stream()
                .filter(table -> table.head().get(0).equals("command"))
                .flatMap(table -> table.rows().stream())
                .map(row -> row.cells().get(0).replace("`", "").split("\\s")[0])
                .filter(command -> !command.contains("/"))
                .distinct()
                .toList();
        assertThat(documented).containsExactlyInAnyOrderElementsOf(commands());
    }

    @Test
    void every_command_that_is_typed_somewhere_exists() {
        Set<String> known = commands();
        known.addAll(GOGO);
        List<String> unknown = Document.all().stream()
                .flatMap(document -> Stream.concat(
                                document.codes().stream().map(code -> typed(document, code.line(), code.destination())),
                                document.fences().stream()
                                        .map(fence -> typed(document, fence.line(), String.join("\n", fence.text()))))
                        .flatMap(all -> all))
                .filter(typed -> !known.contains(typed.split(" ")[1]))
                .toList();
        assertThat(unknown).isEmpty();
    }

    @Test
    void a_command_is_found_however_it_is_typed() {
        Document document = Document.of("a.md", Document.root().resolve("a.md"), "");
        assertThat(typed(
                        document,
                        1,
                        "./pinion one # x\nsudo -u pinion bin/pinion --server\nbin/pinion two\npinion:three"))
                .containsExactly("a.md:1 one", "a.md:1 two", "a.md:1 three");
    }

    private static Stream<String> typed(Document document, int line, String text) {
        Matcher typed = TYPED.matcher(text);
        return typed.results().map(found -> document.at(line) + " " + found.group(1));
    }

    private static Set<String> commands() {
        Set<String> commands = new TreeSet<>();
        for (Element component : Bundles.declarations("OSGI-INF")) {
            List<Element> properties = Bundles.elements(component, "property").toList();
            if (values(properties, "osgi.command.scope").equals(List.of("pinion"))) {
                values(properties, "osgi.command.function").stream()
                        .filter(function -> !function.startsWith("_"))
                        .forEach(commands::add);
            }
        }
        return commands;
    }

    /** An array's values are the lines of the element. */
    private static List<String> values(List<Element> properties, String name) {
        return properties.stream()
                .filter(property -> property.getAttribute("name").equals(name))
                .flatMap(property -> property.hasAttribute("value")
                        ? Stream.of(property.getAttribute("value"))
                        : Arrays.stream(property.getTextContent().strip().split("\\s+")))
                .toList();
    }
}

package io.pinion.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.pinion.docs.Document.Row;
import io.pinion.docs.Document.Table;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

/**
 * The tables of configuration keys say what Metatype says. A table of keys has the columns {@code key} and {@code default};
 * their PID is in a column {@code PID}, or else the PID that the document names last before the table.
 */
class ConfigurationKeyTest {
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    /** Of a driver that has a build of its own. */
    private static final String EXAMPLE = "io.example.";

    /** A key, and its default: empty when there is none. */
    private record Key(String pid, String name, String standard) {}

    @Test
    void every_key_is_documented_with_its_default_and_no_other_is() {
        Set<String> pids = pids();
        assertThat(pids).contains("io.pinion.volume", "io.pinion.direct");
        TreeMap<String, String> documented = new TreeMap<>();
        Document.all().stream()
                .flatMap(document -> keys(document, pids).stream())
                .filter(key -> !key.pid().startsWith(EXAMPLE))
                .forEach(key -> assertThat(documented.put(key.pid() + " " + key.name(), key.standard()))
                        .as("%s %s is documented twice", key.pid(), key.name())
                        .isNull());
        assertThat(documented).isEqualTo(declared());
    }

    @Test
    void all_bundles_are_looked_at() {
        List<String> modules = Bundles.elements(Bundles.parse(Document.root().resolve("bundles/pom.xml")), "module")
                .map(Element::getTextContent)
                .toList();
        assertThat(modules).isNotEmpty();
        for (String module : modules) {
            Path classes = Document.root().resolve("bundles").resolve(module).resolve("target");
            assertThat(System.getProperty("java.class.path").split(":"))
                    .as("bundles/%s is not on the class path of docs/snippets: add it to its dependencies", module)
                    .anyMatch(entry -> Path.of(entry).startsWith(classes));
            assertThat(classes).matches(Files::isDirectory);
        }
    }

    @Test
    void the_PID_of_a_table_is_in_its_column_or_before_it() {
        Document document = Document.of("a.md", Path.of("a.md"), """
                PID `io.pinion.one`, `etc/io.pinion.one-NAME.cfg`:

                | key | default | meaning |
                |---|---|---|
                | `a.b` | `5ms` | c |
                | `d` | what is there | e |

                | PID | key | default |
                |---|---|---|
                | `io.pinion.two` | `f` | `1` |
                | | `g` | |

                | property | default |
                |---|---|
                | `h` | `2` |
                """);
        assertThat(keys(document, Set.of("io.pinion.one", "io.pinion.two")))
                .containsExactly(
                        new Key("io.pinion.one", "a.b", "5ms"),
                        new Key("io.pinion.one", "d", ""),
                        new Key("io.pinion.two", "f", "1"),
                        new Key("io.pinion.two", "g", ""));
    }

    private static List<Key> keys(Document document, Set<String> pids) {
        List<Key> keys = new ArrayList<>();
        for (Table table : document.tables()) {
            int key = table.head().indexOf("key");
            int standard = table.head().indexOf("default");
            int column = table.head().indexOf("PID");
            if (key < 0 || standard < 0) {
                continue;
            }
            String pid =
                    table.before().stream().filter(pids::contains).findFirst().orElse("no PID");
            for (Row row : table.rows()) {
                if (column >= 0 && !row.cells().get(column).isEmpty()) {
                    pid = code(row.cells().get(column));
                }
                keys.add(new Key(
                        pid, code(row.cells().get(key)), code(row.cells().get(standard))));
            }
        }
        return keys;
    }

    private static String code(String cell) {
        Matcher code = CODE.matcher(cell);
        return code.matches() ? code.group(1) : "";
    }

    private static Set<String> pids() {
        Set<String> pids = new TreeSet<>();
        Bundles.declarations("OSGI-INF/metatype")
                .forEach(root -> designated(root).forEach(pids::add));
        return pids;
    }

    private static TreeMap<String, String> declared() {
        TreeMap<String, String> declared = new TreeMap<>();
        for (Element root : Bundles.declarations("OSGI-INF/metatype")) {
            designated(root)
                    .filter(pid -> pid.startsWith("io.pinion."))
                    .forEach(pid -> Bundles.elements(root, "AD")
                            .forEach(key ->
                                    declared.put(pid + " " + key.getAttribute("id"), key.getAttribute("default"))));
        }
        return declared;
    }

    private static Stream<String> designated(Element root) {
        return Bundles.elements(root, "Designate")
                .map(designate -> designate.hasAttribute("pid")
                        ? designate.getAttribute("pid")
                        : designate.getAttribute("factoryPid"));
    }
}

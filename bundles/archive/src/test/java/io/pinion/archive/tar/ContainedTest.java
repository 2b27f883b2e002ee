package io.pinion.archive.tar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import org.apache.commons.codec.BinaryDecoder;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarUtils;
import org.apache.commons.io.IOUtils;
import org.apache.commons.lang3.StringUtils;
import org.junit.jupiter.api.Test;

/** Whatever the library's classes for tar lead to is in the bundle, for nobody else has it: another version may lead to more. */
class ContainedTest {
    private static final Pattern EDGE = Pattern.compile("\\s+(\\S+)\\s+-> (\\S+)\\s.*");
    private static final String LIBRARY = "org.apache.commons.";

    @Test
    void all_that_tar_leads_to_is_in_the_bundle() throws Exception {
        Map<String, List<String>> edges = edges();
        Set<String> reached = new HashSet<>();
        Deque<String> ahead = new ArrayDeque<>();
        for (Class<?> used : List.of(
                TarArchiveEntry.class, TarArchiveInputStream.class, TarArchiveOutputStream.class, TarUtils.class)) {
            ahead.add(used.getName());
        }
        while (!ahead.isEmpty()) {
            String name = ahead.remove();
            if (reached.add(name)) {
                ahead.addAll(edges.getOrDefault(name, List.of()));
            }
        }
        assertThat(packages(reached)).isEqualTo(contained());
    }

    private static Set<String> packages(Set<String> classes) {
        return classes.stream()
                .filter(name -> !name.startsWith("java."))
                .map(name -> name.substring(0, name.lastIndexOf('.')))
                .collect(Collectors.toSet());
    }

    /** {@return what bnd puts into the bundle} */
    private static Set<String> contained() throws IOException {
        return Files.readAllLines(Path.of("bnd.bnd")).stream()
                .map(line -> line.replaceFirst(", \\\\$", "").strip())
                .filter(line -> line.startsWith(LIBRARY))
                .collect(Collectors.toSet());
    }

    private static Map<String, List<String>> edges() throws URISyntaxException {
        List<String> arguments = new ArrayList<>(List.of("--multi-release", "base", "-verbose:class"));
        for (Class<?> one : List.of(TarArchiveEntry.class, IOUtils.class, StringUtils.class, BinaryDecoder.class)) {
            arguments.add(Path.of(one.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString());
        }
        StringWriter printed = new StringWriter();
        PrintWriter writer = new PrintWriter(printed);
        ToolProvider jdeps = ToolProvider.findFirst("jdeps").orElseThrow();
        assertThat(jdeps.run(writer, writer, arguments.toArray(String[]::new)))
                .as(printed::toString)
                .isZero();
        Map<String, List<String>> edges = new HashMap<>();
        printed.toString()
                .lines()
                .map(EDGE::matcher)
                .filter(Matcher::matches)
                .forEach(edge -> edges.computeIfAbsent(edge.group(1), any -> new ArrayList<>())
                        .add(edge.group(2)));
        return edges;
    }
}

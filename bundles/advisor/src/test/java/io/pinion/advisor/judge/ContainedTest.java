package io.pinion.advisor.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Whatever the library leads to is in the bundle, for nobody else has it: distributions do not load without Commons RNG, although
 * nobody samples from them.
 */
class ContainedTest {
    private static final Pattern JAR = Pattern.compile("commons-(statistics|numbers|rng)-.*\\.jar");
    private static final Pattern EDGE = Pattern.compile("\\s+\\S+\\s+-> (\\S+)\\s.*");

    @Test
    void all_that_the_library_leads_to_is_in_the_bundle() throws Exception {
        Set<String> contained = Files.readAllLines(Path.of("bnd.bnd")).stream()
                .map(String::strip)
                .filter(line -> line.startsWith("org."))
                .map(line -> line.replaceFirst("\\*.*", ""))
                .collect(Collectors.toSet());

        assertThat(referred()).isNotEmpty().allMatch(name -> contained.stream().anyMatch(name::startsWith));
    }

    private static Set<String> referred() {
        List<String> arguments = new ArrayList<>(List.of("--multi-release", "base", "-verbose:class", "-filter:none"));
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry ->
                        JAR.matcher(Path.of(entry).getFileName().toString()).matches())
                .forEach(arguments::add);
        StringWriter printed = new StringWriter();
        PrintWriter writer = new PrintWriter(printed);
        ToolProvider jdeps = ToolProvider.findFirst("jdeps").orElseThrow();
        assertThat(jdeps.run(writer, writer, arguments.toArray(String[]::new)))
                .as(printed::toString)
                .isZero();
        return printed.toString()
                .lines()
                .map(EDGE::matcher)
                .filter(Matcher::matches)
                .map(edge -> edge.group(1))
                .filter(name -> name.contains(".") && !name.startsWith("java."))
                .filter(name -> !name.endsWith(".jar"))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}

package io.pinion.advisor.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
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
import org.apache.commons.numbers.core.Sum;
import org.apache.commons.numbers.gamma.Erf;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.NormalizedGaussianSampler;
import org.apache.commons.statistics.descriptive.Mean;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.inference.WilcoxonSignedRankTest;
import org.apache.commons.statistics.interval.NormalConfidenceInterval;
import org.junit.jupiter.api.Test;

/**
 * Whatever the library leads to is in the bundle, for nobody else has it: distributions do not load without Commons RNG, although
 * nobody samples from them.
 */
class ContainedTest {
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

    private static Set<String> referred() throws URISyntaxException {
        List<String> arguments = new ArrayList<>(List.of("--multi-release", "base", "-verbose:class", "-filter:none"));
        for (Class<?> one : List.of(
                Mean.class,
                NormalDistribution.class,
                WilcoxonSignedRankTest.class,
                NormalConfidenceInterval.class,
                UniformRandomProvider.class,
                NormalizedGaussianSampler.class,
                Sum.class,
                Erf.class)) {
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

package io.pinion.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Maven as a stranger calls it. Its repository has the artifacts of this build that strangers have, and no other ones of
 * it; behind it is the user's own, so that what is there is not fetched again, and nothing is written to it.
 */
final class Maven {
    private static final Pattern OUTER = Pattern.compile("offline=(\\w+) settings=(.*)");

    private Maven() {}

    /** Runs it in this directory, until it has succeeded. */
    static void run(Path directory, String... words) throws Exception {
        Matcher outer = OUTER.matcher(System.getProperty("maven.outer"));
        assertThat(outer.matches()).isTrue();
        Path home = Path.of(System.getProperty("maven.home"));
        List<String> command = new ArrayList<>(List.of(home.resolve("bin/mvn").toString(), "-B", "-ntp"));
        command.add("-Dmaven.repo.local=" + System.getProperty("maven.repository"));
        command.add("-Dmaven.repo.local.tail=" + System.getProperty("maven.repository.tail"));
        if (outer.group(1).equals("true")) {
            command.add("-o");
        }
        if (Files.exists(Path.of(outer.group(2)))) {
            command.addAll(List.of("-s", outer.group(2)));
        }
        command.addAll(List.of(words));
        Path log = Files.createTempFile(directory, "maven", ".log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        // It is for the build that runs this test, and may name another repository.
        builder.environment().remove("MAVEN_ARGS");
        int status = builder.start().waitFor();
        assertThat(status).as(() -> command + "\n" + read(log)).isZero();
        Files.delete(log);
    }

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (java.io.IOException e) {
            return e.toString();
        }
    }
}

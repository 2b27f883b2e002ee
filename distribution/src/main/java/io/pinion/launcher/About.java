package io.pinion.launcher;

import java.time.Duration;
import java.time.Instant;

/** What Pinion tells of itself. */
final class About {
    private About() {}

    static String usage() {
        return """
                usage: pinion                 a shell; 'help' lists its commands
                       pinion COMMAND ARGS    runs one command and exits with its status:
                                              pinion demo; pinion volumes; pinion help; pinion help swap
                       pinion --server        runs without a shell until SIGTERM
                       pinion --version | --help

                While a Pinion runs, commands and shells started elsewhere go to it.

                environment: JAVA_HOME    which Java to use, 17 or newer
                             JAVA_OPTS    more options for it
                             PINION_DATA  where to write instead of data/ and log/""";
    }

    static String version() {
        return "Pinion " + About.class.getPackage().getImplementationVersion() + ", Java "
                + System.getProperty("java.version") + ", " + System.getProperty("os.name") + " "
                + System.getProperty("os.version") + " " + System.getProperty("os.arch");
    }

    /** {@return how long this process has been running} */
    static Duration running() {
        Instant start = ProcessHandle.current().info().startInstant().orElseGet(Instant::now);
        return Duration.between(start, Instant.now());
    }
}

package io.pinion.launcher;

import java.lang.management.ManagementFactory;
import java.time.Duration;

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

    /** {@return how long this virtual machine has been running; its process may be older, and have built it first} */
    static Duration running() {
        return Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime());
    }
}

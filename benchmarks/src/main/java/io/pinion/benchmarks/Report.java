package io.pinion.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Locale;

/** Runs everything and prints the Markdown report; with an argument, writes it there too. */
public final class Report {
    private Report() {}

    /** See the class. */
    public static void main(String[] arguments) throws Exception {
        int rounds = Integer.getInteger("pinion.benchmarks.rounds", 8);
        StringBuilder text = new StringBuilder("# Benchmarks\n\n").append(machine());
        boolean quick = Boolean.getBoolean("pinion.benchmarks.quick");
        text.append(QueuedRounds.run(rounds, quick ? 1 : 2));
        if (quick) {
            text.append("Quick: fewer rounds, and neither cached reads nor swaps.\n");
        } else {
            text.append(CachedReadRounds.run(rounds));
            text.append(SwapPause.run());
        }
        System.out.println(text);
        if (arguments.length > 0) {
            Files.writeString(Path.of(arguments[0]), text);
        }
    }

    private static String machine() throws IOException {
        var os = ManagementFactory.getOperatingSystemMXBean();
        var fileStore = Files.getFileStore(Work.directory());
        return String.format(
                Locale.ROOT,
                "%s, %s %s, %d processors, %s, Java %s (%s), load average %.1f at the start.%n%n",
                LocalDate.now(),
                os.getName(),
                os.getVersion(),
                os.getAvailableProcessors(),
                fileStore.type(),
                System.getProperty("java.version"),
                System.getProperty("java.vm.name"),
                os.getSystemLoadAverage());
    }
}

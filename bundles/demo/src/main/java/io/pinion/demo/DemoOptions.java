package io.pinion.demo;

import io.pinion.shell.text.CommandFailure;
import io.pinion.strategy.Target;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the demo was asked to do.
 *
 * @param file which file goes through the volume
 * @param target what the volume is on
 * @param strategies which to swap between, in this order; none for all that suit the target
 * @param threads how many write
 * @param bytesPerSecond how much they write together; 0 for as fast as possible
 * @param atLeast how long it goes on, even if all is shown before
 * @param swapEvery how long from swap to swap
 */
record DemoOptions(
        Path file,
        Target target,
        List<String> strategies,
        int threads,
        long bytesPerSecond,
        Duration atLeast,
        Duration swapEvery) {
    private static final int MOST_THREADS = 256;
    private static final int MOST_RATE = 1 << 20;
    private static final int MOST_SECONDS = 24 * 3600;
    private static final int MOST_MILLIS = 60_000;

    DemoOptions {
        strategies = List.copyOf(strategies);
    }

    /** {@return the names in a list that is separated by commas; none when it is empty} */
    static List<String> strategies(String text) throws CommandFailure {
        if (text.isEmpty()) {
            return List.of();
        }
        List<String> names = Stream.of(text.split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
        if (names.isEmpty()) {
            throw new CommandFailure("--strategies '" + text + "' names none; allowed: names as in buffered,direct");
        }
        return names;
    }

    static int threads(String text) throws CommandFailure {
        return number("--threads", text, 1, MOST_THREADS);
    }

    static long bytesPerSecond(String text) throws CommandFailure {
        return (long) number("--rate", text, 0, MOST_RATE) << 20;
    }

    static Duration seconds(String text) throws CommandFailure {
        return Duration.ofSeconds(number("--seconds", text, 1, MOST_SECONDS));
    }

    static Duration millis(String text) throws CommandFailure {
        return Duration.ofMillis(number("--every", text, 1, MOST_MILLIS));
    }

    /** {@return these options with the strategies that were chosen} */
    DemoOptions with(List<String> chosen) {
        return new DemoOptions(file, target, chosen, threads, bytesPerSecond, atLeast, swapEvery);
    }

    private static int number(String option, String text, int least, int most) throws CommandFailure {
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new CommandFailure(option + " " + text + ": allowed: a whole number from " + least + " to " + most);
    }
}

package io.pinion.advisor.command;

import io.pinion.advisor.AdviceRequest;
import io.pinion.advisor.Load;
import io.pinion.configuration.Units;
import io.pinion.shell.text.CommandFailure;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Takes options of the command apart. */
final class AdviseOptions {
    /** The sizes of requests, unless others are typed. */
    static final String SIZES = "4KiB,64KiB,1MiB";

    /** How many of a hundred requests are writes, unless something else is typed. */
    static final String WRITES = "0";

    /** How many requests are under way at once, unless something else is typed. */
    static final String DEPTH = "1";

    private static final int LARGEST = 64 << 20;
    private static final int SMALLEST = 512;
    private static final int DEEPEST = 4096;
    private static final int PERCENT = 100;
    private static final int MOST_RATE = 1 << 20;
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofHours(24);

    private AdviseOptions() {}

    /** {@return the load, unless something else is typed} */
    static Load usual() throws CommandFailure {
        return load(SIZES, WRITES, false, false, DEPTH, "");
    }

    /** {@return the load that was typed} */
    static Load load(String sizes, String writes, boolean sequential, boolean once, String depth, String span)
            throws CommandFailure {
        return new Load(
                sizes(sizes),
                number("--writes", writes, 0, PERCENT),
                sequential,
                number("--depth", depth, 1, DEEPEST),
                span.isEmpty() ? 0 : size("--span", span, Long.MAX_VALUE),
                once);
    }

    /** {@return the request within the bounds that were typed} */
    static AdviceRequest bounded(AdviceRequest request, String budget, String bytes, String rate, boolean write)
            throws CommandFailure {
        AdviceRequest bounded = request.within(budget(budget))
                .moving(bytes.isEmpty() ? 0 : size("--bytes", bytes, Long.MAX_VALUE))
                .disturbing((long) number("--rate", rate, 0, MOST_RATE) << 20);
        return write ? bounded.writing() : bounded;
    }

    private static List<Integer> sizes(String text) throws CommandFailure {
        List<String> words = Stream.of(text.split(","))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .toList();
        if (words.isEmpty()) {
            throw new CommandFailure("--sizes '" + text + "' names none; allowed: sizes as in 4KiB,1MiB");
        }
        int[] sizes = new int[words.size()];
        for (int index = 0; index < sizes.length; index++) {
            sizes[index] = (int) size("--sizes", words.get(index), LARGEST);
        }
        return Arrays.stream(sizes).sorted().distinct().boxed().toList();
    }

    private static long size(String option, String text, long most) throws CommandFailure {
        try {
            long size = Units.size(text);
            if (size >= SMALLEST && size <= most) {
                return size;
            }
        } catch (IllegalArgumentException e) {
            // Said below.
        }
        throw new CommandFailure(option + " " + text + ": allowed: 512 bytes "
                + (most == LARGEST ? "to 64MiB" : "or more") + ", such as 64KiB: a number with " + Units.SIZES
                + ", or of bytes");
    }

    private static Duration budget(String text) throws CommandFailure {
        try {
            Duration budget = Units.duration(text);
            if (budget.compareTo(SHORTEST) >= 0 && budget.compareTo(LONGEST) <= 0) {
                return budget;
            }
        } catch (IllegalArgumentException e) {
            // Said below.
        }
        throw new CommandFailure("--budget " + text + ": allowed: 1s to 24h, a number with " + Units.DURATIONS);
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

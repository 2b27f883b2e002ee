package io.pinion.advisor.machine;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A mounted file system (proc_pid_mountinfo(5)).
 *
 * @param device MAJOR:MINOR of what it is on
 * @param point where it is mounted
 * @param type such as {@code ext4}
 * @param source what was mounted, as it was named
 */
record Mount(String device, Path point, String type, String source) {
    private static final Pattern LINE = Pattern.compile("\\d+ \\d+ (\\S+) \\S+ (\\S+) .*?- (\\S+) (\\S+) \\S*");
    private static final Pattern ESCAPE = Pattern.compile("\\\\([0-7]{3})");

    static List<Mount> all(Path proc) {
        return KernelText.lines(proc.resolve("self/mountinfo")).stream()
                .map(LINE::matcher)
                .filter(Matcher::matches)
                .map(line -> new Mount(
                        line.group(1), Path.of(unescaped(line.group(2))), line.group(3), unescaped(line.group(4))))
                .toList();
    }

    /** {@return what the path is on: of those mounted above it the lowest, of two at one point the later} */
    static Optional<Mount> of(Path proc, Path path) {
        return all(proc).stream()
                .filter(mount -> path.startsWith(mount.point()))
                .reduce((one, other) ->
                        Comparator.<Mount>comparingInt(m -> m.point().getNameCount())
                                                .compare(one, other)
                                        > 0
                                ? one
                                : other);
    }

    private static String unescaped(String text) {
        return ESCAPE.matcher(text)
                .replaceAll(m -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(m.group(1), 8))));
    }
}

package io.pinion.linux.claim;

import io.pinion.linux.SystemCalls;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is mounted where (proc_pid_mountinfo(5)), and what is swapped to (proc_swaps(5)). Read afresh each time. */
final class Mounts {
    /** One mounted file system; {@code device} is MAJOR:MINOR. */
    record Mount(long number, String device, String point, boolean readOnly, String type, String source) {}

    private static final Pattern LINE =
            Pattern.compile("(\\d+) \\d+ (\\S+) \\S+ (\\S+) (\\S+) .*?- (\\S+) (\\S+) (\\S+)");
    private static final Pattern ESCAPE = Pattern.compile("\\\\([0-7]{3})");

    private final SystemCalls calls;
    private final Path proc;

    Mounts(SystemCalls calls, Path proc) {
        this.calls = calls;
        this.proc = proc;
    }

    Optional<Mount> numbered(long number) {
        return all().stream().filter(m -> m.number == number).findFirst();
    }

    /**
     * {@return where block devices are mounted, by MAJOR:MINOR} By the source's name, too: some file systems, btrfs among them,
     * show a number of their own.
     */
    Map<String, List<String>> pointsByDevice() {
        Map<String, List<String>> points = new HashMap<>();
        for (Mount mount : all()) {
            Optional<String> source = mount.source.startsWith("/dev/")
                    ? BlockNode.number(calls, Path.of(mount.source))
                    : Optional.empty();
            Stream.concat(Stream.of(mount.device), source.stream())
                    .distinct()
                    .forEach(device -> points.computeIfAbsent(device, d -> new ArrayList<>())
                            .add(mount.point));
        }
        return points;
    }

    /** {@return the block devices that the kernel swaps to, by MAJOR:MINOR} */
    Set<String> swaps() {
        return KernelText.lines(proc.resolve("swaps")).stream()
                .filter(l -> l.startsWith("/dev/"))
                .flatMap(l -> BlockNode.number(calls, Path.of(unescaped(l.split("\\s", 2)[0]))).stream())
                .collect(Collectors.toSet());
    }

    private List<Mount> all() {
        return KernelText.lines(proc.resolve("self/mountinfo")).stream()
                .map(LINE::matcher)
                .filter(Matcher::matches)
                .map(Mounts::mount)
                .toList();
    }

    private static Mount mount(Matcher line) {
        boolean readOnly = isReadOnly(line.group(4)) || isReadOnly(line.group(7));
        return new Mount(
                Long.parseLong(line.group(1)),
                line.group(2),
                unescaped(line.group(3)),
                readOnly,
                line.group(5),
                unescaped(line.group(6)));
    }

    private static boolean isReadOnly(String options) {
        return List.of(options.split(",")).contains("ro");
    }

    private static String unescaped(String text) {
        return ESCAPE.matcher(text)
                .replaceAll(m -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(m.group(1), 8))));
    }
}

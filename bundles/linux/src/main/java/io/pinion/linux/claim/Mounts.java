package io.pinion.linux.claim;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is mounted where (proc_pid_mountinfo(5)), and what is swapped to (proc_swaps(5)). Read afresh each time. */
final class Mounts {
    /** One mounted file system; {@code device} is MAJOR:MINOR. */
    record Mount(long number, String device, String point, boolean readOnly, String type, String source) {}

    private static final Pattern LINE =
            Pattern.compile("(\\d+) \\d+ (\\S+) \\S+ (\\S+) (\\S+) .*?- (\\S+) (\\S+) (\\S+)");
    private static final Pattern ESCAPE = Pattern.compile("\\\\([0-7]{3})");

    private final Path proc;

    Mounts(Path proc) {
        this.proc = proc;
    }

    Optional<Mount> numbered(long number) {
        return all().stream().filter(m -> m.number == number).findFirst();
    }

    /** {@return where a block device is mounted} By name too: some file systems show a number of their own. */
    List<Mount> ofDevice(String device, String name) {
        return all().stream()
                .filter(m -> m.device.equals(device) || m.source.equals("/dev/" + name))
                .toList();
    }

    /** {@return whether the kernel swaps to the block device of that name} */
    boolean isSwap(String name) {
        return KernelText.lines(proc.resolve("swaps")).stream().anyMatch(l -> l.startsWith("/dev/" + name + " "));
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

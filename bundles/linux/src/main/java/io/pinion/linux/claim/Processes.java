package io.pinion.linux.claim;

import io.pinion.linux.Linux;
import io.pinion.linux.Statx;
import io.pinion.linux.SystemCalls;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What processes have open, as far as this one may look into them (proc_pid_fd(5), proc_pid_fdinfo(5)): without privileges its
 * user's own, and in a PID namespace those of that. Read afresh each time, for two seconds at most.
 */
final class Processes {
    private static final long SEARCH_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final SystemCalls calls;
    private final Path proc;

    Processes(SystemCalls calls, Path proc) {
        this.calls = calls;
        this.proc = proc;
    }

    /**
     * A process with a block device open, by however many descriptors.
     *
     * @param who its number and command
     * @param writes whether it may write
     * @param claims whether it holds an open-file-description lock on the whole, as a volume does
     */
    record Opener(String who, boolean writes, boolean claims) {
        private Opener and(Opener other) {
            return new Opener(who, writes || other.writes, claims || other.claims);
        }
    }

    /**
     * Who has block devices open.
     *
     * @param byDevice by MAJOR:MINOR
     * @param complete whether no process was out of sight
     */
    record Opens(Map<String, List<Opener>> byDevice, boolean complete) {}

    /** {@return who has block devices open by now} */
    Opens opens() {
        Map<String, List<Opener>> byDevice = new HashMap<>();
        boolean complete = true;
        long deadline = System.nanoTime() + SEARCH_NANOS;
        for (Path process : all()) {
            Path files = process.resolve("fd");
            if (System.nanoTime() > deadline || !Files.isReadable(files)) {
                complete &= !Files.exists(process);
                continue;
            }
            Map<String, Opener> here = new HashMap<>();
            for (Path file : KernelText.children(files)) {
                look(process, file, here);
            }
            here.forEach((device, opener) ->
                    byDevice.computeIfAbsent(device, d -> new ArrayList<>()).add(opener));
        }
        return new Opens(byDevice, complete);
    }

    /** By name first: stat(2) of what lies on a server that is gone would hang. Nodes elsewhere than in /dev are missed. */
    private void look(Path process, Path file, Map<String, Opener> found) {
        Optional<String> device = KernelText.link(file)
                .filter(link -> link.startsWith("/dev"))
                .flatMap(link -> BlockNode.number(calls, file));
        if (device.isEmpty()) {
            return;
        }
        List<String> facts = KernelText.lines(process.resolve("fdinfo").resolve(KernelText.name(file)));
        int flags = flags(facts);
        if ((flags & Linux.O_PATH) == 0) {
            boolean claims =
                    facts.stream().anyMatch(l -> l.startsWith("lock:") && l.contains("OFDLCK") && l.endsWith(" 0 EOF"));
            Opener opener =
                    new Opener(named(KernelText.name(process)), (flags & Linux.O_ACCMODE) != Linux.O_RDONLY, claims);
            found.merge(device.get(), opener, Opener::and);
        }
    }

    private static int flags(List<String> facts) {
        try {
            return facts.stream()
                    .filter(l -> l.startsWith("flags:"))
                    .findFirst()
                    .map(l -> Integer.parseInt(l.substring("flags:".length()).strip(), 8))
                    .orElse(0);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /**
     * {@return who holds a lock on the file} The kernel tells no process of an open-file-description lock, but shows it among the
     * descriptors of its holder.
     */
    Optional<String> lockHolder(Statx file) {
        String inode = String.format(
                " %02x:%02x:%s ", file.fileSystemMajor(), file.fileSystemMinor(), Long.toUnsignedString(file.inode()));
        long deadline = System.nanoTime() + SEARCH_NANOS;
        for (Path process : all()) {
            if (System.nanoTime() > deadline) {
                return Optional.empty();
            }
            if (holds(process, inode, deadline)) {
                return Optional.of(named(KernelText.name(process)));
            }
        }
        return Optional.empty();
    }

    private static boolean holds(Path process, String inode, long deadline) {
        for (Path file : KernelText.children(process.resolve("fdinfo"))) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            if (KernelText.lines(file).stream().anyMatch(l -> l.startsWith("lock:") && l.contains(inode))) {
                return true;
            }
        }
        return false;
    }

    /** {@return a process in words: its number and command, and whether it is this one} */
    String named(String pid) {
        String own = pid.equals(Long.toString(ProcessHandle.current().pid())) ? ", this one" : "";
        return "process " + pid
                + KernelText.text(proc.resolve(pid).resolve("comm"))
                        .map(c -> " (" + c + own + ")")
                        .orElse("");
    }

    private List<Path> all() {
        return KernelText.children(proc).stream()
                .filter(p -> Character.isDigit(KernelText.name(p).charAt(0)))
                .toList();
    }
}

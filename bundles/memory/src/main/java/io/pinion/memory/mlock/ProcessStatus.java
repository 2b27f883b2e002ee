package io.pinion.memory.mlock;

import io.pinion.linux.Linux;
import io.pinion.linux.SystemCalls;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the kernel says of this process and locked memory, read afresh each time (proc_pid_status(5), getrlimit(2)): limits
 * can be changed from outside.
 */
public final class ProcessStatus {
    private static final Path FILE = Path.of("/proc/self/status");

    /** capabilities(7). */
    private static final int CAP_IPC_LOCK = 14;

    /** From 0 on, to the same numbers, as many as there are. */
    private static final Pattern ALL_USERS = Pattern.compile("\\s*0\\s+0\\s+4294967295\\s*");

    private final SystemCalls calls;
    private final Path file;

    /** The status of this process. */
    public ProcessStatus(SystemCalls calls) {
        this(calls, FILE);
    }

    ProcessStatus(SystemCalls calls, Path file) {
        this.calls = calls;
        this.file = file;
    }

    /** {@return how much of the process is locked, by whomever, in bytes; 0 where it can't be told} */
    long locked() {
        return bytes("VmLck").orElse(0L);
    }

    /** {@return an amount that it tells, in bytes} */
    Optional<Long> bytes(String name) {
        return field(name).map(value -> Long.parseLong(value.replace("kB", "").strip()) << 10);
    }

    /** {@return how much the process may lock, in bytes; and as much again may be registered with rings} */
    public long limit() {
        return isPrivileged() ? Bytes.UNLIMITED : resourceLimit();
    }

    /** {@return RLIMIT_MEMLOCK, the soft one, in bytes} */
    long resourceLimit() {
        ByteBuffer limits = ByteBuffer.allocateDirect(16).order(ByteOrder.nativeOrder());
        long soft = calls.getrlimit(Linux.RLIMIT_MEMLOCK, limits) < 0 ? -1 : limits.getLong(0);
        return soft < 0 ? Bytes.UNLIMITED : soft;
    }

    /** {@return whether it may lock more than that (CAP_IPC_LOCK)} */
    boolean isPrivileged() {
        return field("CapEff")
                        .map(value -> (Long.parseUnsignedLong(value, 16) >> CAP_IPC_LOCK & 1) == 1)
                        .orElse(false)
                && isInFirstUserNamespace();
    }

    /**
     * Capabilities within another one, such as those of root in a container that an ordinary user runs, are none to
     * mlock(2). One that maps all users as they are can't be told from the first (user_namespaces(7)).
     */
    private boolean isInFirstUserNamespace() {
        return text(file.resolveSibling("uid_map"))
                .map(map -> ALL_USERS.matcher(map).matches())
                .orElse(true);
    }

    private Optional<String> field(String name) {
        return text(file)
                .flatMap(text -> text.lines()
                        .filter(line -> line.startsWith(name + ":"))
                        .map(line -> line.substring(name.length() + 1).strip())
                        .findFirst());
    }

    /** By a stream of java.io, because channels fail in a thread that was interrupted. */
    private static Optional<String> text(Path file) {
        try (InputStream in = new FileInputStream(file.toFile())) {
            return Optional.of(new String(in.readAllBytes(), StandardCharsets.US_ASCII));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}

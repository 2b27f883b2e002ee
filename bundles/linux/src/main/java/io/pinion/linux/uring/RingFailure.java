package io.pinion.linux.uring;

import io.pinion.linux.Errno;
import io.pinion.linux.Linux;
import io.pinion.linux.SystemCalls;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** Why there is no ring, or not all of it, and which setting would change that. */
final class RingFailure {
    private static final String SETUP = "io_uring_setup";
    private static final Path DISABLED = Path.of("/proc/sys/kernel/io_uring_disabled");
    private static final int UNLIMITED = -1;

    private static final String FILTER =
            "allow io_uring_setup, io_uring_enter and io_uring_register in the container's seccomp profile, or"
                    + " SystemCallFilter=@aio in the unit";

    private static final String DENIED = "a seccomp filter or a security module denies it: " + FILTER;

    private RingFailure() {}

    /** {@return the failure of a ring that was not to be had} */
    static StorageException setup(SystemCalls calls, long result) {
        return setup(calls, result, DISABLED);
    }

    static StorageException setup(SystemCalls calls, long result, Path disabled) {
        if (Errno.ENOSYS.is(result)) {
            return Errno.failure(
                            SETUP,
                            result,
                            "the kernel has no io_uring (older than Linux 5.1, or built without CONFIG_IO_URING), or a"
                                    + " seccomp filter denies it: " + FILTER)
                    .build();
        }
        if (Errno.EPERM.is(result) || Errno.EACCES.is(result)) {
            return Errno.failure(SETUP, result, denied(disabled)).build();
        }
        if (Errno.ENOMEM.is(result) || Errno.EAGAIN.is(result)) {
            return memory(calls, SETUP, result, "the ring", "open fewer queues, or less deep ones");
        }
        return Errno.failure(SETUP, result).build();
    }

    private static String denied(Path disabled) {
        return switch (setting(disabled)) {
            case "1" ->
                "kernel.io_uring_disabled=1; allowed: the group kernel.io_uring_group and CAP_SYS_ADMIN; add this"
                        + " process's user to that group, or set sysctl kernel.io_uring_disabled=0";
            case "2" -> "kernel.io_uring_disabled=2; set sysctl kernel.io_uring_disabled=0";
            default -> DENIED;
        };
    }

    /** What can't be read, or is not there before Linux 6.6, denies nothing. */
    private static String setting(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            return "0";
        }
    }

    /**
     * {@return the failure of what the kernel has no memory for, or this process no right to lock it}
     *
     * @param less what else than raising the limit would help
     */
    static StorageException memory(SystemCalls calls, String operation, long result, String what, String less) {
        ByteBuffer limits = ByteBuffer.allocateDirect(16).order(ByteOrder.nativeOrder());
        if (calls.getrlimit(Linux.RLIMIT_MEMLOCK, limits) < 0 || limits.getLong(0) == UNLIMITED) {
            return Errno.failure(operation, result, "the kernel has no memory for " + what)
                    .build();
        }
        return Errno.failure(
                        Kind.MEMORY_LIMIT,
                        operation,
                        result,
                        what + " would have to be locked, RLIMIT_MEMLOCK=" + limits.getLong(0) / 1024
                                + " KiB, registered by this process " + RegisteredBuffers.inAllRings() / 1024
                                + " KiB; rings and registered buffers of all processes of this user count, whole huge"
                                + " pages each; raise it with LimitMEMLOCK= or ulimit -l, or " + less)
                .build();
    }

    /** {@return the failure of a kernel that has io_uring, but not all that is needed of it} */
    static StorageException tooOld(String lacking) {
        return StorageException.of(
                        Kind.UNSUPPORTED,
                        SETUP,
                        "the kernel's io_uring lacks " + lacking + "; needs Linux 5.11 or newer")
                .build();
    }

    /** {@return whether the call itself is denied, whatever it is to do} */
    static boolean isDenied(long result) {
        return Errno.EPERM.is(result) || Errno.EACCES.is(result) || Errno.ENOSYS.is(result);
    }

    /** {@return the failure of a ring that was to be had, but on which a system call is denied} */
    static StorageException denied(String call, long result) {
        return Errno.failure(call, result, DENIED).build();
    }

    /** {@return the failure of a call on a ring that is there} */
    static StorageException call(String operation, long result) {
        if (Errno.EEXIST.is(result)) {
            return Errno.failure(
                            Kind.WRONG_THREAD,
                            operation,
                            result,
                            "the ring is owner-bound: the thread that made it is the only one that may call")
                    .build();
        }
        if (Errno.EBADR.is(result)) {
            return Errno.failure(operation, result, "the kernel had no memory for a completion and lost it")
                    .build();
        }
        return Errno.failure(operation, result).build();
    }
}

package io.pinion.linux.claim;

import io.pinion.linux.Errno;
import io.pinion.linux.Linux;
import io.pinion.linux.Statx;
import io.pinion.linux.SystemCalls;
import io.pinion.strategy.Access;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The lock on a whole file that belongs to an open file description (fcntl(2)), and so lasts exactly as long as the
 * claim: a POSIX lock would go with the first descriptor of the file that anybody in the process closes.
 */
final class OpenFileLock {
    private static final long SEARCH_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final SystemCalls calls;
    private final Path proc;

    OpenFileLock(SystemCalls calls, Path proc) {
        this.calls = calls;
        this.proc = proc;
    }

    /**
     * Locks the file, shared for reading alone.
     *
     * @throws StorageException {@code IN_USE}, with who holds it as far as the system tells
     */
    void lock(Descriptor descriptor, Access access, String target) throws StorageException {
        ByteBuffer lock = request(access);
        long result = descriptor.call("claim", fd -> calls.fcntl(fd, Linux.F_OFD_SETLK, lock));
        if (Errno.EAGAIN.is(result) || Errno.EACCES.is(result)) {
            throw Errno.failure(Kind.IN_USE, "claim", result, holder(descriptor, access) + "; stop it, or name another")
                    .target(target)
                    .build();
        }
        if (result < 0) {
            throw Errno.failure("claim", result).target(target).build();
        }
    }

    private static ByteBuffer request(Access access) {
        ByteBuffer lock = ByteBuffer.allocateDirect(32).order(ByteOrder.nativeOrder());
        return lock.putShort(0, (short) (access.canWrite() ? Linux.F_WRLCK : Linux.F_RDLCK));
    }

    private String holder(Descriptor descriptor, Access access) throws StorageException {
        ByteBuffer lock = request(access);
        long result = descriptor.call("claim", fd -> calls.fcntl(fd, Linux.F_OFD_GETLK, lock));
        int process = lock.getInt(24);
        if (result == 0 && lock.getShort(0) != Linux.F_UNLCK && process > 0) {
            return "locked by " + named(Integer.toString(process));
        }
        return inFdinfo(descriptor)
                .map(pid -> "locked by " + named(pid))
                .orElse("locked by a process that this one does not find; as root, lslocks or lsof tell");
    }

    /** The kernel gives -1 for the process of such a lock, but shows it among the descriptors of its holder. */
    private Optional<String> inFdinfo(Descriptor descriptor) {
        Statx stat = new Statx();
        if (stat.fill(calls, descriptor.number(), Linux.STATX_BASIC_STATS) < 0) {
            return Optional.empty();
        }
        String inode = String.format(
                " %02x:%02x:%s ", stat.fileSystemMajor(), stat.fileSystemMinor(), Long.toUnsignedString(stat.inode()));
        long deadline = System.nanoTime() + SEARCH_NANOS;
        for (Path process : KernelText.children(proc)) {
            String pid = KernelText.name(process);
            if (System.nanoTime() > deadline) {
                return Optional.empty();
            }
            if (Character.isDigit(pid.charAt(0)) && holds(process, inode, deadline)) {
                return Optional.of(pid);
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

    private String named(String pid) {
        String own = pid.equals(Long.toString(ProcessHandle.current().pid())) ? ", this one" : "";
        return "process " + pid
                + KernelText.text(proc.resolve(pid).resolve("comm"))
                        .map(c -> " (" + c + own + ")")
                        .orElse("");
    }
}

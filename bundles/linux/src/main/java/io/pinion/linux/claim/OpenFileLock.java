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
import java.util.Optional;

/**
 * The lock on a whole file that belongs to an open file description (fcntl(2)), and so lasts exactly as long as the
 * claim: a POSIX lock would go with the first descriptor of the file that anybody in the process closes.
 */
final class OpenFileLock {
    private final SystemCalls calls;
    private final Processes processes;

    OpenFileLock(SystemCalls calls, Processes processes) {
        this.calls = calls;
        this.processes = processes;
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
            return "locked by " + processes.named(Integer.toString(process));
        }
        Statx stat = new Statx();
        return Optional.of(stat)
                .filter(s -> s.fill(calls, descriptor.number(), Linux.STATX_BASIC_STATS) >= 0)
                .flatMap(processes::lockHolder)
                .map(who -> "locked by " + who)
                .orElse("locked by a process that this one does not find; as root, lslocks or lsof tell");
    }
}

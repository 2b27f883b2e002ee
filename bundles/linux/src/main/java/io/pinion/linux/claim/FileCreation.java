package io.pinion.linux.claim;

import io.pinion.linux.Errno;
import io.pinion.linux.Linux;
import io.pinion.linux.SystemCalls;
import io.pinion.strategy.Access;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Makes a file of a given size: allocated, locked and durable before it has a name (O_TMPFILE, open(2)), so that neither
 * a crash nor a full disk leaves half a file behind, and nobody else can claim it in between. Where the file system can't
 * do that, it gets its name first, and loses it again when the rest fails. Its mode is 0640 less the umask.
 */
final class FileCreation {
    private static final String OPERATION = "create";
    private static final int MODE = 0640;
    private static final int OPEN = Linux.O_RDWR | Linux.O_CLOEXEC;
    private static final int ZEROES = 1 << 20;

    private final SystemCalls calls;
    private final OpenFileLock lock;

    FileCreation(SystemCalls calls, OpenFileLock lock) {
        this.calls = calls;
        this.lock = lock;
    }

    /**
     * Creates the file.
     *
     * @param path not through a symbolic link that leads nowhere
     * @return its descriptor, locked; empty when somebody else made a file of that name meanwhile
     */
    Optional<Descriptor> create(Path path, long size, String target) throws StorageException {
        Path parent = path.toAbsolutePath().getParent();
        Path name = path.getFileName();
        if (parent == null || name == null) {
            throw StorageException.of(Kind.WRONG_TYPE, OPERATION, "it is a directory")
                    .target(target)
                    .build();
        }
        int flags = Linux.O_RDONLY | Linux.O_DIRECTORY | Linux.O_CLOEXEC;
        byte[] place = SystemCalls.path(parent);
        long opened = SystemCalls.uninterrupted(() -> calls.open(place, flags, 0));
        if (opened < 0) {
            throw Errno.failure(OPERATION, opened, "directory=" + parent + " can't be opened, to flush it")
                    .target(target)
                    .build();
        }
        try (Descriptor directory = new Descriptor(calls, (int) opened)) {
            byte[] entry = SystemCalls.path(name);
            Optional<Descriptor> unnamed = unnamed(directory, target);
            return unnamed.isPresent()
                    ? completedAndNamed(directory, entry, unnamed.get(), size, target)
                    : namedAndCompleted(directory, entry, size, target);
        }
    }

    /** Any reason not to get one is the other way's to find out again and to report. */
    private Optional<Descriptor> unnamed(Descriptor directory, String target) throws StorageException {
        byte[] here = SystemCalls.path(Path.of("."));
        long file = directory.call(OPERATION, d -> calls.openat(d, here, OPEN | Linux.O_TMPFILE, MODE));
        return file < 0 ? Optional.empty() : Optional.of(new Descriptor(calls, (int) file));
    }

    private Optional<Descriptor> completedAndNamed(
            Descriptor directory, byte[] name, Descriptor file, long size, String target) throws StorageException {
        boolean named = false;
        try {
            lock.lock(file, Access.READ_WRITE, target);
            complete(file, size, target);
            byte[] source = SystemCalls.path(file.path());
            int follow = Linux.AT_SYMLINK_FOLLOW;
            long result = directory.call(OPERATION, d -> calls.linkat(Linux.AT_FDCWD, source, d, name, follow));
            if (Errno.EEXIST.is(result)) {
                file.close();
                return Optional.empty();
            }
            if (result < 0) {
                throw Errno.failure(OPERATION, result).target(target).build();
            }
            named = true;
            directory.require(OPERATION, target, calls::fsync);
            return Optional.of(file);
        } catch (StorageException e) {
            throw abandoned(directory, named, name, file, e);
        }
    }

    private Optional<Descriptor> namedAndCompleted(Descriptor directory, byte[] name, long size, String target)
            throws StorageException {
        int flags = OPEN | Linux.O_CREAT | Linux.O_EXCL | Linux.O_NOFOLLOW;
        long opened = directory.call(OPERATION, d -> calls.openat(d, name, flags, MODE));
        if (Errno.EEXIST.is(opened)) {
            return Optional.empty();
        }
        if (opened < 0) {
            throw Errno.failure(OPERATION, opened).target(target).build();
        }
        Descriptor file = new Descriptor(calls, (int) opened);
        try {
            lock.lock(file, Access.READ_WRITE, target);
            complete(file, size, target);
            directory.require(OPERATION, target, calls::fsync);
            return Optional.of(file);
        } catch (StorageException e) {
            // In use: somebody claimed it between its creation and its lock, and it is theirs now.
            throw abandoned(directory, e.kind() != Kind.IN_USE, name, file, e);
        }
    }

    private StorageException abandoned(
            Descriptor directory, boolean unlink, byte[] name, Descriptor file, StorageException failure)
            throws StorageException {
        if (unlink) {
            directory.call(OPERATION, d -> calls.unlinkat(d, name, 0));
        }
        file.close();
        return failure;
    }

    private void complete(Descriptor file, long size, String target) throws StorageException {
        long result = size == 0 ? 0 : file.call(OPERATION, fd -> calls.fallocate(fd, 0, 0, size));
        if (Errno.EOPNOTSUPP.is(result)) {
            result = writeZeroes(file, size);
        }
        if (result < 0) {
            String remedy = "size=" + size + " bytes; free that much, or choose a smaller size";
            boolean full =
                    Errno.of(result).filter(e -> e.kind() == Kind.NO_SPACE).isPresent();
            throw (full ? Errno.failure(OPERATION, result, remedy) : Errno.failure(OPERATION, result))
                    .target(target)
                    .build();
        }
        file.require(OPERATION, target, calls::fsync);
    }

    private long writeZeroes(Descriptor file, long size) throws StorageException {
        ByteBuffer zeroes = ByteBuffer.allocateDirect(ZEROES);
        long done = 0;
        while (done < size) {
            long offset = done;
            int length = (int) Math.min(ZEROES, size - offset);
            long result = file.call(OPERATION, fd -> calls.pwrite(fd, zeroes, 0, length, offset));
            if (result <= 0) {
                return result == 0 ? Errno.EIO.result() : result;
            }
            done += result;
        }
        return 0;
    }
}

package io.pinion.advisor.measure;

import io.pinion.advisor.AdviceRequest;
import io.pinion.advisor.Confounder;
import io.pinion.advisor.Load;
import io.pinion.shell.text.Units;
import io.pinion.strategy.Access;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.Target;
import io.pinion.strategy.TargetGuard;
import io.pinion.strategy.TargetInspection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What is really measured: the target, or a scratch file that is made for it.
 *
 * @param target that file or device
 * @param device whether it is a block device
 * @param size in bytes
 * @param meant how large the file is that was named, of which a scratch file is a part only
 * @param scratch the scratch file, which is the target then
 */
record Place(Target target, boolean device, long size, long meant, Optional<Scratch> scratch) implements AutoCloseable {
    /** Fewer requests than this would measure chance. */
    static final int LEAST_REQUESTS = 64;

    /** A scratch file takes one part in so many of the bytes that may be moved. */
    private static final int SCRATCH_PART = 4;

    private static final int SMALLEST = 512;
    private static final String WRITE = "allow a scratch file by --write";

    /**
     * {@return where a request's load is to be played} Refuses what can't be measured before anything is made.
     *
     * @param bounds within which a scratch file has to be there
     */
    static Place of(AdviceRequest request, Target target, Load load, Optional<TargetGuard> guard, Bounds bounds)
            throws StorageException {
        if (!target.scheme().equals(Target.PATH)) {
            throw Failures.of(
                    Kind.WRONG_TYPE,
                    target,
                    "advice is about files and block devices; name the one that is beneath this target");
        }
        Path path = target.path();
        if (Files.isDirectory(path)) {
            if (!request.isWriting()) {
                throw Failures.of(
                        Kind.WRONG_TYPE, target, "it is a directory: name a file in it, or " + WRITE + " in it");
            }
            return scratch(path, load, 0, request.bytes() / SCRATCH_PART, bounds);
        }
        TargetInspection seen = inspect(target, guard);
        boolean device = seen.kind() == TargetInspection.Kind.BLOCK_DEVICE;
        refuseType(target, seen);
        if (load.writePercent() > 0) {
            if (device) {
                throw Failures.of(
                        Kind.UNSUPPORTED,
                        target,
                        "a device is only ever read: leave the writes out (--writes 0; without --write, where a volume's load is"
                                + " played), or ask about a directory on it");
            }
            if (!request.isWriting()) {
                throw Failures.of(
                        Kind.INVALID_ARGUMENT,
                        target,
                        "writes=" + load.writePercent() + " %, and what is there is never written: " + WRITE
                                + " beside it");
            }
            return scratch(real(path).getParent(), load, seen.size(), request.bytes() / SCRATCH_PART, bounds);
        }
        if (!Files.isReadable(path)) {
            throw Failures.of(
                    Kind.ACCESS_DENIED,
                    target,
                    "this process's user lacks the permission to read it; become one who may, or have it granted");
        }
        refuseSmall(target, seen.size(), load);
        return new Place(target, device, seen.size(), seen.size(), Optional.empty());
    }

    /** {@return it without symbolic links: what is beside a file is beside what its name leads to} */
    static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            return path.toAbsolutePath().normalize();
        }
    }

    private static Place scratch(Path directory, Load load, long meant, long most, Bounds bounds)
            throws StorageException {
        Scratch scratch = Scratch.make(directory, load, most, bounds);
        long size = scratch.size();
        return new Place(Target.of(scratch.path()), false, size, Math.max(size, meant), Optional.of(scratch));
    }

    private static TargetInspection inspect(Target target, Optional<TargetGuard> guard) throws StorageException {
        if (guard.isPresent()) {
            return guard.get().inspect(target);
        }
        Path path = target.path();
        try {
            boolean regular = Files.isRegularFile(path);
            TargetInspection.Kind kind = regular
                    ? TargetInspection.Kind.REGULAR_FILE
                    : Files.exists(path) ? TargetInspection.Kind.OTHER : TargetInspection.Kind.MISSING;
            return TargetInspection.of(kind, "", regular ? Files.size(path) : 0, Access.READ_ONLY, "");
        } catch (IOException e) {
            throw StorageException.of(Failures.OPERATION, e).target(target).build();
        }
    }

    private static void refuseType(Target target, TargetInspection seen) throws StorageException {
        switch (seen.kind()) {
            case REGULAR_FILE, BLOCK_DEVICE -> {}
            case MISSING -> throw Failures.of(Kind.NOT_FOUND, target, "there is no such file or device");
            default ->
                throw Failures.of(
                        Kind.WRONG_TYPE, target, "it is a " + seen.kind() + "; name a file or a block device");
        }
    }

    private static void refuseSmall(Target target, long size, Load load) throws StorageException {
        int largest = load.sizes().get(load.sizes().size() - 1);
        long span = load.span() == 0 ? size : Math.min(size, load.span());
        if (span / largest < LEAST_REQUESTS) {
            throw Failures.of(
                    Kind.INVALID_ARGUMENT,
                    target,
                    (load.span() > 0 && load.span() < size ? "span=" : "size=") + Units.bytes(span) + " has room for "
                            + span / largest + " requests of " + Units.bytes(largest) + ", and " + LEAST_REQUESTS
                            + " are needed: name a larger file" + smaller(span / LEAST_REQUESTS));
        }
    }

    private static String smaller(long most) {
        return most < SMALLEST ? "" : ", or ask for --sizes up to " + Units.bytes(Long.highestOneBit(most));
    }

    /** {@return over how many bytes requests of a load are spread} */
    long span(Load load) {
        return load.span() == 0 ? size : Math.min(size, load.span());
    }

    /** {@return over how many bytes the load would be spread where it is at home} */
    long meantSpan(Load load) {
        return load.span() == 0 ? meant : scratch.isPresent() ? load.span() : span(load);
    }

    /** {@return that a scratch file stands for more than it has} */
    Optional<Confounder> doubt(Load load) {
        return meantSpan(load) <= size
                ? Optional.empty()
                : Optional.of(new Confounder(
                        Confounder.Kind.UNVERIFIED,
                        "The scratch file has " + Units.bytes(size) + " of the " + Units.bytes(meantSpan(load))
                                + " that requests would be spread over: a disk's own cache, and a host's, may answer more"
                                + " of them than they would."));
    }

    @Override
    public void close() {
        scratch.ifPresent(Scratch::close);
    }
}

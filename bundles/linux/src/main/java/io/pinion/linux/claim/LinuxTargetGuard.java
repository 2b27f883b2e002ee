package io.pinion.linux.claim;

import io.pinion.linux.Errno;
import io.pinion.linux.Linux;
import io.pinion.linux.Statx;
import io.pinion.linux.SystemCalls;
import io.pinion.strategy.Access;
import io.pinion.strategy.Claim;
import io.pinion.strategy.ClaimRequest;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.Target;
import io.pinion.strategy.TargetGuard;
import io.pinion.strategy.TargetInspection;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Inspects and claims what Linux has under a path.
 *
 * <p>Files and block devices get the lock of an open file description, write or read; a block device that is to be
 * written is opened with O_EXCL besides, so that it can be neither mounted nor mapped. One that is only read can't be,
 * since O_EXCL excludes other readers too: there it is tried once and given up again, which finds who writes now. Two
 * volumes of different processes that reach one device through different nodes are told apart by O_EXCL alone.
 */
@Component
public final class LinuxTargetGuard implements TargetGuard {
    private static final String OPERATION = "claim";

    /** How often a file may appear and vanish again between two looks. */
    private static final int ATTEMPTS = 3;

    private final SystemCalls calls;
    private final BlockDevices devices;
    private final Inspector inspector;
    private final OpenFileLock lock;

    /** Started by the component runtime. */
    @Activate
    public LinuxTargetGuard(@Reference SystemCalls calls) {
        this(calls, Path.of("/sys"), Path.of("/proc"));
    }

    LinuxTargetGuard(SystemCalls calls, Path sys, Path proc) {
        this.calls = calls;
        devices = new BlockDevices(sys);
        inspector = new Inspector(calls, devices, new Mounts(proc));
        lock = new OpenFileLock(calls, proc);
    }

    @Override
    public TargetInspection inspect(Target target) throws StorageException {
        return inspector.inspect(target);
    }

    @Override
    public Claim claim(Target target, ClaimRequest request) throws StorageException {
        Access access = request.access();
        byte[] path = SystemCalls.path(target.path());
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            // To find out what it is without a driver's open, which would wait for, or move, some things.
            long found = SystemCalls.uninterrupted(() -> calls.open(path, Linux.O_PATH | Linux.O_CLOEXEC, 0));
            if (found >= 0) {
                try (Descriptor place = new Descriptor(calls, (int) found)) {
                    return existing(place, target, access);
                }
            }
            if (!Errno.ENOENT.is(found) || request.createSize().isEmpty() || !access.canWrite()) {
                throw Errno.failure(OPERATION, found).target(target).build();
            }
            Optional<Descriptor> created = new FileCreation(calls, lock)
                    .create(target.path(), request.createSize().getAsLong(), target.toString());
            if (created.isPresent()) {
                return held(created.get(), target, access, true);
            }
        }
        String detail = "it comes and goes, or is a symbolic link that leads nowhere; name what it should lead to";
        throw StorageException.of(Kind.NOT_FOUND, OPERATION, detail)
                .target(target)
                .build();
    }

    private Claim existing(Descriptor place, Target target, Access access) throws StorageException {
        Statx stat = stat(place, target);
        int flags = access.canWrite() ? Linux.O_RDWR : Linux.O_RDONLY;
        switch (stat.type()) {
            case Linux.S_IFREG -> {}
            case Linux.S_IFBLK -> {
                refuseReadOnly(stat, target, access);
                flags |= access.canWrite() ? Linux.O_EXCL : 0;
            }
            case Linux.S_IFCHR -> refuseUnlessTape(stat, target);
            case Linux.S_IFDIR -> throw wrongType("it is a directory; allowed: a file or a device", target);
            default -> throw wrongType("it is neither file nor device", target);
        }
        Descriptor descriptor = open(place, flags, stat, target);
        try {
            if (stat.type() != Linux.S_IFCHR) {
                lock.lock(descriptor, access, target.toString());
            }
            if (stat.type() == Linux.S_IFBLK && !access.canWrite()) {
                open(place, flags | Linux.O_EXCL, stat, target).close();
            }
        } catch (StorageException e) {
            descriptor.close();
            throw e;
        }
        return held(descriptor, target, access, false);
    }

    /** By way of /proc, so that it is the inode that was looked at, whatever its name means by now. */
    private Descriptor open(Descriptor place, int flags, Statx stat, Target target) throws StorageException {
        byte[] path = SystemCalls.path(place.path());
        long opened = SystemCalls.uninterrupted(() -> calls.open(path, flags | Linux.O_CLOEXEC | Linux.O_NOCTTY, 0));
        if (opened >= 0) {
            return new Descriptor(calls, (int) opened);
        }
        Optional<String> remedy = remedy(opened, stat);
        throw (remedy.isPresent() ? Errno.failure(OPERATION, opened, remedy.get()) : Errno.failure(OPERATION, opened))
                .target(target)
                .build();
    }

    private Optional<String> remedy(long opened, Statx stat) {
        boolean marked = stat.isMarked(Linux.STATX_ATTR_IMMUTABLE) || stat.isMarked(Linux.STATX_ATTR_APPEND);
        if (Errno.EBUSY.is(opened) && stat.type() == Linux.S_IFBLK) {
            List<String> users = inspector.users(stat.device());
            return Optional.of(
                    users.isEmpty()
                            ? "somebody has it open with O_EXCL; as root, lsof tells"
                            : String.join(", ", users));
        }
        if (Errno.EROFS.is(opened)) {
            return Optional.of("use access=read-only");
        }
        if (Errno.EPERM.is(opened) && marked) {
            return Optional.of("it is marked immutable or append-only; use access=read-only, or chattr -i -a");
        }
        return Optional.empty();
    }

    private Claim held(Descriptor descriptor, Target target, Access access, boolean created) throws StorageException {
        try {
            return new LinuxClaim(
                    calls, devices, descriptor, stat(descriptor, target), target.toString(), access, created);
        } catch (StorageException e) {
            descriptor.close();
            throw e;
        }
    }

    private Statx stat(Descriptor descriptor, Target target) throws StorageException {
        Statx stat = new Statx();
        descriptor.require(OPERATION, target.toString(), fd -> stat.fill(calls, fd, Linux.STATX_BASIC_STATS));
        return stat;
    }

    private void refuseReadOnly(Statx stat, Target target, Access access) throws StorageException {
        if (access.canWrite() && devices.isReadOnly(stat.device())) {
            throw StorageException.of(Kind.READ_ONLY, OPERATION, "the device is set read-only; use access=read-only")
                    .target(target)
                    .build();
        }
    }

    private static void refuseUnlessTape(Statx stat, Target target) throws StorageException {
        if (!TapeNode.isTape(stat)) {
            throw wrongType("it is a character device, but no tape drive", target);
        }
        TapeNode node = TapeNode.of(stat);
        if (node.rewinds()) {
            throw wrongType("it rewinds the tape whenever it is closed; name " + node.withoutRewind(), target);
        }
    }

    private static StorageException wrongType(String detail, Target target) {
        return StorageException.of(Kind.WRONG_TYPE, OPERATION, detail)
                .target(target)
                .build();
    }
}

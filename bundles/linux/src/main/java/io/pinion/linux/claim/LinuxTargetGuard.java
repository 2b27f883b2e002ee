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
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Inspects and claims what Linux has under a path. Files and block devices get the lock of an open file description, write or
 * read; what block devices need besides is {@link DeviceOpening}'s.
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
    private final DeviceOpening deviceOpening;

    /** Started by the component runtime. */
    @Activate
    public LinuxTargetGuard(@Reference SystemCalls calls) {
        this(calls, Path.of("/sys"), Path.of("/proc"));
    }

    LinuxTargetGuard(SystemCalls calls, Path sys, Path proc) {
        this.calls = calls;
        devices = new BlockDevices(sys);
        inspector = new Inspector(calls, devices, proc);
        lock = new OpenFileLock(calls, new Processes(calls, proc));
        deviceOpening = new DeviceOpening(calls, devices, proc, lock);
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
                    return existing(place, target, request);
                }
            }
            if (Errno.ENOENT.is(found) && isAmongDevices(target.path())) {
                String remedy = "no device has that name now, and no file is created in /dev";
                throw Errno.failure(OPERATION, found, remedy).target(target).build();
            }
            if (!Errno.ENOENT.is(found) || request.createSize().isEmpty() || !access.canWrite()) {
                throw Errno.failure(OPERATION, found).target(target).build();
            }
            Optional<Descriptor> created = new FileCreation(calls, lock)
                    .create(target.path(), request.createSize().getAsLong(), target.toString());
            if (created.isPresent()) {
                return held(Opened.alone(created.get()), target, access, true);
            }
        }
        String detail = "it comes and goes, or is a symbolic link that leads nowhere; name what it should lead to";
        throw StorageException.of(Kind.NOT_FOUND, OPERATION, detail)
                .target(target)
                .build();
    }

    /** A device that is gone, or not yet there, is not to become a file in its place. */
    private static boolean isAmongDevices(Path path) {
        Path name = path.toAbsolutePath().normalize();
        return name.startsWith("/dev") && !name.startsWith("/dev/shm");
    }

    private Claim existing(Descriptor place, Target target, ClaimRequest request) throws StorageException {
        Statx stat = stat(place, target);
        Opened opened = switch (stat.type()) {
            case Linux.S_IFREG -> file(place, stat, target, request);
            case Linux.S_IFBLK -> deviceOpening.open(place, stat, target, request);
            case Linux.S_IFCHR -> tape(place, stat, target, request.access());
            case Linux.S_IFDIR -> throw wrongType("it is a directory; allowed: a file or a device", target);
            default -> throw wrongType("it is neither file nor device", target);
        };
        return held(opened, target, request.access(), false);
    }

    private Opened file(Descriptor place, Statx stat, Target target, ClaimRequest request) throws StorageException {
        Descriptor descriptor = open(place, stat, target, request.access(), 0);
        try {
            if (!request.isBeside()) {
                lock.lock(descriptor, request.access(), target.toString());
            }
            return Opened.alone(descriptor);
        } catch (StorageException e) {
            descriptor.close();
            throw e;
        }
    }

    /** Else the open of a drive without a tape waits for two minutes (st(4)), and then fails. */
    private Opened tape(Descriptor place, Statx stat, Target target, Access access) throws StorageException {
        refuseUnlessTape(stat, target);
        Descriptor descriptor = open(place, stat, target, access, Linux.O_NONBLOCK);
        return new Opened(descriptor, RealName.notes(place, target), false);
    }

    private Descriptor open(Descriptor place, Statx stat, Target target, Access access, int how)
            throws StorageException {
        long opened = place.reopen(OPERATION, how | (access.canWrite() ? Linux.O_RDWR : Linux.O_RDONLY));
        if (opened < 0) {
            throw Opened.failure(opened, stat, target);
        }
        return new Descriptor(calls, (int) opened);
    }

    private Claim held(Opened opened, Target target, Access access, boolean created) throws StorageException {
        Descriptor descriptor = opened.descriptor();
        try {
            Statx stat = stat(descriptor, target);
            return new LinuxClaim(calls, devices, opened, stat, target.toString(), access, created);
        } catch (StorageException | RuntimeException e) {
            descriptor.close();
            throw e;
        }
    }

    private Statx stat(Descriptor descriptor, Target target) throws StorageException {
        Statx stat = new Statx();
        descriptor.require(OPERATION, target.toString(), fd -> stat.fill(calls, fd, Linux.STATX_BASIC_STATS));
        return stat;
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

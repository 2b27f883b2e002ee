package io.pinion.linux.claim;

import io.pinion.linux.Errno;
import io.pinion.linux.Linux;
import io.pinion.linux.Statx;
import io.pinion.linux.SystemCalls;
import io.pinion.strategy.Access;
import io.pinion.strategy.ClaimRequest;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.Target;
import io.pinion.volume.DeviceUser;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/**
 * Opens a block device for a claim. To be written, it is opened with O_EXCL, so that it can be neither mounted nor mapped
 * afterwards, and EBUSY is the kernel's word that somebody uses it, also where nobody can be named: a mount in another
 * namespace. One that is only read can't be, since O_EXCL excludes other readers too: there it is tried once and given up
 * again, which finds who writes now. Two things O_EXCL does not see, and they are looked for besides: that a loop device, which
 * opens what is behind it as any process does, is used; and a claim that was forced.
 *
 * <p>Beside others it is just opened. By force others are passed over, but no other claim, no device that is read-only, and no kernel that lets nobody write
 * what is mounted.
 */
final class DeviceOpening {
    private static final String OPERATION = "claim";

    private static final int READING_ATTEMPTS = 6;
    private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(8);
    private static final long TURN_MILLIS = 250;

    private final SystemCalls calls;
    private final BlockDevices devices;
    private final Path proc;
    private final OpenFileLock lock;
    private final ReentrantLock reading = new ReentrantLock();

    DeviceOpening(SystemCalls calls, BlockDevices devices, Path proc, OpenFileLock lock) {
        this.calls = calls;
        this.devices = devices;
        this.proc = proc;
        this.lock = lock;
    }

    /** A device that is being claimed: the open place where it is, what that is, and what is wanted of it. */
    private record Wanted(Descriptor place, Statx stat, Target target, ClaimRequest request) {
        Access access() {
            return request.access();
        }

        int flags() {
            return access().canWrite() ? Linux.O_RDWR : Linux.O_RDONLY;
        }
    }

    /** {@return the device, locked} Of an open place and what it is. */
    Opened open(Descriptor place, Statx stat, Target target, ClaimRequest request) throws StorageException {
        Wanted wanted = new Wanted(place, stat, target, request);
        if (request.isBeside()) {
            return shared(wanted, List.of(), false);
        }
        if (wanted.access().canWrite() && devices.isReadOnly(stat.device())) {
            throw StorageException.of(Kind.READ_ONLY, OPERATION, "the device is set read-only; use access=read-only")
                    .target(target)
                    .build();
        }
        return wanted.access().canWrite() ? writing(wanted) : reading(wanted);
    }

    private Opened writing(Wanted wanted) throws StorageException {
        long tried = openAlone(wanted);
        return Errno.EBUSY.is(tried) ? used(wanted) : exclusive(opened(tried, wanted), wanted);
    }

    private Opened reading(Wanted wanted) throws StorageException {
        return isFreeToRead(wanted) ? shared(wanted, List.of(), false) : used(wanted);
    }

    private Opened used(Wanted wanted) throws StorageException {
        List<DeviceUser> users = users().of(wanted.stat().device());
        refuseUnlessForced(wanted, users);
        return shared(wanted, users, true);
    }

    /**
     * Whoever only reads holds it alone for this moment, and may meet another who does the same: that passes. Those who ask
     * the same guard take turns, since any number of volumes may begin at once; one who waits in vain tries all the same.
     */
    private boolean isFreeToRead(Wanted wanted) throws StorageException {
        boolean turn = takeTurn();
        try {
            long tried = openAlone(wanted);
            for (int attempt = 1; attempt < READING_ATTEMPTS && Errno.EBUSY.is(tried); attempt++) {
                LockSupport.parkNanos(FIRST_PAUSE_NANOS << (attempt - 1));
                tried = openAlone(wanted);
            }
            if (Errno.EBUSY.is(tried)) {
                return false;
            }
            opened(tried, wanted).close();
            return true;
        } finally {
            if (turn) {
                reading.unlock();
            }
        }
    }

    private boolean takeTurn() {
        try {
            return reading.tryLock(TURN_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static long openAlone(Wanted wanted) throws StorageException {
        return wanted.place().reopen(OPERATION, wanted.flags() | Linux.O_EXCL);
    }

    private Opened exclusive(Descriptor alone, Wanted wanted) throws StorageException {
        try {
            List<DeviceUser> others = users().besideExclusive(wanted.stat().device());
            if (!others.isEmpty()) {
                refuseUnlessForced(wanted, others);
            }
            return locked(alone, wanted, others, !others.isEmpty());
        } catch (StorageException | RuntimeException e) {
            alone.close();
            throw e;
        }
    }

    private Opened shared(Wanted wanted, List<DeviceUser> others, boolean forced) throws StorageException {
        long result = wanted.place().reopen(OPERATION, wanted.flags());
        if (Errno.EBUSY.is(result)) {
            // CONFIG_BLK_DEV_WRITE_MOUNTED=n, which bdev_allow_write_mounted overrides when the machine starts.
            String words = name(wanted) + " is mounted, and this kernel lets nobody write what is"
                    + " (bdev_allow_write_mounted=0): claim=force can't change that; umount it";
            throw Errno.failure(OPERATION, result, words)
                    .target(wanted.target())
                    .build();
        }
        Descriptor descriptor = opened(result, wanted);
        try {
            return locked(descriptor, wanted, others, forced);
        } catch (StorageException | RuntimeException e) {
            descriptor.close();
            throw e;
        }
    }

    private Descriptor opened(long result, Wanted wanted) throws StorageException {
        if (result < 0) {
            throw Opened.failure(result, wanted.stat(), wanted.target());
        }
        return new Descriptor(calls, (int) result);
    }

    private Opened locked(Descriptor descriptor, Wanted wanted, List<DeviceUser> others, boolean forced)
            throws StorageException {
        refuseUnlessThereIsSomething(descriptor, wanted);
        if (!wanted.request().isBeside()) {
            lock.lock(descriptor, wanted.access(), wanted.target().toString());
        }
        List<String> notes = new ArrayList<>(RealName.notes(wanted.place(), wanted.target()));
        if (forced) {
            List<DeviceUser> excluded =
                    others.stream().filter(DeviceUser::excludes).toList();
            notes.add("Claimed by force (claim=force) beside others, "
                    + (wanted.access().canWrite() ? "whose data each write may destroy: " : "who may write meanwhile: ")
                    + (excluded.isEmpty() ? "nobody who is seen from here" : joined(excluded)) + ".");
        }
        return new Opened(descriptor, notes, forced);
    }

    /** The node of a device stays when what is behind it has gone, or is yet to come: a loop device, a server, a medium. */
    private void refuseUnlessThereIsSomething(Descriptor descriptor, Wanted wanted) throws StorageException {
        ByteBuffer size = ByteBuffer.allocateDirect(Long.BYTES).order(ByteOrder.nativeOrder());
        descriptor.require(OPERATION, wanted.target().toString(), fd -> calls.ioctl(fd, Linux.BLKGETSIZE64, size));
        if (size.getLong(0) == 0) {
            String words = name(wanted) + " has a size of 0: nothing is attached, connected or inserted";
            throw StorageException.of(Kind.NOT_READY, OPERATION, words)
                    .target(wanted.target())
                    .build();
        }
    }

    /**
     * No force overrides another claim, to which there need not be a lock in common: it may be a partition's, or by another node.
     * Whoever reads alone takes what others write into account, and is kept out by the lock of the device itself.
     */
    private void refuseUnlessForced(Wanted wanted, List<DeviceUser> users) throws StorageException {
        boolean claimed = users.stream().anyMatch(user -> user.kind() == DeviceUser.Kind.CLAIM);
        if (wanted.request().isForced() && !(claimed && wanted.access().canWrite())) {
            return;
        }
        String words = users.stream().anyMatch(DeviceUser::excludes)
                ? joined(users) + remedy(users)
                : "somebody whom this process does not see uses " + name(wanted)
                        + (users.isEmpty() ? "" : ", or " + joined(users))
                        + ": a mount in another namespace, or who opened it with O_EXCL; as root, 'lsof /dev/"
                        + name(wanted) + "' and 'grep " + wanted.stat().device() + " /proc/*/mountinfo' tell";
        throw Errno.failure(OPERATION, Errno.EBUSY.result(), words)
                .target(wanted.target())
                .build();
    }

    private DeviceUsers users() {
        return DeviceUsers.with(calls, devices, proc);
    }

    private String name(Wanted wanted) {
        return devices.name(wanted.stat().device());
    }

    private static String joined(List<DeviceUser> users) {
        return users.stream().map(DeviceUser::toString).distinct().collect(Collectors.joining(", "));
    }

    private static String remedy(List<DeviceUser> users) {
        return users.stream()
                .map(user -> switch (user.kind()) {
                    case MOUNT -> "umount it";
                    case SWAP -> "swapoff it";
                    case MAPPING -> "undo what holds it";
                    case CLAIM -> "stop who claimed it";
                    default -> "";
                })
                .filter(words -> !words.isEmpty())
                .distinct()
                .collect(Collectors.joining(", ", "; ", ", or name another"));
    }
}

package io.pinion.linux.claim;

import io.pinion.linux.Errno;
import io.pinion.linux.Linux;
import io.pinion.linux.Statx;
import io.pinion.linux.SystemCalls;
import io.pinion.strategy.Access;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.Target;
import io.pinion.strategy.TargetInspection;
import java.nio.file.Path;
import java.util.Optional;
import java.util.StringJoiner;

/** Looks at a path without opening what it leads to: opening a tape drive alone would move the tape. */
final class Inspector {
    private static final String OPERATION = "inspect";

    private final SystemCalls calls;
    private final BlockDevices devices;
    private final Path proc;

    Inspector(SystemCalls calls, BlockDevices devices, Path proc) {
        this.calls = calls;
        this.devices = devices;
        this.proc = proc;
    }

    TargetInspection inspect(Target target) throws StorageException {
        Path path = target.path();
        Statx stat = new Statx();
        int result = stat.fill(calls, path, Linux.STATX_BASIC_STATS | Linux.STATX_MNT_ID);
        if (Errno.ENOENT.is(result) || Errno.ENOTDIR.is(result)) {
            return missing(path);
        }
        if (result < 0) {
            throw Errno.failure(kind(result), OPERATION, result, "")
                    .target(target)
                    .build();
        }
        StringJoiner detail = new StringJoiner(", ");
        boolean readable = calls.faccessat(Linux.AT_FDCWD, SystemCalls.path(path), Linux.R_OK, 0) == 0;
        boolean writable = calls.faccessat(Linux.AT_FDCWD, SystemCalls.path(path), Linux.W_OK, 0) == 0;
        if (!readable) {
            detail.add("this process may not read it");
        }
        return switch (stat.type()) {
            case Linux.S_IFREG -> file(stat, readable && writable, detail);
            case Linux.S_IFBLK -> blockDevice(stat, target, readable && writable, detail);
            case Linux.S_IFCHR -> characterDevice(stat, readable && writable, detail);
            case Linux.S_IFDIR ->
                TargetInspection.of(
                        TargetInspection.Kind.DIRECTORY, stat.identity(), 0, Access.READ_ONLY, detail.toString());
            default ->
                TargetInspection.of(
                        TargetInspection.Kind.OTHER, stat.identity(), 0, Access.READ_ONLY, detail.toString());
        };
    }

    private static Kind kind(int result) {
        return Errno.EACCES.is(result) || Errno.EPERM.is(result) ? Kind.ACCESS_DENIED : Kind.IO_ERROR;
    }

    private TargetInspection missing(Path path) {
        Path parent = path.toAbsolutePath().getParent();
        byte[] directory = SystemCalls.path(parent == null ? path : parent);
        int result = calls.faccessat(Linux.AT_FDCWD, directory, Linux.W_OK, 0);
        String detail = result < 0 ? "its directory can't be written: " + Errno.text(result) : "";
        return TargetInspection.of(TargetInspection.Kind.MISSING, "", 0, access(result == 0), detail);
    }

    private TargetInspection file(Statx stat, boolean writable, StringJoiner detail) {
        boolean marked = stat.isMarked(Linux.STATX_ATTR_IMMUTABLE) || stat.isMarked(Linux.STATX_ATTR_APPEND);
        if (marked) {
            detail.add("marked immutable or append-only (chattr)");
        }
        Optional<Mounts.Mount> mount =
                stat.has(Linux.STATX_MNT_ID) ? new Mounts(calls, proc).numbered(stat.mount()) : Optional.empty();
        mount.ifPresent(m -> detail.add(m.type() + (m.readOnly() ? " mounted read-only at " + m.point() : "")));
        return TargetInspection.of(
                TargetInspection.Kind.REGULAR_FILE,
                stat.identity(),
                stat.size(),
                access(writable && !marked),
                detail.toString());
    }

    private TargetInspection blockDevice(Statx stat, Target target, boolean writable, StringJoiner detail) {
        String device = stat.device();
        detail.add(RealName.of(target).map(real -> target + " -> " + real).orElse(devices.name(device)));
        devices.backing(device).ifPresent(file -> detail.add("backed by " + file));
        DeviceUsers.without(calls, devices, proc).of(device).forEach(user -> detail.add(user.toString()));
        return TargetInspection.of(
                        TargetInspection.Kind.BLOCK_DEVICE,
                        stat.identity(),
                        devices.size(device),
                        access(writable && !devices.isReadOnly(device)),
                        detail.toString())
                .known(LastingIdentity.of(devices.node(device)));
    }

    private TargetInspection characterDevice(Statx stat, boolean writable, StringJoiner detail) {
        if (TapeNode.isTape(stat)) {
            TapeNode node = TapeNode.of(stat);
            detail.add("SCSI tape drive " + node.drive());
            if (node.rewinds()) {
                detail.add("rewinds when closed: name " + node.withoutRewind());
            }
        }
        return TargetInspection.of(
                        TargetInspection.Kind.CHARACTER_DEVICE, stat.identity(), 0, access(writable), detail.toString())
                .known(LastingIdentity.of(devices.characterNode(stat.device())));
    }

    private static Access access(boolean writable) {
        return writable ? Access.READ_WRITE : Access.READ_ONLY;
    }
}

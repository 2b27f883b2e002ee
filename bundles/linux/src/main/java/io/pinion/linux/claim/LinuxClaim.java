package io.pinion.linux.claim;

import io.pinion.linux.Errno;
import io.pinion.linux.Linux;
import io.pinion.linux.Statx;
import io.pinion.linux.SystemCalls;
import io.pinion.strategy.Access;
import io.pinion.strategy.Claim;
import io.pinion.strategy.Discard;
import io.pinion.strategy.PageCacheUse;
import io.pinion.strategy.Presence;
import io.pinion.strategy.Resize;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.WriteZeroes;
import io.pinion.strategy.Zones;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The claim on a file, a block device or a tape drive. Closed while a call is under way, it keeps descriptor and lock
 * until that call is back.
 */
final class LinuxClaim implements Claim {
    private final SystemCalls calls;
    private final BlockDevices devices;
    private final Descriptor descriptor;
    private final List<String> notes;
    private final boolean forced;
    private final String target;
    private final Access access;
    private final boolean created;
    private final int type;
    private final String device;
    private final String identity;
    private final Optional<FileSpace> fileSpace;
    private final Optional<DeviceZones> zones;
    private final Optional<Attachment> attachment;
    private final String lastingIdentity;

    /**
     * Takes what was opened over.
     *
     * @param stat what the descriptor is; not kept
     */
    LinuxClaim(
            SystemCalls calls,
            BlockDevices devices,
            Opened opened,
            Statx stat,
            String target,
            Access access,
            boolean created)
            throws StorageException {
        this.calls = calls;
        this.devices = devices;
        descriptor = opened.descriptor();
        notes = opened.notes();
        forced = opened.forced();
        this.target = target;
        this.access = access;
        this.created = created;
        type = stat.type();
        device = stat.device();
        identity = stat.identity();
        fileSpace = type == Linux.S_IFREG && access.canWrite()
                ? FileSpace.of(calls, descriptor, target, stat.size())
                : Optional.empty();
        Optional<Path> node = switch (type) {
            case Linux.S_IFBLK -> Optional.of(devices.node(device));
            case Linux.S_IFCHR -> Optional.of(devices.characterNode(device));
            default -> Optional.empty();
        };
        attachment = node.isPresent()
                ? Optional.of(new Attachment(calls, descriptor, device, node.get(), type == Linux.S_IFBLK))
                : Optional.empty();
        zones = type == Linux.S_IFBLK && DeviceZones.has(devices, device)
                ? Optional.of(new DeviceZones(calls, devices, descriptor, device, this::presence, target, access))
                : Optional.empty();
        lastingIdentity = node.map(LastingIdentity::of).orElse("");
    }

    @Override
    public Presence presence() {
        return attachment.map(Attachment::presence).orElseGet(Presence::unknown);
    }

    @Override
    public String lastingIdentity() {
        return lastingIdentity;
    }

    @Override
    public String identity() {
        return identity;
    }

    @Override
    public Set<String> overlaps() {
        return type == Linux.S_IFCHR ? TapeNode.siblings(identity, device) : new Overlaps(calls, devices).of(identity);
    }

    @Override
    public boolean isCreated() {
        return created;
    }

    @Override
    public boolean isExclusive() {
        return type == Linux.S_IFCHR;
    }

    @Override
    public Access access() {
        return access;
    }

    @Override
    public boolean isForced() {
        return forced;
    }

    @Override
    public List<String> notes() {
        return notes;
    }

    @Override
    public Path path() {
        return descriptor.path();
    }

    @Override
    public OptionalInt descriptor() {
        return descriptor.isClosed() ? OptionalInt.empty() : OptionalInt.of(descriptor.number());
    }

    @Override
    public void flush() throws StorageException {
        long result = descriptor.call("flush", calls::fdatasync);
        if (Errno.EINVAL.is(result) || Errno.EROFS.is(result)) {
            throw Errno.failure(Kind.UNSUPPORTED, "flush", result, "it has no cache to write back")
                    .target(target)
                    .build();
        }
        if (result < 0) {
            // Whatever the number: what was acknowledged is not known to be on the medium.
            String detail =
                    "a write-back failed, and what was written since the last flush may be lost; after the cause"
                            + " is mended, reopen accepting the loss";
            throw Errno.failure(Kind.FLUSH_FAILED, "flush", result, detail)
                    .target(target)
                    .build();
        }
    }

    @Override
    public void dropCache() throws StorageException {
        if (type == Linux.S_IFCHR) {
            throw StorageException.of(Kind.UNSUPPORTED, "drop cache", "a tape drive has no page cache")
                    .target(target)
                    .build();
        }
        cache().drop(type == Linux.S_IFREG ? fileSize() : deviceSpace().rescan());
    }

    @Override
    public Optional<PageCacheUse> pageCache() {
        return type == Linux.S_IFCHR ? Optional.empty() : cache().use();
    }

    private PageCache cache() {
        return new PageCache(calls, descriptor, target, type == Linux.S_IFREG, access.canWrite());
    }

    private long fileSize() throws StorageException {
        Statx stat = new Statx();
        descriptor.require("drop cache", target, fd -> stat.fill(calls, fd, Linux.STATX_BASIC_STATS));
        return stat.size();
    }

    @Override
    public <T> Optional<T> adapt(Class<T> extra) {
        if (type == Linux.S_IFREG && (extra == Discard.class || extra == WriteZeroes.class)) {
            return fileSpace.map(extra::cast);
        }
        if (type != Linux.S_IFBLK) {
            return Optional.empty();
        }
        if (extra == Zones.class) {
            return zones.map(extra::cast);
        }
        DeviceSpace space = deviceSpace();
        boolean offered = extra == Resize.class
                || extra == WriteZeroes.class && access.canWrite()
                || extra == Discard.class && access.canWrite() && space.discards();
        return offered ? Optional.of(extra.cast(space)) : Optional.empty();
    }

    @Override
    public Optional<String> lacks(Class<?> extra) {
        if (adapt(extra).isPresent() || type == Linux.S_IFCHR) {
            return Optional.empty();
        }
        boolean space = extra == Discard.class || extra == WriteZeroes.class;
        if (space && !access.canWrite()) {
            return Optional.of("the volume has access=" + access);
        }
        if (space && type == Linux.S_IFREG) {
            return Optional.of("its file system makes no holes in files");
        }
        String name = devices.name(device);
        if (extra == Zones.class && type == Linux.S_IFBLK) {
            return Optional.of(name + " has no zones");
        }
        return extra == Discard.class
                ? Optional.of(name + " can't discard: discard_max_bytes=0 in its queue")
                : Optional.empty();
    }

    private DeviceSpace deviceSpace() {
        return new DeviceSpace(calls, devices, descriptor, device, target);
    }

    @Override
    public void close() {
        if (isExclusive()) {
            TapeNode.forgetWriting(calls, descriptor);
        }
        descriptor.close();
        zones.ifPresent(DeviceZones::close);
    }

    @Override
    public String toString() {
        return "claim of " + target + " (" + identity + ", " + access + (forced ? ", forced" : "")
                + (descriptor.isClosed() ? ", closed)" : ")");
    }
}

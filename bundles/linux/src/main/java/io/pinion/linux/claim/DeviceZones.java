package io.pinion.linux.claim;

import io.pinion.linux.Errno;
import io.pinion.linux.Linux;
import io.pinion.linux.SystemCalls;
import io.pinion.strategy.Access;
import io.pinion.strategy.Presence;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.Zone;
import io.pinion.strategy.Zones;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Zones by ioctl(2) (linux/blkzoned.h); of one claim. */
final class DeviceZones implements Zones, AutoCloseable {
    /** Zones in one report: 64 KiB of them. */
    private static final int BATCH = 1024;

    private final SystemCalls calls;
    private final Descriptor descriptor;
    private final String name;
    private final String target;
    private final Access access;
    private final DeviceSpace space;
    private final ZoneAppends appends;

    /**
     * Of a claimed device that {@linkplain #has has zones}.
     *
     * @param device MAJOR:MINOR
     * @param presence whether it is there
     */
    DeviceZones(
            SystemCalls calls,
            BlockDevices devices,
            Descriptor descriptor,
            String device,
            Supplier<Presence> presence,
            String target,
            Access access) {
        this.calls = calls;
        this.descriptor = descriptor;
        this.target = target;
        this.access = access;
        name = devices.name(device);
        space = new DeviceSpace(calls, devices, descriptor, device, target);
        long unit = devices.queue(device, "zone_write_granularity")
                .orElse(devices.queue(device, "logical_block_size").orElse(ZoneReport.SECTOR));
        appends = new ZoneAppends(calls, descriptor, this::report, presence, target, unit);
    }

    /** {@return whether the device has zones: host-managed or host-aware} */
    static boolean has(BlockDevices devices, String device) {
        String model = devices.word(device, "queue/zoned");
        return !model.isEmpty() && !model.equals("none");
    }

    @Override
    public List<Zone> report(long offset, int limit) throws StorageException {
        String operation = "report zones";
        Ranges.check(operation, target, offset, limit, "byte", 1);
        long size = space.rescan();
        Ranges.checkEnd(operation, target, offset, 0, size);
        List<Zone> zones = new ArrayList<>();
        ZoneReport report = new ZoneReport(Math.max(1, Math.min(limit, BATCH)));
        long from = offset;
        while (zones.size() < limit && from < size) {
            report(operation, report, from, limit - zones.size());
            if (report.count() == 0) {
                return zones;
            }
            for (int i = 0; i < report.count(); i++) {
                zones.add(report.zone(i));
            }
            Zone last = zones.get(zones.size() - 1);
            from = last.start() + last.length();
        }
        return zones;
    }

    private void report(String operation, ZoneReport report, long offset, int count) throws StorageException {
        ByteBuffer request = report.request(offset, count);
        descriptor.require(operation, target, fd -> calls.ioctl(fd, Linux.BLKREPORTZONE, request));
    }

    @Override
    public void reset(long offset, long length) throws StorageException {
        change("reset zones", Linux.BLKRESETZONE, offset, length);
    }

    @Override
    public void finish(long offset, long length) throws StorageException {
        change("finish zones", Linux.BLKFINISHZONE, offset, length);
    }

    private void change(String operation, long request, long offset, long length) throws StorageException {
        refuseReader(operation);
        long size = space.rescan();
        long unit = zoneSize(operation);
        // The last zone may be smaller.
        boolean toTheEnd = offset >= 0 && length >= 0 && length == size - offset;
        Ranges.check(operation, target, offset, toTheEnd ? 0 : length, "zoneSize", unit);
        Ranges.checkEnd(operation, target, offset, length, size);
        if (length == 0) {
            return;
        }
        ByteBuffer range = ByteBuffer.allocateDirect(16).order(ByteOrder.nativeOrder());
        range.putLong(0, offset / ZoneReport.SECTOR).putLong(8, length / ZoneReport.SECTOR);
        long result = descriptor.call(operation, fd -> calls.ioctl(fd, request, range));
        if (result < 0) {
            throw Errno.failure(operation, result)
                    .target(target)
                    .range(offset, length)
                    .build();
        }
    }

    @Override
    public long append(ByteBuffer source, long zone) throws StorageException {
        String operation = ZoneAppends.OPERATION;
        refuseReader(operation);
        long unit = zoneSize(operation);
        Ranges.check(operation, target, zone, 0, "zoneSize", unit);
        Ranges.checkEnd(operation, target, zone, 1, space.rescan());
        return appends.append(source, zone, zone / unit);
    }

    private long zoneSize(String operation) throws StorageException {
        ByteBuffer sectors = ByteBuffer.allocateDirect(Integer.BYTES).order(ByteOrder.nativeOrder());
        descriptor.require(operation, target, fd -> calls.ioctl(fd, Linux.BLKGETZONESZ, sectors));
        long size = Integer.toUnsignedLong(sectors.getInt(0)) * ZoneReport.SECTOR;
        if (size == 0) {
            throw StorageException.of(Kind.UNSUPPORTED, operation, name + " has no zones any more")
                    .target(target)
                    .build();
        }
        return size;
    }

    private void refuseReader(String operation) throws StorageException {
        if (!access.canWrite()) {
            throw StorageException.of(Kind.READ_ONLY, operation, "the volume has access=" + access)
                    .target(target)
                    .build();
        }
    }

    @Override
    public void close() {
        appends.close();
    }
}

package io.pinion.linux.claim;

import io.pinion.linux.Errno;
import io.pinion.linux.Linux;
import io.pinion.linux.SystemCalls;
import io.pinion.strategy.Presence;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.Zone;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Writes at the write pointers of zones, by a descriptor of its own with O_DIRECT: the page cache may write back in another order
 * than it was written to, which a zone refuses (zonedstorage.io, Linux zoned storage support). A zone's pointer is asked for each
 * time and never remembered, so that a write that failed half-way, a reset, or somebody else's write can't make it wrong.
 */
final class ZoneAppends implements AutoCloseable {
    static final String OPERATION = "append";

    private static final int ALIGNMENT = 4096;

    /** How much is copied at a time of a buffer that the device can't read from. */
    private static final int BOUNCE = 1 << 20;

    /** Zones share locks, so that there is a fixed number of them. */
    private static final int LANES = 16;

    private final SystemCalls calls;
    private final Descriptor claimed;
    private final Reporter reporter;
    private final Supplier<Presence> presence;
    private final String target;
    private final long unit;
    private final Lane[] lanes = new Lane[LANES];
    private Descriptor direct;

    /** Tells of zones. */
    interface Reporter {
        /** As {@link io.pinion.strategy.Zones#report}. */
        List<Zone> report(long offset, int limit) throws StorageException;
    }

    /** Whose turn it is in some of the zones, and the memory that goes with it. */
    private static final class Lane {
        private final ReentrantLock turn = new ReentrantLock();
        private ByteBuffer bounce;

        private ByteBuffer bounce() {
            if (bounce == null) {
                bounce = ByteBuffer.allocateDirect(BOUNCE + ALIGNMENT).alignedSlice(ALIGNMENT);
            }
            return bounce;
        }
    }

    /**
     * @param presence of the claimed device
     * @param unit what lengths must be multiples of, in bytes
     */
    ZoneAppends(
            SystemCalls calls,
            Descriptor claimed,
            Reporter reporter,
            Supplier<Presence> presence,
            String target,
            long unit) {
        this.calls = calls;
        this.claimed = claimed;
        this.reporter = reporter;
        this.presence = presence;
        this.target = target;
        this.unit = unit;
        for (int i = 0; i < LANES; i++) {
            lanes[i] = new Lane();
        }
    }

    /** As {@link io.pinion.strategy.Zones#append}, of a zone of the device: the so many-th. */
    long append(ByteBuffer source, long zone, long index) throws StorageException {
        Ranges.check(OPERATION, target, zone, source.remaining(), "zoneWriteGranularity", unit);
        Descriptor file = direct();
        Lane lane = lanes[(int) (index % LANES)];
        lane.turn.lock();
        try {
            long pointer = pointer(zone, source.remaining());
            write(file, lane, source, pointer, zone);
            return pointer;
        } finally {
            lane.turn.unlock();
        }
    }

    private long pointer(long start, int length) throws StorageException {
        Zone zone = zone(start);
        long room = zone.start() + zone.capacity() - zone.writePointer();
        switch (zone.condition()) {
            case CONVENTIONAL ->
                throw refused(
                        Kind.UNSUPPORTED,
                        "the zone is conventional and has no write pointer; write to it",
                        zone,
                        length);
            case READ_ONLY -> throw refused(Kind.READ_ONLY, "the device has made the zone read-only", zone, length);
            case OFFLINE -> throw refused(Kind.MEDIUM_ERROR, "the device has given the zone up", zone, length);
            default -> {
                if (length > room) {
                    String words = "length=" + length + " is more than the zone has room for, " + room
                            + " bytes; append to another, or reset it";
                    throw refused(Kind.NO_SPACE, words, zone, length);
                }
            }
        }
        return zone.writePointer();
    }

    private Zone zone(long start) throws StorageException {
        List<Zone> found = reporter.report(start, 1);
        if (found.isEmpty()) {
            throw StorageException.of(Kind.IO_ERROR, OPERATION, "the device tells of no zone at " + start)
                    .target(target)
                    .build();
        }
        return found.get(0);
    }

    private StorageException refused(Kind kind, String words, Zone zone, int length) {
        return StorageException.of(kind, OPERATION, words)
                .target(target)
                .range(zone.writePointer(), length)
                .build();
    }

    private void write(Descriptor file, Lane lane, ByteBuffer source, long pointer, long zone) throws StorageException {
        int start = source.position();
        int length = source.remaining();
        while (source.hasRemaining()) {
            long at = pointer + source.position() - start;
            long result = isStraight(source) ? straight(file, source, at) : bounced(file, lane.bounce(), source, at);
            if (result <= 0) {
                int done = written(zone, pointer, source.position() - start, length);
                source.position(start + done);
                throw Errno.failure(
                                OPERATION,
                                result == 0 ? Errno.EIO.result() : result,
                                "the zone goes on where its pointer is")
                        .target(target)
                        .range(pointer, length)
                        .transferred(done)
                        .build();
            }
            source.position(source.position() + (int) result);
        }
    }

    private boolean isStraight(ByteBuffer source) {
        return source.isDirect() && (calls.address(source) + source.position()) % ALIGNMENT == 0;
    }

    private long straight(Descriptor file, ByteBuffer source, long at) throws StorageException {
        return file.call(OPERATION, fd -> calls.pwrite(fd, source, source.position(), source.remaining(), at));
    }

    private long bounced(Descriptor file, ByteBuffer bounce, ByteBuffer source, long at) throws StorageException {
        int length = Math.min(BOUNCE, source.remaining());
        bounce.put(0, source, source.position(), length);
        return file.call(OPERATION, fd -> calls.pwrite(fd, bounce, 0, length, at));
    }

    /** {@return how much was written, as far as is known: what the pointer says, if it says anything that may be} */
    private int written(long zone, long pointer, int known, int length) {
        try {
            long moved = zone(zone).writePointer() - pointer;
            return moved > known && moved <= length ? (int) moved : known;
        } catch (StorageException e) {
            return known;
        }
    }

    /** Opened at the first use: few use zones. Whole pages are a multiple of what any device wants of memory. */
    private synchronized Descriptor direct() throws StorageException {
        if (direct == null) {
            long opened = claimed.reopen(OPERATION, Linux.O_RDWR | Linux.O_DIRECT);
            if (opened < 0) {
                throw Errno.failure(OPERATION, opened).target(target).build();
            }
            Descriptor next = new Descriptor(calls, (int) opened);
            refuseIfGone(next);
            direct = next;
        }
        return direct;
    }

    /** The number of a device that is gone may be another's, and what was opened by it that one. */
    private void refuseIfGone(Descriptor opened) throws StorageException {
        Presence now = presence.get();
        if (now.isGone()) {
            opened.close();
            throw StorageException.of(Kind.REMOVED, OPERATION, "the device is gone: " + now.detail())
                    .target(target)
                    .build();
        }
    }

    @Override
    public synchronized void close() {
        if (direct != null) {
            direct.close();
        }
    }
}

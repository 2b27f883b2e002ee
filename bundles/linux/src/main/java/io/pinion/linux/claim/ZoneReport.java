package io.pinion.linux.claim;

import io.pinion.linux.Linux;
import io.pinion.strategy.Zone;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A struct blk_zone_report with room for so many of struct blk_zone behind it (linux/blkzoned.h), in sectors of 512 bytes whatever
 * the device's blocks are. Not for use by several threads.
 */
final class ZoneReport {
    static final int SECTOR = 512;

    /** Of struct blk_zone_report: sector, nr_zones, flags. */
    static final int HEADER = 16;

    /** Of struct blk_zone: start, len, wp, type, cond, six bytes of no interest, capacity, reserved. */
    static final int ZONE = 64;

    private final ByteBuffer data;
    private final int room;

    ZoneReport(int room) {
        this.room = room;
        data = ByteBuffer.allocateDirect(HEADER + room * ZONE).order(ByteOrder.nativeOrder());
    }

    /** {@return what to give to BLKREPORTZONE for the zones from an offset on} */
    ByteBuffer request(long offset, int count) {
        return data.putLong(0, offset / SECTOR).putInt(8, Math.min(count, room)).putInt(12, 0);
    }

    /** {@return how many zones the kernel filled in} */
    int count() {
        return data.getInt(8);
    }

    /** {@return a zone that the kernel filled in, from 0 on} */
    Zone zone(int index) {
        int at = HEADER + index * ZONE;
        long start = data.getLong(at) * SECTOR;
        long length = data.getLong(at + 8) * SECTOR;
        boolean tells = (data.getInt(12) & Linux.BLK_ZONE_REP_CAPACITY) != 0;
        long capacity = tells ? data.getLong(at + 32) * SECTOR : length;
        Zone.Condition condition = data.get(at + 24) == Linux.BLK_ZONE_TYPE_CONVENTIONAL
                ? Zone.Condition.CONVENTIONAL
                : condition(data.get(at + 25));
        long pointer = switch (condition) {
            case CONVENTIONAL, EMPTY -> start;
            // The kernel gives no pointer then (blk_zone, wp).
            case FULL, READ_ONLY, OFFLINE -> start + capacity;
            default -> data.getLong(at + 16) * SECTOR;
        };
        return Zone.of(start, length, capacity, pointer, condition);
    }

    private static Zone.Condition condition(int told) {
        return switch (told) {
            case Linux.BLK_ZONE_COND_EMPTY -> Zone.Condition.EMPTY;
            case Linux.BLK_ZONE_COND_CLOSED -> Zone.Condition.CLOSED;
            case Linux.BLK_ZONE_COND_FULL -> Zone.Condition.FULL;
            case Linux.BLK_ZONE_COND_READONLY -> Zone.Condition.READ_ONLY;
            case Linux.BLK_ZONE_COND_OFFLINE -> Zone.Condition.OFFLINE;
            // Opened by a write or by a request; a late kernel may tell "active", which is either.
            default -> Zone.Condition.OPEN;
        };
    }
}

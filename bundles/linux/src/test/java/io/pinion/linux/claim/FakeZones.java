package io.pinion.linux.claim;

import io.pinion.linux.Errno;
import io.pinion.linux.Linux;
import io.pinion.linux.ScriptedCalls;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A host-managed device as its ioctls and writes show it: two conventional zones, then sequential ones, the last of them smaller.
 * Bytes go to a real file; a write beside a zone's write pointer fails as on a disk.
 */
final class FakeZones {
    static final int ZONE = 1 << 20;
    static final int CAPACITY = 3 << 18;
    static final int SMALL = 1 << 18;
    static final int ZONES = 8;
    static final long SIZE = (ZONES - 1L) * ZONE + SMALL;

    private final byte[] conditions = new byte[ZONES];
    private final long[] pointers = new long[ZONES];
    final List<String> changes = new ArrayList<>();

    /** How many bytes the next write does, before it fails. */
    int breaksAfter = -1;

    private final ScriptedCalls script;

    FakeZones(ScriptedCalls script) {
        this.script = script;
        for (int zone = 0; zone < ZONES; zone++) {
            conditions[zone] = (byte) (zone < 2 ? 0 : Linux.BLK_ZONE_COND_EMPTY);
            pointers[zone] = start(zone);
        }
        script.answer("ioctl", Integer.MAX_VALUE, a -> a[2] instanceof ByteBuffer, this::ioctl);
        script.answer("pwrite", Integer.MAX_VALUE, a -> a[1] instanceof ByteBuffer, this::write);
    }

    static long start(int zone) {
        return (long) zone * ZONE;
    }

    private static long length(int zone) {
        return zone == ZONES - 1 ? SMALL : ZONE;
    }

    static long capacity(int zone) {
        return Math.min(length(zone), zone < 2 ? ZONE : CAPACITY);
    }

    void condition(int zone, int condition) {
        conditions[zone] = (byte) condition;
    }

    private synchronized long ioctl(Object[] arguments) {
        ByteBuffer data = (ByteBuffer) arguments[2];
        long request = (long) arguments[1];
        if (request == Linux.BLKGETSIZE64) {
            data.putLong(0, SIZE);
        } else if (request == Linux.BLKGETZONESZ) {
            data.putInt(0, ZONE / 512);
        } else if (request == Linux.BLKREPORTZONE) {
            report(data);
        } else {
            String what = request == Linux.BLKRESETZONE ? "reset" : request == Linux.BLKFINISHZONE ? "finish" : "?";
            changes.add(what + " " + data.getLong(0) + "+" + data.getLong(8));
        }
        return 0;
    }

    private void report(ByteBuffer data) {
        int first = (int) (data.getLong(0) * 512 / ZONE);
        int count = Math.min(data.getInt(8), ZONES - first);
        for (int i = 0; i < count; i++) {
            int zone = first + i;
            int at = 16 + i * 64;
            data.putLong(at, start(zone) / 512).putLong(at + 8, length(zone) / 512);
            data.putLong(at + 16, pointers[zone] / 512);
            data.put(at + 24, (byte) (zone < 2 ? Linux.BLK_ZONE_TYPE_CONVENTIONAL : 2))
                    .put(at + 25, conditions[zone]);
            data.putLong(at + 32, capacity(zone) / 512);
        }
        data.putInt(8, count).putInt(12, Linux.BLK_ZONE_REP_CAPACITY);
    }

    private synchronized long write(Object[] arguments) {
        int length = (int) arguments[3];
        long offset = (long) arguments[4];
        int zone = (int) (offset / ZONE);
        if (offset != pointers[zone]) {
            return Errno.EIO.result();
        }
        int most = breaksAfter >= 0 ? breaksAfter : length;
        long done = script.real()
                .pwrite(
                        (int) arguments[0],
                        (ByteBuffer) arguments[1],
                        (int) arguments[2],
                        Math.min(most, length),
                        offset);
        pointers[zone] += Math.max(0, done);
        conditions[zone] = 2;
        boolean breaks = breaksAfter >= 0;
        breaksAfter = -1;
        return breaks ? Errno.EIO.result() : done;
    }
}

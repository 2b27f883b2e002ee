package io.pinion.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.pinion.guest.boot.InGuest;
import io.pinion.guest.device.Content;
import io.pinion.guest.device.ScsiDebug;
import io.pinion.guest.device.Volumes;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.Zone;
import io.pinion.strategy.Zone.Condition;
import io.pinion.strategy.Zones;
import io.pinion.volume.Volume;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A SCSI disk with zones that the host manages: one that is written anywhere, the others from their start on. */
@InGuest
class ZonedDiskIT {
    private static final int ZONE = 4 << 20;
    private static final int COUNT = 8;
    private static final int BLOCK = 4096;

    private static ScsiDebug zoned() throws Exception {
        return new ScsiDebug("zbc=managed", "sector_size=4096", "dev_size_mb=32", "zone_size_mb=4", "zone_nr_conv=1");
    }

    @ParameterizedTest
    @MethodSource("io.pinion.guest.device.Volumes#strategies")
    void its_zones_are_reported(String strategy) throws Exception {
        try (ScsiDebug scsi = zoned();
                Volumes volumes = new Volumes()) {
            Volume volume = volumes.open(strategy, scsi.disk());
            List<Zone> zones = volume.with(Zones.class, z -> z.report(0, 100));
            assertEquals(COUNT, zones.size());
            for (int i = 0; i < COUNT; i++) {
                assertEquals((long) i * ZONE, zones.get(i).start());
                assertEquals(ZONE, zones.get(i).length());
                assertEquals(
                        i == 0 ? Condition.CONVENTIONAL : Condition.EMPTY,
                        zones.get(i).condition());
            }
            assertEquals(
                    List.of(2L * ZONE, 3L * ZONE),
                    volume.with(Zones.class, z -> z.report(2L * ZONE + BLOCK, 2)).stream()
                            .map(Zone::start)
                            .toList());
        }
    }

    @ParameterizedTest
    @MethodSource("io.pinion.guest.device.Volumes#strategies")
    void a_zone_is_appended_to_until_it_is_full_and_begins_anew_when_it_is_reset(String strategy) throws Exception {
        try (ScsiDebug scsi = zoned();
                Volumes volumes = new Volumes()) {
            Volume volume = volumes.open(strategy, scsi.disk());
            Content content = Content.expected(ZONE, ZONE);
            assertEquals(ZONE, append(volume, content.next(ZONE, BLOCK)));
            assertEquals(ZONE + BLOCK, append(volume, content.next(ZONE + BLOCK, 3 * BLOCK)));
            assertZone(volume, Condition.OPEN, ZONE + 4 * BLOCK);
            content.check(volume, ZONE, 4 * BLOCK);

            long rest = ZONE - 4 * BLOCK;
            StorageException full = assertThrows(
                    StorageException.class, () -> append(volume, ByteBuffer.allocateDirect((int) rest + BLOCK)));
            assertEquals(Kind.NO_SPACE, full.kind(), full::getMessage);
            assertZone(volume, Condition.OPEN, ZONE + 4 * BLOCK);

            volume.flush();
            volume.with(Zones.class, z -> {
                z.finish(ZONE, ZONE);
                return null;
            });
            assertEquals(Condition.FULL, zone(volume).condition());
            full = assertThrows(StorageException.class, () -> append(volume, ByteBuffer.allocateDirect(BLOCK)));
            assertEquals(Kind.NO_SPACE, full.kind(), full::getMessage);
            content.check(volume, ZONE, 4 * BLOCK);

            volume.with(Zones.class, z -> {
                z.reset(ZONE, ZONE);
                return null;
            });
            assertZone(volume, Condition.EMPTY, ZONE);
            assertEquals(ZONE, append(volume, content.next(ZONE, BLOCK)));
            content.check(volume, ZONE, BLOCK);
        }
    }

    @ParameterizedTest
    @MethodSource("io.pinion.guest.device.Volumes#strategies")
    void what_makes_up_no_zones_is_refused(String strategy) throws Exception {
        try (ScsiDebug scsi = zoned();
                Volumes volumes = new Volumes()) {
            Volume volume = volumes.open(strategy, scsi.disk());
            for (long[] range : new long[][] {{ZONE + BLOCK, ZONE}, {ZONE, ZONE - BLOCK}, {-ZONE, ZONE}}) {
                StorageException refusal = assertThrows(
                        StorageException.class,
                        () -> volume.with(Zones.class, z -> {
                            z.reset(range[0], range[1]);
                            return null;
                        }));
                assertEquals(Kind.INVALID_ARGUMENT, refusal.kind(), refusal::getMessage);
            }
        }
    }

    private static long append(Volume volume, ByteBuffer bytes) throws StorageException {
        return volume.with(Zones.class, zones -> zones.append(bytes, ZONE));
    }

    private static Zone zone(Volume volume) throws StorageException {
        return volume.with(Zones.class, zones -> zones.report(ZONE, 1)).get(0);
    }

    private static void assertZone(Volume volume, Condition condition, long pointer) throws StorageException {
        assertEquals(condition, zone(volume).condition());
        assertEquals(pointer, zone(volume).writePointer());
    }
}

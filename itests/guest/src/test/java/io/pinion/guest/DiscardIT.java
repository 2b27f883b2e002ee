package io.pinion.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.pinion.guest.boot.InGuest;
import io.pinion.guest.device.Content;
import io.pinion.guest.device.ScsiDebug;
import io.pinion.guest.device.Volumes;
import io.pinion.strategy.Discard;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.WriteZeroes;
import io.pinion.volume.Volume;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A thinly provisioned SCSI disk: what is discarded reads as zeroes (LBPRZ) and so shows. */
@InGuest
class DiscardIT {
    private static final int AREA = 1 << 18;
    private static final int UNIT = 16_384;

    private static ScsiDebug thin() throws Exception {
        return new ScsiDebug("lbpu=1", "lbprz=1", "unmap_granularity=" + UNIT / 512);
    }

    @ParameterizedTest
    @MethodSource("io.pinion.guest.device.Volumes#strategies")
    void discards_the_range_and_no_byte_beside_it(String strategy) throws Exception {
        try (ScsiDebug scsi = thin()) {
            Content content = Content.on(scsi.disk(), 0, AREA);
            try (Volumes volumes = new Volumes()) {
                Volume volume = volumes.open(strategy, scsi.disk());
                assertEquals(UNIT, (long) volume.with(Discard.class, Discard::granularity));
                content.write(volume, 3 * UNIT - 100, 200);
                volume.with(Discard.class, discard -> {
                    discard.discard(3 * UNIT, 2 * UNIT);
                    return null;
                });
                content.zero(3 * UNIT, 2 * UNIT);
                content.check(volume, 0, AREA);
                content.write(volume, 4 * UNIT + 1000, 1000);
                volume.flush();
            }
            content.check(scsi.disk());
        }
    }

    @ParameterizedTest
    @MethodSource("io.pinion.guest.device.Volumes#strategies")
    void refuses_what_the_device_would_round(String strategy) throws Exception {
        try (ScsiDebug scsi = thin();
                Volumes volumes = new Volumes()) {
            Content content = Content.on(scsi.disk(), 0, AREA);
            Volume volume = volumes.open(strategy, scsi.disk());
            assertRefused(Kind.INVALID_ARGUMENT, volume, UNIT + 512, UNIT);
            assertRefused(Kind.INVALID_ARGUMENT, volume, UNIT, UNIT - 512);
            assertRefused(Kind.INVALID_ARGUMENT, volume, -UNIT, UNIT);
            content.check(scsi.disk());
        }
    }

    @ParameterizedTest
    @MethodSource("io.pinion.guest.device.Volumes#strategies")
    void is_not_offered_by_a_disk_without_it(String strategy) throws Exception {
        try (ScsiDebug scsi = new ScsiDebug("lbpu=0", "lbpws=0", "lbpws10=0");
                Volumes volumes = new Volumes()) {
            assertRefused(Kind.UNSUPPORTED, volumes.open(strategy, scsi.disk()), 0, UNIT);
        }
    }

    @ParameterizedTest
    @MethodSource("io.pinion.guest.device.Volumes#strategies")
    void writes_zeroes_to_the_range_and_no_byte_beside_it(String strategy) throws Exception {
        try (ScsiDebug scsi = thin()) {
            Content content = Content.on(scsi.disk(), 0, AREA);
            try (Volumes volumes = new Volumes()) {
                Volume volume = volumes.open(strategy, scsi.disk());
                content.write(volume, 7 * 512 + 1, 1022);
                volume.with(WriteZeroes.class, zeroes -> {
                    zeroes.writeZeroes(8 * 512, 100 * 512);
                    return null;
                });
                content.zero(8 * 512, 100 * 512);
                content.check(volume, 0, AREA);
                volume.flush();
            }
            content.check(scsi.disk());
        }
    }

    private static void assertRefused(Kind kind, Volume volume, long offset, long length) {
        StorageException refusal = assertThrows(
                StorageException.class,
                () -> volume.with(Discard.class, discard -> {
                    discard.discard(offset, length);
                    return null;
                }));
        assertEquals(kind, refusal.kind(), refusal::getMessage);
    }
}

package io.pinion.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.pinion.guest.boot.InGuest;
import io.pinion.guest.device.Content;
import io.pinion.guest.device.Disk;
import io.pinion.guest.device.ScsiDebug;
import io.pinion.guest.device.Volumes;
import io.pinion.strategy.Geometry;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.volume.Volume;
import java.nio.ByteBuffer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** SCSI disks with sectors of 512 and 4096 bytes, and with the ones inside the others. */
@InGuest
class ScsiDiskIT {
    private static final int HEAD = 1 << 18;
    private static final int TAIL = 1 << 16;

    /** What disks are sold as. */
    enum Format {
        SECTORS_512("sector_size=512"),
        SECTORS_512_EMULATED("sector_size=512", "physblk_exp=3"),
        SECTORS_4096("sector_size=4096");

        private final String[] parameters;

        Format(String... parameters) {
            this.parameters = parameters;
        }
    }

    static Stream<Arguments> formats() {
        return Stream.of(Format.values())
                .flatMap(format -> Volumes.STRATEGIES.stream().map(strategy -> Arguments.of(format, strategy)));
    }

    @ParameterizedTest
    @MethodSource("formats")
    void writes_what_is_asked_and_no_byte_beside_it(Format format, String strategy) throws Exception {
        try (ScsiDebug scsi = new ScsiDebug(format.parameters)) {
            Disk disk = scsi.disk();
            long end = disk.size();
            Content head = Content.on(disk, 0, HEAD);
            Content tail = Content.on(disk, end - TAIL, TAIL);
            try (Volumes volumes = new Volumes()) {
                Volume volume = volumes.open(strategy, disk);
                head.write(volume, 0, 4096);
                head.write(volume, 8192, 65536);
                head.write(volume, 512, 512);
                head.write(volume, 100_000, 1);
                head.write(volume, 102_399, 2);
                head.write(volume, 106_497, 12_286);
                head.write(volume, 131_071, 4098);
                tail.write(volume, end - 1, 1);
                tail.write(volume, end - 8193, 4097);
                tail.write(volume, end - 40_960, 8192);
                head.check(volume, 0, HEAD);
                head.check(volume, 99_999, 3);
                tail.check(volume, end - TAIL, TAIL);
                volume.flush();
            }
            head.check(disk);
            tail.check(disk);
        }
    }

    @ParameterizedTest
    @MethodSource("formats")
    void ends_where_the_disk_ends(Format format, String strategy) throws Exception {
        try (ScsiDebug scsi = new ScsiDebug(format.parameters);
                Volumes volumes = new Volumes()) {
            Disk disk = scsi.disk();
            long end = disk.size();
            Content tail = Content.on(disk, end - TAIL, TAIL);
            Volume volume = volumes.open(strategy, disk);
            assertEquals(end, volume.size());

            assertEquals(-1, volume.read(ByteBuffer.allocate(10), end));
            assertEquals(4196, volume.read(ByteBuffer.allocate(8192), end - 4196));
            ByteBuffer across =
                    ByteBuffer.allocate(5000).put(tail.next(end - 4196, 4196)).rewind();
            StorageException full = assertThrows(StorageException.class, () -> volume.write(across, end - 4196));
            assertEquals(Kind.NO_SPACE, full.kind(), full::getMessage);
            assertEquals(4196, full.transferred(), full::getMessage);
            assertEquals(4196, across.position());
            full = assertThrows(StorageException.class, () -> volume.write(ByteBuffer.allocate(1), end));
            assertEquals(Kind.NO_SPACE, full.kind(), full::getMessage);
            volume.flush();
            tail.check(disk);
        }
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void geometry_is_what_the_kernel_says(Format format) throws Exception {
        try (ScsiDebug scsi = new ScsiDebug(format.parameters);
                Volumes volumes = new Volumes()) {
            Geometry geometry = volumes.open("block", scsi.disk()).geometry();
            assertEquals(scsi.disk().number("queue/logical_block_size"), geometry.logicalBlockSize());
            assertEquals(scsi.disk().number("queue/physical_block_size"), geometry.physicalBlockSize());
        }
    }
}

package io.pinion.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.guest.boot.InGuest;
import io.pinion.guest.device.Completions;
import io.pinion.guest.device.Content;
import io.pinion.guest.device.Disk;
import io.pinion.guest.device.ScsiDebug;
import io.pinion.guest.device.Volumes;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.TransferFlags;
import io.pinion.volume.IoQueue;
import io.pinion.volume.Volume;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A SCSI disk with a block that can't be read. */
@InGuest
class MediumErrorIT {
    private static final int BLOCK = 4096;

    /** The bad block: eight sectors of 512 bytes. */
    private static final int BAD = 16 * BLOCK;

    /** Of what fails below the page cache, the kernel keeps to itself what it was (filemap_read answers EIO). */
    private static final Set<Kind> KINDS = EnumSet.of(Kind.MEDIUM_ERROR, Kind.IO_ERROR);

    private static ScsiDebug disk() throws Exception {
        return new ScsiDebug("opts=2", "medium_error_start=" + BAD / 512, "medium_error_count=" + BLOCK / 512);
    }

    @ParameterizedTest
    @MethodSource("io.pinion.guest.device.Volumes#strategies")
    void one_read_fails_and_its_neighbours_do_not(String strategy) throws Exception {
        try (ScsiDebug scsi = disk();
                Volumes volumes = new Volumes()) {
            Disk disk = scsi.disk();
            Content before = Content.on(disk, 0, BAD);
            Content behind = Content.on(disk, BAD + BLOCK, BAD);
            Volume volume = volumes.open(strategy, disk);
            for (int round = 0; round < 2; round++) {
                before.check(volume, BAD - BLOCK, BLOCK);
                StorageException failure =
                        assertThrows(StorageException.class, () -> volume.read(ByteBuffer.allocateDirect(BLOCK), BAD));
                assertKind(strategy, failure);
                assertEquals(0, failure.transferred(), failure::getMessage);
                behind.check(volume, BAD + BLOCK, BLOCK);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("io.pinion.guest.device.Volumes#strategies")
    void one_read_of_a_batch_fails(String strategy) throws Exception {
        int count = 8;
        int bad = 3;
        // Neighbours: the kernel makes one request of what is read at once, and fails it as a whole.
        int stride = BLOCK;
        try (ScsiDebug scsi = disk();
                Volumes volumes = new Volumes()) {
            Content before = Content.on(scsi.disk(), 0, BAD);
            Content behind = Content.on(scsi.disk(), BAD + BLOCK, BAD);
            Volume volume = volumes.open(strategy, scsi.disk());
            ByteBuffer buffers = ByteBuffer.allocateDirect((count + 1) * BLOCK).alignedSlice(BLOCK);
            Completions completions = new Completions();
            try (IoQueue queue = volume.openQueue(count)) {
                for (int i = 0; i < count; i++) {
                    queue.read(buffers, i * BLOCK, BLOCK, BAD + (i - bad) * stride, i, TransferFlags.NONE);
                }
                completions.await(queue, count);
            }
            for (int i = 0; i < count; i++) {
                if (i == bad) {
                    assertKind(strategy, completions.failure(i));
                } else {
                    assertEquals(BLOCK, completions.transferred(i));
                    (i < bad ? before : behind).check(buffers.slice(i * BLOCK, BLOCK), BAD + (i - bad) * stride);
                }
            }
        }
    }

    private static void assertKind(String strategy, StorageException failure) {
        assertTrue(KINDS.contains(failure.kind()), failure::getMessage);
        if (strategy.equals("block")) {
            assertEquals(Kind.MEDIUM_ERROR, failure.kind(), failure::getMessage);
            assertTrue(failure.getMessage().contains("ENODATA"), failure::getMessage);
        }
    }
}

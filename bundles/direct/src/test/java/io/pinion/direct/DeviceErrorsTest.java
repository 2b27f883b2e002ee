package io.pinion.direct;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.linux.Errno;
import io.pinion.memory.BufferLease;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.TransferFlags;
import io.pinion.volume.IoQueue;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Errors of a real device in the middle of a batch: they are those operations' alone. */
@Timeout(120)
class DeviceErrorsTest {
    private static final int BLOCK = DirectFile.BLOCK;
    private static final int MIB = 1 << 20;
    private static final int DEPTH = 24;
    private static final TransferFlags NONE = TransferFlags.NONE;

    @TempDir(factory = DiskDirectory.class)
    Path directory;

    /** Reads from all over a file, of which the device has lost a part. */
    @Test
    void aReadThatTheDeviceFailsIsTheOnlyOneThatFails() throws Exception {
        try (SmallDisk disk = new SmallDisk(directory, 32 * MIB)) {
            byte[] content = DirectFile.content(DEPTH * MIB, 1);
            Path target = Files.write(disk.root().resolve("target"), content);
            try (DirectVolume hosted = new DirectVolume(target);
                    IoQueue queue = hosted.volume.openQueue(DEPTH)) {
                disk.cut(16 * MIB);
                List<ByteBuffer> read = readOneBlockOfEachMiB(hosted, queue);
                assertFalse(hosted.failed.isEmpty(), "the device failed nothing");
                assertFalse(hosted.completed.isEmpty(), "the device failed everything");
                assertEquals(DEPTH, hosted.failed.size() + hosted.completed.size());
                hosted.failed.forEach(
                        (token, error) -> assertTold(error, Errno.EIO, Kind.IO_ERROR, target, token * MIB));
                hosted.completed.forEach((token, count) -> {
                    assertEquals(BLOCK, count);
                    int from = (int) (token * MIB);
                    byte[] expected = Arrays.copyOfRange(content, from, from + BLOCK);
                    assertEquals(ByteBuffer.wrap(expected), read.get(token.intValue()), "block of token " + token);
                });
                assertEquals(hosted.failed.size(), hosted.statistics().failures());
                assertTrue(hosted.why().contains("is OPEN"), hosted.why());
            }
        }
    }

    private static List<ByteBuffer> readOneBlockOfEachMiB(DirectVolume hosted, IoQueue queue) throws StorageException {
        List<ByteBuffer> read = new ArrayList<>();
        for (int i = 0; i < DEPTH; i++) {
            BufferLease lease = hosted.pool.lease(BLOCK);
            read.add(lease.buffer());
            queue.read(lease, 0, BLOCK, (long) i * MIB, i, NONE);
        }
        hosted.complete(queue);
        return read;
    }

    /** Writes to a file with holes, for which the device has no room. */
    @Test
    void aWriteForWhichThereIsNoRoomIsTheOnlyOneThatFails() throws Exception {
        try (SmallDisk disk = new SmallDisk(directory, 8 * MIB)) {
            Path target = disk.root().resolve("target");
            try (RandomAccessFile file = new RandomAccessFile(target.toFile(), "rw")) {
                file.write(new byte[DEPTH / 2 * BLOCK]);
                file.setLength(DEPTH * BLOCK);
            }
            disk.fill();
            try (DirectVolume hosted = new DirectVolume(target);
                    IoQueue queue = hosted.volume.openQueue(DEPTH)) {
                for (int i = 0; i < DEPTH; i++) {
                    // First one that there is a block for, then one into the hole.
                    long position = (long) (i / 2 + i % 2 * (DEPTH / 2)) * BLOCK;
                    ByteBuffer buffer = DirectFile.aligned(DirectFile.content(BLOCK, i));
                    queue.write(buffer, 0, BLOCK, position, position, NONE);
                }
                hosted.complete(queue);
                assertEquals(DEPTH / 2, hosted.failed.size(), hosted.failed::toString);
                hosted.failed.forEach((token, error) -> {
                    assertTrue(token >= DEPTH / 2 * BLOCK, error::toString);
                    assertTold(error, Errno.ENOSPC, Kind.NO_SPACE, target, token);
                });
                for (int i = 0; i < DEPTH; i += 2) {
                    ByteBuffer back = DirectFile.aligned(BLOCK, 0);
                    assertEquals(BLOCK, hosted.volume.read(back, (long) i / 2 * BLOCK));
                    assertEquals(ByteBuffer.wrap(DirectFile.content(BLOCK, i)), back.flip());
                }
            }
        }
    }

    private static void assertTold(StorageException error, Errno errno, Kind kind, Path target, long position) {
        assertEquals(kind, error.kind(), error::toString);
        assertEquals(errno.number(), error.errno().orElse(0), error::toString);
        assertEquals(position, error.offset(), error::toString);
        assertEquals(BLOCK, error.length(), error::toString);
        assertEquals(target.toString(), error.target());
        assertEquals(DirectStrategy.NAME, error.strategy());
    }
}

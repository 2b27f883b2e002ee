package io.pinion.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.guest.boot.InGuest;
import io.pinion.guest.device.Completions;
import io.pinion.guest.device.Content;
import io.pinion.guest.device.Disk;
import io.pinion.guest.device.Mapping;
import io.pinion.guest.device.RamDisk;
import io.pinion.guest.device.Volumes;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.TransferFlags;
import io.pinion.volume.IoQueue;
import io.pinion.volume.SwapReport;
import io.pinion.volume.Volume;
import io.pinion.volume.VolumeState;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Devices of the device mapper that fail, here and there or everywhere, and that take their time. */
@InGuest
class MappedDeviceIT {
    private static final int BLOCK = 4096;
    private static final int SECTORS = 16 * 2048;

    /** What fails of a device that is otherwise sound: from here on, sixteen blocks. */
    private static final int BAD = 64 * BLOCK;

    private static final int BAD_SECTORS = 16 * BLOCK / 512;

    /** EIO, as whoever talks to the device itself, or to the page cache, has to understand it. */
    private static final Set<Kind> FAILED = EnumSet.of(Kind.IO_ERROR, Kind.MEDIUM_ERROR);

    private static final Duration DELAY = Duration.ofMillis(400);

    @ParameterizedTest
    @MethodSource("io.pinion.guest.device.Volumes#strategies")
    void a_device_that_fails_everywhere_gives_typed_errors(String strategy) throws Exception {
        try (Mapping mapping = new Mapping("broken", List.of("0 " + SECTORS + " error"));
                Volumes volumes = new Volumes()) {
            Volume volume = volumes.open(strategy, mapping.disk());
            assertFailed(assertThrows(StorageException.class, () -> volume.read(ByteBuffer.allocateDirect(BLOCK), 0)));
            StorageException write = assertThrows(StorageException.class, () -> {
                volume.write(ByteBuffer.allocateDirect(BLOCK), 0);
                volume.flush();
            });
            assertTrue(FAILED.contains(write.kind()) || write.kind() == Kind.FLUSH_FAILED, write::getMessage);
        }
    }

    @ParameterizedTest
    @MethodSource("io.pinion.guest.device.Volumes#strategies")
    void a_device_that_fails_in_one_place_is_sound_in_the_others(String strategy) throws Exception {
        try (RamDisk ram = new RamDisk();
                Mapping mapping = new Mapping("spotted", spotted(ram.disk()))) {
            Disk disk = mapping.disk();
            Content before = Content.on(disk, 0, BAD);
            Content behind = Content.on(disk, BAD + BAD_SECTORS * 512, BAD);
            try (Volumes volumes = new Volumes()) {
                Volume volume = volumes.open(strategy, disk);
                for (long at : new long[] {BAD, BAD + 7 * BLOCK, BAD + 15 * BLOCK}) {
                    assertFailed(assertThrows(
                            StorageException.class, () -> volume.read(ByteBuffer.allocateDirect(BLOCK), at)));
                }
                before.write(volume, BAD - 1000, 1000);
                behind.write(volume, BAD + BAD_SECTORS * 512L, 1000);
                before.check(volume, BAD - BLOCK, BLOCK);
                behind.check(volume, BAD + BAD_SECTORS * 512L, BLOCK);
                volume.flush();
            }
            before.check(disk);
            behind.check(disk);
        }
    }

    @ParameterizedTest
    @MethodSource("io.pinion.guest.device.Volumes#strategies")
    void a_flush_that_failed_stays_failed(String strategy) throws Exception {
        try (RamDisk ram = new RamDisk();
                Mapping mapping = new Mapping("spotted", spotted(ram.disk()));
                Volumes volumes = new Volumes()) {
            Volume volume = volumes.open(strategy, mapping.disk());
            // Through the page cache the write succeeds and its flush tells; past it the write tells, and nothing is
            // lost.
            StorageException failure = assertThrows(StorageException.class, () -> {
                volume.write(ByteBuffer.allocateDirect(BLOCK), BAD);
                volume.flush();
            });
            if (failure.kind() == Kind.FLUSH_FAILED) {
                assertEquals(
                        Kind.FLUSH_FAILED,
                        assertThrows(StorageException.class, () -> volume.read(ByteBuffer.allocate(1), 0))
                                .kind());
                assertEquals(
                        VolumeState.FAILED,
                        volumes.admin().volume(volume.name()).orElseThrow().state());
            } else {
                assertFailed(failure);
                volume.write(ByteBuffer.allocateDirect(BLOCK), 0);
                volume.flush();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("io.pinion.guest.device.Volumes#strategies")
    void a_swap_waits_for_a_device_that_takes_its_time(String strategy) throws Exception {
        int count = 8;
        try (RamDisk ram = new RamDisk();
                Mapping mapping = new Mapping("slow", slow(ram.disk()));
                Volumes volumes = new Volumes()) {
            Disk disk = mapping.disk();
            Content content = Content.on(disk, 0, count * BLOCK);
            Volume volume = volumes.open(strategy, disk);
            Completions completions = new Completions();
            ByteBuffer[] buffers = new ByteBuffer[count];
            try (IoQueue queue = volume.openQueue(count)) {
                for (int i = 0; i < count; i++) {
                    buffers[i] = content.next((long) i * BLOCK, BLOCK);
                    queue.write(buffers[i], 0, BLOCK, (long) i * BLOCK, i, TransferFlags.DURABLE);
                }
                queue.submit(0, 0);
                CompletableFuture<SwapReport> swap = CompletableFuture.supplyAsync(() -> swap(volumes, volume));
                completions.await(queue, count);
                while (!swap.isDone()) {
                    queue.submit(0, DELAY.toNanos() / 20);
                    queue.poll(completions);
                }
                SwapReport report = swap.get();
                assertTrue(report.isServing(), report::toString);
                assertEquals("other", report.to());
            }
            for (int i = 0; i < count; i++) {
                assertEquals(BLOCK, completions.transferred(i));
            }
            content.check(volume, 0, count * BLOCK);
            content.check(disk);
        }
    }

    private static SwapReport swap(Volumes volumes, Volume volume) {
        try {
            return volumes.admin().swap(volume.name(), "other");
        } catch (StorageException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> spotted(Disk disk) {
        int from = BAD / 512;
        int behind = from + BAD_SECTORS;
        return List.of(
                "0 " + from + " linear " + disk.node() + " 0",
                from + " " + BAD_SECTORS + " error",
                behind + " " + (SECTORS - behind) + " linear " + disk.node() + " " + behind);
    }

    /** What is read comes at once; what is written, and a flush, after the delay. */
    private static List<String> slow(Disk disk) {
        return List.of("0 " + SECTORS + " delay " + disk.node() + " 0 0 " + disk.node() + " 0 " + DELAY.toMillis());
    }

    private static void assertFailed(StorageException failure) {
        assertTrue(FAILED.contains(failure.kind()), failure::getMessage);
        assertEquals(0, failure.transferred(), failure::getMessage);
    }
}

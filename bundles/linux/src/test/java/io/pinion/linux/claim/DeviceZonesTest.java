package io.pinion.linux.claim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.linux.DiskDirectory;
import io.pinion.linux.Linux;
import io.pinion.linux.ScriptedCalls;
import io.pinion.linux.SystemCalls;
import io.pinion.strategy.Access;
import io.pinion.strategy.Presence;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.Zone;
import io.pinion.strategy.Zone.Condition;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class DeviceZonesTest {
    private static final int BLOCK = 4096;
    private static final long THIRD = FakeZones.start(2);

    private final ScriptedCalls script = new ScriptedCalls();
    private final FakeZones device = new FakeZones(script);

    @TempDir(factory = DiskDirectory.class)
    Path directory;

    private Path file;
    private Descriptor descriptor;
    private DeviceZones zones;
    private Presence presence = Presence.present(FakeZones.SIZE);

    @BeforeEach
    void open() throws Exception {
        file = directory.resolve("disk");
        try (RandomAccessFile made = new RandomAccessFile(file.toFile(), "rw")) {
            made.setLength(FakeZones.SIZE);
        }
        Path sys = directory.resolve("sys");
        Path queue = Files.createDirectories(sys.resolve("dev/block/8:0/queue"));
        Files.writeString(queue.resolve("zoned"), "host-managed\n");
        Files.writeString(queue.resolve("zone_write_granularity"), BLOCK + "\n");
        descriptor = new Descriptor(
                script.calls(), script.real().open(SystemCalls.path(file), Linux.O_RDWR | Linux.O_CLOEXEC, 0));
        BlockDevices devices = new BlockDevices(sys);
        assertTrue(DeviceZones.has(devices, "8:0"));
        zones = new DeviceZones(
                script.calls(), devices, descriptor, "8:0", () -> presence, "/dev/zoned", Access.READ_WRITE);
    }

    @AfterEach
    void close() {
        descriptor.close();
        zones.close();
    }

    /** linux/blkzoned.h; the size of what a request takes is part of its number. */
    @Test
    void hasTheKernelsSizes() {
        assertEquals(ZoneReport.HEADER, size(Linux.BLKREPORTZONE));
        assertEquals(64, ZoneReport.ZONE);
        assertEquals(16, size(Linux.BLKRESETZONE));
        assertEquals(16, size(Linux.BLKFINISHZONE));
        assertEquals(4, size(Linux.BLKGETZONESZ));
        assertEquals(16 + 3 * 64, new ZoneReport(3).request(0, 3).capacity());
    }

    private static long size(long request) {
        return request >> 16 & 0x3fff;
    }

    @Test
    void reports() throws Exception {
        device.condition(3, Linux.BLK_ZONE_COND_FULL);
        device.condition(4, Linux.BLK_ZONE_COND_READONLY);
        device.condition(5, Linux.BLK_ZONE_COND_OFFLINE);
        device.condition(6, Linux.BLK_ZONE_COND_CLOSED);
        List<Zone> all = zones.report(0, 100);
        assertEquals(
                List.of(
                        Condition.CONVENTIONAL,
                        Condition.CONVENTIONAL,
                        Condition.EMPTY,
                        Condition.FULL,
                        Condition.READ_ONLY,
                        Condition.OFFLINE,
                        Condition.CLOSED,
                        Condition.EMPTY),
                all.stream().map(Zone::condition).toList());
        Zone full = all.get(3);
        assertEquals(FakeZones.start(3), full.start());
        assertEquals(FakeZones.ZONE, full.length());
        assertEquals(FakeZones.CAPACITY, full.capacity());
        assertEquals(FakeZones.start(3) + FakeZones.CAPACITY, full.writePointer());
        assertEquals(FakeZones.SMALL, all.get(7).length());
        assertEquals(THIRD, zones.report(THIRD + 5, 1).get(0).start());
        assertEquals(List.of(), zones.report(FakeZones.SIZE, 3));
        refused(Kind.INVALID_ARGUMENT, "is past size=", () -> zones.report(FakeZones.SIZE + 1, 3));
    }

    @Test
    void resetsAndFinishesWholeZones() throws Exception {
        zones.reset(THIRD, 2 * FakeZones.ZONE);
        zones.finish(FakeZones.start(7), FakeZones.SMALL);
        zones.reset(0, FakeZones.SIZE);
        zones.reset(THIRD, 0);
        assertEquals(List.of("reset 4096+4096", "finish 14336+512", "reset 0+14848"), device.changes);
        refused(
                Kind.INVALID_ARGUMENT,
                "offset=4096 is not a multiple of zoneSize=",
                () -> zones.reset(4096, FakeZones.ZONE));
        refused(Kind.INVALID_ARGUMENT, "length=4096 is not a multiple of zoneSize=", () -> zones.finish(0, 4096));
        refused(Kind.INVALID_ARGUMENT, "is past size=", () -> zones.reset(FakeZones.start(7), FakeZones.ZONE));
        refused(Kind.INVALID_ARGUMENT, " is no range", () -> zones.reset(2 * FakeZones.SIZE, -FakeZones.SIZE));
        assertEquals(3, device.changes.size());
    }

    @Test
    void appendsWhereThePointerIs() throws Exception {
        assertEquals(THIRD, zones.append(filled(BLOCK, 1), THIRD));
        assertEquals(THIRD + BLOCK, zones.append(direct(2 * BLOCK, 2), THIRD));
        assertEquals(FakeZones.start(3), zones.append(filled(BLOCK, 3), FakeZones.start(3)));
        ByteBuffer empty = ByteBuffer.allocate(0);
        assertEquals(THIRD + 3 * BLOCK, zones.append(empty, THIRD));
        byte[] expected = new byte[3 * BLOCK];
        Arrays.fill(expected, 0, BLOCK, (byte) 1);
        Arrays.fill(expected, BLOCK, 3 * BLOCK, (byte) 2);
        assertArrayEquals(expected, read(THIRD, 3 * BLOCK));
    }

    @Test
    void appendsFromAnyMemory() throws Exception {
        ByteBuffer odd = ByteBuffer.allocateDirect(3 * BLOCK).position(1).limit(2 * BLOCK + 1);
        assertEquals(THIRD, zones.append(odd, THIRD));
        assertEquals(2 * BLOCK + 1, odd.position());
        assertEquals(2 * BLOCK + 1, odd.limit());
        ByteBuffer large = filled(FakeZones.CAPACITY - 2 * BLOCK, 7);
        assertEquals(THIRD + 2 * BLOCK, zones.append(large.asReadOnlyBuffer(), THIRD));
        assertEquals(7, read(THIRD + FakeZones.CAPACITY - 1, 1)[0]);
    }

    @Test
    void refusesWhatAZoneCannotTake() throws Exception {
        refused(
                Kind.INVALID_ARGUMENT,
                "length=512 is not a multiple of zoneWriteGranularity=4096",
                () -> zones.append(filled(512, 1), THIRD));
        refused(
                Kind.INVALID_ARGUMENT,
                "is not a multiple of zoneSize=",
                () -> zones.append(filled(BLOCK, 1), THIRD + BLOCK));
        refused(Kind.INVALID_ARGUMENT, "is past size=", () -> zones.append(filled(BLOCK, 1), FakeZones.start(8)));
        refused(Kind.UNSUPPORTED, "conventional", () -> zones.append(filled(BLOCK, 1), 0));
        ByteBuffer large = filled(FakeZones.CAPACITY + BLOCK, 1);
        refused(Kind.NO_SPACE, FakeZones.CAPACITY + " bytes; append to another", () -> zones.append(large, THIRD));
        assertEquals(0, large.position());
        device.condition(3, Linux.BLK_ZONE_COND_FULL);
        refused(Kind.NO_SPACE, "room for, 0 bytes", () -> zones.append(filled(BLOCK, 1), FakeZones.start(3)));
        device.condition(4, Linux.BLK_ZONE_COND_READONLY);
        refused(Kind.READ_ONLY, "read-only", () -> zones.append(filled(BLOCK, 1), FakeZones.start(4)));
        device.condition(5, Linux.BLK_ZONE_COND_OFFLINE);
        refused(Kind.MEDIUM_ERROR, "given the zone up", () -> zones.append(filled(BLOCK, 1), FakeZones.start(5)));
        assertFalse(script.made().contains("pwrite"));
    }

    @Test
    void goesOnWhereAFailureLeftThePointer() throws Exception {
        device.breaksAfter = 2 * BLOCK;
        ByteBuffer broken = direct(4 * BLOCK, 1);
        StorageException failure = assertThrows(StorageException.class, () -> zones.append(broken, THIRD));
        assertEquals(Kind.IO_ERROR, failure.kind());
        assertEquals(THIRD, failure.offset());
        assertEquals(2 * BLOCK, failure.transferred());
        assertEquals(2 * BLOCK, broken.position());
        assertEquals(THIRD + 2 * BLOCK, zones.append(broken, THIRD));
        assertArrayEquals(new byte[] {1, 0}, new byte[] {
            read(THIRD + 4 * BLOCK - 1, 1)[0], read(THIRD + 4 * BLOCK, 1)[0]
        });
    }

    @Test
    void appendsTakeTurns() throws Exception {
        int writers = 8;
        int each = 20;
        ConcurrentSkipListSet<Long> offsets = new ConcurrentSkipListSet<>();
        ExecutorService threads = Executors.newFixedThreadPool(writers);
        CountDownLatch start = new CountDownLatch(writers);
        try {
            List<Future<?>> all = IntStream.range(0, writers)
                    .<Future<?>>mapToObj(writer -> threads.submit(() -> {
                        start.countDown();
                        start.await();
                        for (int i = 0; i < each; i++) {
                            offsets.add(zones.append(filled(BLOCK, writer + 1), THIRD));
                        }
                        return null;
                    }))
                    .toList();
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            threads.shutdown();
        }
        assertEquals(writers * each, offsets.size());
        assertEquals(THIRD + (writers * each - 1L) * BLOCK, offsets.last());
    }

    @Test
    void changesNothingOfAVolumeThatReads() throws Exception {
        Path sys = directory.resolve("sys");
        DeviceZones reader = new DeviceZones(
                script.calls(),
                new BlockDevices(sys),
                descriptor,
                "8:0",
                () -> presence,
                "/dev/zoned",
                Access.READ_ONLY);
        assertEquals(8, reader.report(0, 8).size());
        refused(Kind.READ_ONLY, "access=read-only", () -> reader.reset(0, FakeZones.ZONE));
        refused(Kind.READ_ONLY, "access=read-only", () -> reader.finish(0, FakeZones.ZONE));
        refused(Kind.READ_ONLY, "access=read-only", () -> reader.append(filled(BLOCK, 1), THIRD));
    }

    @Test
    void writesToNoOtherDevice() throws Exception {
        presence = Presence.gone("the number 8:0 is another device's by now");
        refused(Kind.REMOVED, "another device's", () -> zones.append(filled(BLOCK, 1), THIRD));
        assertFalse(script.made().contains("pwrite"));
        presence = Presence.present(FakeZones.SIZE);
        assertEquals(THIRD, zones.append(filled(BLOCK, 1), THIRD));
    }

    @Test
    void endsWithItsClaim() throws Exception {
        descriptor.close();
        zones.close();
        refused(Kind.CLOSED, "given back", () -> zones.append(filled(BLOCK, 1), THIRD));
    }

    private static void refused(Kind kind, String words, Executable call) {
        StorageException failure = assertThrows(StorageException.class, call);
        assertEquals(kind, failure.kind(), failure.getMessage());
        assertTrue(failure.getMessage().contains(words), failure.getMessage());
    }

    private byte[] read(long offset, int length) throws Exception {
        byte[] bytes = new byte[length];
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "r")) {
            open.seek(offset);
            open.readFully(bytes);
        }
        return bytes;
    }

    private static ByteBuffer filled(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return ByteBuffer.wrap(bytes);
    }

    /** On a page: goes to the kernel as it is. */
    private static ByteBuffer direct(int length, int value) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(length + BLOCK).alignedSlice(BLOCK);
        return buffer.put(filled(length, value)).flip();
    }
}

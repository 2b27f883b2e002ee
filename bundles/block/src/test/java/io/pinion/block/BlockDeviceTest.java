package io.pinion.block;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.linux.Linux;
import io.pinion.linux.claim.LinuxTargetGuard;
import io.pinion.linux.libc.LibC;
import io.pinion.strategy.Access;
import io.pinion.strategy.Capability;
import io.pinion.strategy.Claim;
import io.pinion.strategy.ClaimRequest;
import io.pinion.strategy.Examination;
import io.pinion.strategy.Handover;
import io.pinion.strategy.OpenOptions;
import io.pinion.strategy.PositionalChannel;
import io.pinion.strategy.Resize;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.Target;
import io.pinion.strategy.TransferFlags;
import io.pinion.strategy.TransferMeter;
import io.pinion.tck.LoopDevice;
import io.pinion.tck.OpenFiles;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is particular to devices, on loop devices. */
@Timeout(60)
class BlockDeviceTest {
    private static final int SIZE = 1 << 20;

    @TempDir
    Path directory;

    private final LibC calls = new LibC();
    private final BlockStrategy strategy = new BlockStrategy(calls);
    private final TransferMeter meter = new TransferMeter();

    @ParameterizedTest
    @ValueSource(ints = {512, 4096})
    void theGeometryIsTheDevices(int block) throws Exception {
        try (LoopDevice device = LoopDevice.of(directory, SIZE, block)) {
            Examination examination = strategy.examine(Target.of(device.path()));
            assertTrue(examination.isSuitable(), examination.notes()::toString);
            assertEquals(block, examination.geometry().logicalBlockSize());
            assertEquals(block, examination.geometry().offsetAlignment());
            assertEquals(block, examination.geometry().lengthAlignment());
            assertTrue(examination.geometry().physicalBlockSize() >= block);
            assertFalse(examination.capabilities().contains(Capability.SET_SIZE));
        }
    }

    @Test
    void whatIsNoBlockDeviceIsRefusedInWords() throws Exception {
        assertEquals(
                List.of("it is a file: use strategy direct or buffered"),
                strategy.examine(Target.of(Files.createFile(directory.resolve("file"))))
                        .notes());
        assertEquals(
                List.of("it is a directory: name a block device"),
                strategy.examine(Target.of(directory)).notes());
        assertEquals(
                List.of("it is a character device: use strategy tape for a tape drive"),
                strategy.examine(Target.of(Path.of("/dev/null"))).notes());
    }

    @ParameterizedTest
    @ValueSource(ints = {512, 4096})
    void anUnalignedWriteReadsAndWritesEachEdgeBlockOnce(int block) throws Exception {
        try (LoopDevice device = LoopDevice.of(directory, SIZE, block);
                Claim claim = claim(device)) {
            byte[] before = new byte[SIZE];
            new Random(1).nextBytes(before);
            Files.write(device.file(), before);
            PositionalChannel channel = open(device, claim);
            Sectors sectors = Sectors.of(device.path());
            byte[] content = new byte[2 * block];
            Arrays.fill(content, (byte) 7);
            assertEquals(content.length, channel.write(ByteBuffer.wrap(content), block + 1, TransferFlags.NONE));
            assertEquals(2L * block, sectors.read(), "an edge block at each end");
            assertEquals(3L * block, sectors.written());
            channel.flush();
            channel.close();
            System.arraycopy(content, 0, before, block + 1, content.length);
            assertArrayEquals(before, Files.readAllBytes(device.file()));
        }
    }

    @Test
    void aFittingWriteIsOneRequestWithoutACopy() throws Exception {
        try (LoopDevice device = LoopDevice.of(directory, SIZE, 512);
                Claim claim = claim(device)) {
            PositionalChannel channel = open(device, claim);
            Sectors sectors = Sectors.of(device.path());
            channel.write(ByteBuffer.allocateDirect(2 * 8192).alignedSlice(4096).limit(8192), 512, TransferFlags.NONE);
            assertEquals(0, sectors.read());
            assertEquals(8192, sectors.written());
            assertEquals(0, meter.bouncedBytes());
            channel.close();
        }
    }

    @Test
    void theKernelTakesNoNoteOfReads() throws Exception {
        try (LoopDevice device = LoopDevice.of(directory, SIZE, 512);
                Claim claim = claim(device)) {
            PositionalChannel channel = open(device, claim);
            List<OpenFiles.OpenFile> direct = OpenFiles.of(device.path()).stream()
                    .filter(OpenFiles.OpenFile::isDirect)
                    .toList();
            assertFalse(direct.isEmpty());
            assertTrue(direct.stream().allMatch(open -> (open.flags() & Linux.O_NOATIME) != 0), direct::toString);
            channel.close();
        }
    }

    @Test
    void aDeviceThatIsSetReadOnlyMeanwhileIsReadOnly() throws Exception {
        try (LoopDevice device = LoopDevice.of(directory, SIZE, 512);
                Claim claim = claim(device)) {
            PositionalChannel channel = open(device, claim);
            blockdev("--setro", device.path());
            try {
                StorageException e = assertThrows(
                        StorageException.class,
                        () -> channel.write(ByteBuffer.allocateDirect(512), 0, TransferFlags.NONE));
                assertEquals(Kind.READ_ONLY, e.kind(), e::getMessage);
            } finally {
                blockdev("--setrw", device.path());
                channel.close();
            }
        }
    }

    @Test
    void theSizeFollowsARescan() throws Exception {
        try (LoopDevice device = LoopDevice.of(directory, SIZE, 512);
                Claim claim = claim(device)) {
            PositionalChannel channel = open(device, claim);
            assertEquals(SIZE, channel.size());
            try (RandomAccessFile file = new RandomAccessFile(device.file().toFile(), "rw")) {
                file.setLength(2 * SIZE);
            }
            LoopDevice.losetup("--set-capacity", device.path().toString());
            assertEquals(2 * SIZE, channel.adapt(Resize.class).orElseThrow().rescan());
            assertEquals(2 * SIZE, channel.size());
            assertEquals(1000, channel.write(ByteBuffer.allocate(1000), 2 * SIZE - 1000, TransferFlags.NONE));
            channel.close();
        }
    }

    private Claim claim(LoopDevice device) throws StorageException {
        return new LinuxTargetGuard(calls).claim(Target.of(device.path()), ClaimRequest.of(Access.READ_WRITE));
    }

    private PositionalChannel open(LoopDevice device, Claim claim) throws StorageException {
        Target target = Target.of(device.path()).claimedBy(claim);
        PositionalChannel channel = (PositionalChannel)
                strategy.open(target, OpenOptions.of(Access.READ_WRITE).withMeter(meter));
        channel.begin(Handover.first());
        return channel;
    }

    private static void blockdev(String option, Path device) throws Exception {
        Process process = new ProcessBuilder("blockdev", option, device.toString())
                .inheritIO()
                .start();
        assertEquals(0, process.waitFor());
    }
}

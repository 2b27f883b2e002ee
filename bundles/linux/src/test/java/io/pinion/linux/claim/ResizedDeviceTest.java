package io.pinion.linux.claim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.linux.DiskDirectory;
import io.pinion.linux.libc.LibC;
import io.pinion.strategy.Examination;
import io.pinion.strategy.Geometry;
import io.pinion.strategy.IoStrategy;
import io.pinion.strategy.OpenOptions;
import io.pinion.strategy.PositionalChannel;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.Target;
import io.pinion.strategy.TransferFlags;
import io.pinion.volume.Pinion;
import io.pinion.volume.Volume;
import io.pinion.volume.VolumeState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A volume on a loop device that shrinks and grows under it, as root. */
@Timeout(120)
class ResizedDeviceTest {
    private static final int SIZE = 4 << 20;
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir(factory = DiskDirectory.class)
    Path directory;

    private final Pinion pinion = Pinion.start();
    private Path image;
    private LoopDevice loop;
    private Volume volume;

    @BeforeEach
    void open() throws Exception {
        image = Files.write(directory.resolve("image"), new byte[SIZE]);
        loop = new LoopDevice(image);
        pinion.guard(new LinuxTargetGuard(new LibC()));
        pinion.add("plain", new Plain(), Set.of(Target.PATH), 0);
        pinion.configure("v", Map.of("target", loop.path().toString(), "strategy", "plain"));
        volume = pinion.volume("v", SOON);
    }

    @AfterEach
    void close() throws Exception {
        pinion.close();
        if (loop != null) {
            loop.close();
        }
    }

    private void resize(long size) throws Exception {
        try (FileChannel file = FileChannel.open(image, StandardOpenOption.WRITE)) {
            file.truncate(size);
            file.write(ByteBuffer.allocate(1), size - 1);
        }
        LoopDevice.losetup("--set-capacity", loop.path().toString());
    }

    private VolumeState state() {
        return pinion.admin().volume("v").orElseThrow().state();
    }

    private static void await(String what, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + SOON.toNanos();
        while (!condition.call()) {
            assertTrue(System.nanoTime() - end < 0, what);
            Thread.sleep(20);
        }
    }

    @Test
    void whatShrankHasFailedUntilThatIsAccepted() throws Exception {
        volume.write(ByteBuffer.allocate(512), SIZE - 512);
        volume.flush();
        resize(SIZE / 2);
        StorageException e =
                assertThrows(StorageException.class, () -> volume.read(ByteBuffer.allocate(512), SIZE - 512));
        assertEquals(Kind.TARGET_CHANGED, e.kind());
        assertTrue(e.getMessage().contains("from " + SIZE + " to " + SIZE / 2 + " bytes"), e.getMessage());
        await("it has failed", () -> state() == VolumeState.FAILED);
        pinion.admin().reopen("v", true);
        assertEquals(SIZE / 2, volume.size());
    }

    @Test
    void whatShrankIsFoundWithoutUse() throws Exception {
        resize(SIZE / 2);
        await("it has failed", () -> state() == VolumeState.FAILED);
    }

    @Test
    void whatGrewIsTold() throws Exception {
        resize(2L * SIZE);
        await(
                "it is told",
                () -> String.join(" ", pinion.admin().why("v")).contains("grew from " + SIZE + " to " + 2 * SIZE));
        assertEquals(2L * SIZE, volume.size());
        assertEquals(512, volume.write(ByteBuffer.allocate(512), 2L * SIZE - 512));
        volume.flush();
        assertEquals(VolumeState.OPEN, state());
    }

    @Test
    void whatLostAllItsCapacityIsGone() throws Exception {
        try (FileChannel file = FileChannel.open(image, StandardOpenOption.WRITE)) {
            file.truncate(0);
        }
        LoopDevice.losetup("--set-capacity", loop.path().toString());
        ByteBuffer buffer = ByteBuffer.allocate(512);
        assertEquals(
                Kind.REMOVED,
                assertThrows(StorageException.class, () -> volume.read(buffer, 0))
                        .kind());
        await("it waits", () -> state() == VolumeState.WAITING);
    }

    /** The least that serves a device. */
    private static final class Plain implements IoStrategy {
        @Override
        public Examination examine(Target target) {
            return Examination.suitable(target, Geometry.builder().build()).build();
        }

        @Override
        public PositionalChannel open(Target target, OpenOptions options) throws StorageException {
            try {
                return new PlainChannel(
                        FileChannel.open(target.path(), StandardOpenOption.READ, StandardOpenOption.WRITE));
            } catch (IOException e) {
                throw StorageException.of("open", e).build();
            }
        }
    }

    private static final class PlainChannel implements PositionalChannel {
        private final FileChannel file;

        PlainChannel(FileChannel file) {
            this.file = file;
        }

        private interface Transfer {
            int run() throws IOException;
        }

        private static int as(String operation, Transfer transfer) throws StorageException {
            try {
                return transfer.run();
            } catch (IOException e) {
                throw StorageException.of(operation, e).build();
            }
        }

        @Override
        public Geometry geometry() {
            return Geometry.builder().build();
        }

        @Override
        public int read(ByteBuffer target, long position, TransferFlags flags) throws StorageException {
            return as("read", () -> file.read(target, position));
        }

        @Override
        public int write(ByteBuffer source, long position, TransferFlags flags) throws StorageException {
            return as("write", () -> file.write(source, position));
        }

        @Override
        public long size() throws StorageException {
            try {
                return file.size();
            } catch (IOException e) {
                throw StorageException.of("size", e).build();
            }
        }

        @Override
        public void setSize(long size) throws StorageException {
            throw StorageException.of(Kind.UNSUPPORTED, "setSize", "a device's length is fixed")
                    .build();
        }

        @Override
        public void flush() throws StorageException {
            as("flush", () -> {
                file.force(false);
                return 0;
            });
        }

        @Override
        public void close() {
            try {
                file.close();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}

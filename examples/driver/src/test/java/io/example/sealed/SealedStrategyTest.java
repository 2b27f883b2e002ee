package io.example.sealed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.strategy.Access;
import io.pinion.strategy.Examination;
import io.pinion.strategy.Handover;
import io.pinion.strategy.IoChannel;
import io.pinion.strategy.OpenOptions;
import io.pinion.strategy.PositionalChannel;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.Target;
import io.pinion.strategy.TransferFlags;
import io.pinion.volume.Pinion;
import io.pinion.volume.Volume;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What this strategy alone promises. */
class SealedStrategyTest {
    private static final TransferFlags NONE = TransferFlags.NONE;
    private static final int SIZE = 3 * Lane.BLOCK + 100;

    @TempDir
    private Path directory;

    private SealedFiles files;

    @BeforeEach
    void prepare() throws Exception {
        files = new SealedFiles(directory);
    }

    @Test
    void a_volume_with_size_creates_its_file() throws Exception {
        Path file = directory.resolve("new");
        try (Pinion pinion = Pinion.start()) {
            pinion.add(SealedStrategy.NAME, files.strategy(), Set.of(SealedStrategy.SCHEME), 0);
            String target = SealedStrategy.SCHEME + ":" + file;
            pinion.configure("v", Map.of("target", target, "strategy", SealedStrategy.NAME, "size", "1MiB"));
            Volume volume = pinion.volume("v", Duration.ofSeconds(10));
            assertEquals(1 << 20, volume.size());
            volume.write(ByteBuffer.wrap(new byte[] {1, 2, 3}), 5000);
        }
        Target target = Target.parse(SealedStrategy.SCHEME + ":" + file);
        try (PositionalChannel channel = files.open(target)) {
            assertArrayEquals(new byte[] {0, 1, 2, 3, 0}, read(channel, 4999, 5));
        }
    }

    @Test
    void another_key_opens_nothing() throws Exception {
        Target target = files.create(SIZE);
        SealedStrategy other = new SealedStrategy(files.newKey(2));
        Examination found = other.examine(target);
        assertFalse(found.isSuitable());
        assertTrue(found.notes().get(0).contains("the key in key.file is not the one"), found::toString);
        try (IoChannel channel = other.open(target, OpenOptions.of(Access.READ_WRITE))) {
            StorageException e = assertThrows(StorageException.class, () -> channel.begin(Handover.first()));
            assertEquals(Kind.ACCESS_DENIED, e.kind());
        }
    }

    @Test
    void a_key_that_others_may_read_is_refused() throws Exception {
        Target target = files.create(SIZE);
        Path key = files.newKey(1);
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r-----"));
        Examination found = new SealedStrategy(key).examine(target);
        assertTrue(found.notes().get(0).contains("may be read or written by others (rw-r-----)"), found::toString);
    }

    @Test
    void a_key_that_is_missing_or_too_short_is_told() throws Exception {
        Target target = files.create(SIZE);
        Path missing = directory.resolve("missing");
        Examination found = new SealedStrategy(missing).examine(target);
        assertEquals("key.file=" + missing + " does not exist", found.notes().get(0));
        Path key = Files.write(files.newKey(1), new byte[31]);
        found = new SealedStrategy(key).examine(target);
        assertTrue(found.notes().get(0).contains("must hold 32 bytes"), found::toString);
    }

    @Test
    void a_file_of_another_sort_is_refused_and_left_alone() throws Exception {
        Path file = Files.write(directory.resolve("other"), new byte[10_000]);
        Examination found = files.strategy().examine(Target.parse(SealedStrategy.SCHEME + ":" + file));
        assertFalse(found.isSuitable());
        assertArrayEquals(new byte[10_000], Files.readAllBytes(file));
    }

    @Test
    void a_changed_block_fails_by_its_number_and_the_others_are_read() throws Exception {
        Target target = filled();
        damage(target, 1, 2000);
        try (PositionalChannel channel = files.open(target)) {
            ByteBuffer buffer = ByteBuffer.allocate(SIZE);
            StorageException e = assertThrows(StorageException.class, () -> channel.read(buffer, 0, NONE));
            assertEquals(Kind.MEDIUM_ERROR, e.kind());
            assertEquals(Lane.BLOCK, e.transferred());
            assertEquals(Lane.BLOCK, buffer.position());
            assertTrue(e.getMessage().contains("block=1 (offset=4064 length=4064"), e::getMessage);
            assertEquals(7, read(channel, 2 * Lane.BLOCK, 1)[0]);
        }
    }

    @Test
    void a_changed_block_that_is_written_whole_is_well_again() throws Exception {
        Target target = filled();
        damage(target, 1, 2000);
        try (PositionalChannel channel = files.open(target)) {
            assertThrows(StorageException.class, () -> channel.write(ByteBuffer.allocate(10), 5000, NONE));
            channel.write(ByteBuffer.allocate(Lane.BLOCK), Lane.BLOCK, NONE);
            assertEquals(0, read(channel, 5000, 1)[0]);
        }
    }

    @Test
    void a_block_in_the_place_of_another_is_found() throws Exception {
        Target target = filled();
        byte[] bytes = Files.readAllBytes(SealedFiles.path(target));
        System.arraycopy(bytes, Lane.PAGE, bytes, 2 * Lane.PAGE, Lane.PAGE);
        Files.write(SealedFiles.path(target), bytes);
        try (PositionalChannel channel = files.open(target)) {
            assertEquals(7, read(channel, 0, 1)[0]);
            assertThrows(StorageException.class, () -> read(channel, Lane.BLOCK, 1));
        }
    }

    @Test
    void the_same_bytes_are_never_encrypted_alike() throws Exception {
        Target target = filled();
        byte[] before = Files.readAllBytes(SealedFiles.path(target));
        try (PositionalChannel channel = files.open(target)) {
            channel.write(ByteBuffer.wrap(sevens(Lane.BLOCK)), 0, NONE);
        }
        byte[] after = Files.readAllBytes(SealedFiles.path(target));
        assertFalse(Arrays.equals(before, Lane.PAGE, 2 * Lane.PAGE, after, Lane.PAGE, 2 * Lane.PAGE));
    }

    @Test
    void a_page_that_was_not_written_whole_at_the_end_never_was() throws Exception {
        Target target = filled();
        Files.write(SealedFiles.path(target), new byte[1000], StandardOpenOption.APPEND);
        try (PositionalChannel channel = files.open(target)) {
            assertEquals(SIZE, channel.size());
            channel.write(ByteBuffer.wrap(new byte[] {9}), 6L * Lane.BLOCK, NONE);
            byte[] between = read(channel, SIZE, 6 * Lane.BLOCK - SIZE);
            assertArrayEquals(new byte[between.length], between);
        }
    }

    @Test
    void nothing_is_written_over_when_core_says_again_that_it_was_created() throws Exception {
        Target target = filled();
        try (IoChannel channel = files.strategy().open(target, OpenOptions.of(Access.READ_WRITE))) {
            channel.begin(Handover.first().created(10));
            assertEquals(7, read((PositionalChannel) channel, SIZE - 1, 1)[0]);
        }
    }

    private Target filled() throws Exception {
        Target target = files.create(SIZE);
        try (PositionalChannel channel = files.open(target)) {
            channel.write(ByteBuffer.wrap(sevens(SIZE)), 0, NONE);
            channel.flush();
        }
        return target;
    }

    private static byte[] sevens(int length) {
        byte[] sevens = new byte[length];
        Arrays.fill(sevens, (byte) 7);
        return sevens;
    }

    private static void damage(Target target, int block, int at) throws Exception {
        byte[] bytes = Files.readAllBytes(SealedFiles.path(target));
        bytes[(1 + block) * Lane.PAGE + at] ^= 1;
        Files.write(SealedFiles.path(target), bytes);
    }

    private static byte[] read(PositionalChannel channel, long position, int length) throws Exception {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        assertEquals(length, channel.read(buffer, position, NONE));
        return buffer.array();
    }
}

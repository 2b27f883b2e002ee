package io.pinion.tck;

import static io.pinion.tck.Trial.NONE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.pinion.strategy.Capability;
import io.pinion.strategy.PositionalChannel;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.volume.Volume;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** At, across and past the end a channel does what FileChannel does. */
interface EndContract extends Contract {
    /** Reads at, across and past the end. */
    @Test
    default void readsAtTheEndAreAsFileChannels() throws Exception {
        for (int wanted : List.of(0, 1, 511, 512, 4095, 4096, 4097, 10_000)) {
            PositionalChannel channel = trial().open(wanted);
            int size = Math.toIntExact(channel.size());
            channel.write(Content.buffer(0, size, 1), 0, NONE);
            for (BufferKind kind : BufferKind.values()) {
                for (long position : new long[] {size - 4097, size - 513, size - 1, size, size + 1, size + 100_000L}) {
                    if (position >= 0) {
                        assertRead(channel, size, position, kind);
                    }
                }
            }
        }
    }

    private static void assertRead(PositionalChannel channel, int size, long position, BufferKind kind)
            throws Exception {
        String what = "read at " + position + " of " + size + " into " + kind;
        int expected = position >= size ? -1 : (int) Math.min(8192, size - position);
        Frame frame = Frame.of(kind, 8192);
        assertEquals(expected, channel.read(frame.buffer(), position, NONE), what);
        int read = Math.max(0, expected);
        frame.assertMoved(read, what);
        Content.assertSame(Content.bytes(position, read, 1), frame.content(read), what);
    }

    /** Whatever is appended, the length is exact and nothing stands behind it. */
    @Test
    default void appendingKeepsTheLengthExact() throws Exception {
        trial().needs(Capability.SET_SIZE);
        PositionalChannel channel = trial().open(0);
        Image image = new Image(0);
        int[] lengths = {1, 510, 1, 1, 3583, 1, 4095, 4096, 4097, 100, 8192, 12_289, 512};
        for (int i = 0; i < 2 * lengths.length; i++) {
            byte[] content = Content.bytes(image.size(), lengths[i % lengths.length], i);
            BufferKind kind = BufferKind.values()[i % BufferKind.values().length];
            channel.write(Frame.of(kind, content).buffer(), image.size(), NONE);
            image.write(image.size(), content);
            assertEquals(image.size(), channel.size(), "after appending " + content.length + " bytes");
        }
        Content.assertSame(image.all(), Trial.contentOf(channel), "after appending");
    }

    /** What lies between the old end and a write past it reads as zeroes. */
    @Test
    default void aWritePastTheEndLeavesZeroesBetween() throws Exception {
        trial().needs(Capability.SET_SIZE);
        for (int size : List.of(0, 1, 4095, 4096, 5000)) {
            for (int gap : List.of(1, 511, 4096, 20_001)) {
                PositionalChannel channel = trial().open(size);
                Image image = new Image(size);
                byte[] before = Content.bytes(0, size, 1);
                byte[] behind = Content.bytes(size + gap, 777, 2);
                channel.write(ByteBuffer.wrap(before), 0, NONE);
                channel.write(ByteBuffer.wrap(behind), size + gap, NONE);
                image.write(0, before);
                image.write(size + gap, behind);
                assertEquals(image.size(), channel.size());
                Content.assertSame(image.all(), Trial.contentOf(channel), "size=" + size + " gap=" + gap);
            }
        }
    }

    /** A target of fixed length takes what it has room for, and says so. */
    @Test
    default void aWriteAcrossAFixedEndFailsAndTellsWhatWasWritten() throws Exception {
        assumeFalse(trial().can(Capability.SET_SIZE), "the strategy extends its targets");
        PositionalChannel channel = trial().open(10_000);
        long size = channel.size();
        for (int room : List.of(0, 1, 511, 512, 4097)) {
            Frame frame = Frame.of(BufferKind.PAGE, Content.bytes(size - room, 9000, room));
            StorageException e = assertThrows(
                    StorageException.class, () -> channel.write(frame.buffer(), size - room, NONE), "room=" + room);
            assertEquals(Kind.NO_SPACE, e.kind());
            assertEquals(room, e.transferred());
            frame.assertMoved(room, "room=" + room);
            assertEquals(size, channel.size());
        }
    }

    /** Offsets that no file can have are refused before anything has happened. */
    @Test
    default void impossibleOffsetsAreRefused() throws Exception {
        Volume volume = trial().volume(1000).volume();
        for (long position : new long[] {-1, Long.MIN_VALUE, Long.MAX_VALUE - 5}) {
            ByteBuffer buffer = ByteBuffer.allocateDirect(100);
            StorageException e = assertThrows(StorageException.class, () -> volume.read(buffer, position));
            assertEquals(Kind.INVALID_ARGUMENT, e.kind(), "read at " + position);
            e = assertThrows(StorageException.class, () -> volume.write(buffer, position));
            assertEquals(Kind.INVALID_ARGUMENT, e.kind(), "write at " + position);
            assertEquals(0, buffer.position());
        }
    }
}

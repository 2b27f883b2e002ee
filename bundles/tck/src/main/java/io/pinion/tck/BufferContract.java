package io.pinion.tck;

import static io.pinion.tck.Trial.NONE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.pinion.strategy.PositionalChannel;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.volume.Volume;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** Buffers: empty, read-only, large, and several at once. */
interface BufferContract extends Contract {
    /** A full buffer reads nothing and an empty one writes nothing, wherever. */
    @Test
    default void emptyTransfersDoNothing() throws Exception {
        PositionalChannel channel = trial().open(1000);
        long size = channel.size();
        for (BufferKind kind : BufferKind.values()) {
            for (long position : new long[] {0, 1, size, size + 5000}) {
                String what = "at " + position + ", " + kind;
                Frame frame = Frame.of(kind, 0);
                assertEquals(0, channel.read(frame.buffer(), position, NONE), what);
                assertEquals(0, channel.write(frame.buffer(), position, NONE), what);
                frame.assertMoved(0, what);
            }
        }
        assertEquals(size, channel.size());
    }

    /** What is only written from need not be writable. */
    @Test
    default void readOnlyBuffersAreWritten() throws Exception {
        PositionalChannel channel = trial().open(20_000);
        for (BufferKind kind : BufferKind.values()) {
            byte[] content = Content.bytes(100, 9000, kind.ordinal());
            ByteBuffer source = Frame.of(kind, content).buffer().asReadOnlyBuffer();
            assertEquals(9000, channel.write(source, 100, NONE), kind.toString());
            assertEquals(0, source.remaining(), kind.toString());
            Frame back = Frame.of(kind, 9000);
            assertEquals(9000, channel.read(back.buffer(), 100, NONE));
            Content.assertSame(content, back.content(), kind.toString());
        }
    }

    /** A buffer that can't be read into is refused before anything has happened. */
    @Test
    default void readingIntoAReadOnlyBufferIsRefused() throws Exception {
        Volume volume = trial().volume(1000).volume();
        ByteBuffer buffer = ByteBuffer.allocateDirect(100).asReadOnlyBuffer();
        StorageException e = assertThrows(StorageException.class, () -> volume.read(buffer, 0));
        assertEquals(Kind.INVALID_ARGUMENT, e.kind());
        assertEquals(0, buffer.position());
    }

    /** Transfers are complete, also those that are larger than what anything below takes at once. */
    @Test
    default void largeTransfersAreWhole() throws Exception {
        int length = (5 << 20) + 1;
        PositionalChannel channel = trial().open(length + 3L);
        byte[] content = Content.bytes(1, length, 7);
        for (BufferKind kind : BufferKind.values()) {
            Frame source = Frame.of(kind, content);
            assertEquals(length, channel.write(source.buffer(), 1, NONE), kind.toString());
            source.assertMoved(length, "write from " + kind);
            Frame back = Frame.of(kind, length);
            assertEquals(length, channel.read(back.buffer(), 1, NONE), kind.toString());
            back.assertMoved(length, "read into " + kind);
            Content.assertSame(content, back.content(), kind.toString());
        }
    }

    /** Several buffers are one transfer. */
    @Test
    default void scatterAndGatherAreAsOne() throws Exception {
        PositionalChannel channel = trial().open(30_000);
        int[] lengths = {1, 4096, 0, 511, 4097, 2};
        ByteBuffer[] sources = new ByteBuffer[lengths.length];
        ByteBuffer[] targets = new ByteBuffer[lengths.length];
        int sum = 0;
        for (int i = 0; i < lengths.length; i++) {
            BufferKind kind = BufferKind.values()[i % BufferKind.values().length];
            sources[i] =
                    Frame.of(kind, Content.bytes(777L + sum, lengths[i], 3)).buffer();
            targets[i] = kind.allocate(lengths[i]);
            sum += lengths[i];
        }
        assertEquals(sum, channel.write(sources, 777, NONE));
        assertEquals(sum, channel.read(targets, 777, NONE));
        int at = 0;
        for (int i = 0; i < lengths.length; i++) {
            assertEquals(0, sources[i].remaining(), "source " + i);
            assertEquals(0, targets[i].remaining(), "target " + i);
            byte[] found = new byte[lengths[i]];
            targets[i].flip().get(found);
            Content.assertSame(Content.bytes(777L + at, lengths[i], 3), found, "target " + i);
            at += lengths[i];
        }
    }

    /** Scattering ends at the end. */
    @Test
    default void scatteringEndsAtTheEnd() throws Exception {
        PositionalChannel channel = trial().open(10_000);
        long size = channel.size();
        ByteBuffer[] targets = {ByteBuffer.allocate(60), ByteBuffer.allocateDirect(60), ByteBuffer.allocate(60)};
        assertEquals(100, channel.read(targets, size - 100, NONE));
        assertEquals(60, targets[0].position());
        assertEquals(40, targets[1].position());
        assertEquals(0, targets[2].position());
        assertEquals(-1, channel.read(targets, size, NONE));
    }
}

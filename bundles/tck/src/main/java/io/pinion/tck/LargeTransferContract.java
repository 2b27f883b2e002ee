package io.pinion.tck;

import static io.pinion.tck.Trial.NONE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pinion.strategy.PositionalChannel;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A transfer may be larger than the device takes at once: it is split, and none of it gets lost. */
interface LargeTransferContract extends Contract {
    /** More than any block device takes as one request: their limit is what 256 segments of a page, or a few MiB, hold. */
    int LARGE = 9 << 20;

    /** Of every alignment. */
    @Test
    default void whatIsLargerThanTheDeviceTakesIsSplit() throws Exception {
        PositionalChannel channel = trial().open(LARGE + (1 << 20));
        int version = 0;
        for (BufferKind kind : List.of(BufferKind.PAGE, BufferKind.HEAP)) {
            for (int offset : List.of(0, 1, 4096, 4607)) {
                for (int length : List.of(LARGE, LARGE + 511)) {
                    String what = "offset=" + offset + ", length=" + length + ", buffer=" + kind;
                    byte[] content = Content.bytes(offset, length, ++version);
                    assertEquals(length, channel.write(Frame.of(kind, content).buffer(), offset, NONE), what);
                    Frame back = Frame.of(kind, length);
                    assertEquals(length, channel.read(back.buffer(), offset, NONE), what);
                    Content.assertSame(content, back.content(), what);
                }
            }
        }
    }

    /** Of several buffers. */
    @Test
    default void soIsATransferOfSeveralBuffers() throws Exception {
        PositionalChannel channel = trial().open(LARGE + (1 << 20));
        ByteBuffer[] sources = new ByteBuffer[9];
        ByteBuffer[] targets = new ByteBuffer[9];
        for (int i = 0; i < sources.length; i++) {
            sources[i] = Frame.of(BufferKind.PAGE, Content.bytes((long) i << 20, 1 << 20, 7))
                    .buffer();
            targets[i] = Frame.of(BufferKind.PAGE, 1 << 20).buffer();
        }
        assertEquals(LARGE, channel.write(sources, 0, NONE));
        assertEquals(LARGE, channel.read(targets, 0, NONE));
        for (int i = 0; i < targets.length; i++) {
            byte[] found = new byte[1 << 20];
            targets[i].flip().position(targets[i].limit() - found.length).get(found);
            Content.assertSame(Content.bytes((long) i << 20, 1 << 20, 7), found, "buffer " + i);
        }
    }
}

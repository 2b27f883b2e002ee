package io.pinion.tck;

import static io.pinion.tck.Trial.NONE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pinion.strategy.Geometry;
import io.pinion.strategy.PositionalChannel;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** A channel accepts every offset, length and buffer, whatever its geometry. */
interface AlignmentContract extends Contract {
    /** Every write lands where it should, and nowhere else. */
    @Test
    default void writesOfEveryAlignmentLandWhereTheyShould() throws Exception {
        Geometry geometry = trial().strategy().examine(trial().target(1)).geometry();
        PositionalChannel channel = trial().open(Edge.span(geometry));
        Image image = new Image(channel.size());
        int version = 0;
        for (BufferKind kind : BufferKind.values()) {
            for (Edge edge : Edge.all(geometry)) {
                String what = "write of " + edge + " from " + kind;
                byte[] content = Content.bytes(edge.offset(), edge.length(), ++version);
                Frame frame = Frame.of(kind, content);
                assertEquals(edge.length(), channel.write(frame.buffer(), edge.offset(), NONE), what);
                frame.assertMoved(edge.length(), what);
                Content.assertSame(content, frame.content(), what + ": it changed the buffer");
                image.write(edge.offset(), content);
                assertNeighbourhood(channel, image, edge, what);
            }
        }
        Content.assertSame(image.all(), Trial.contentOf(channel), "after all writes");
    }

    private static void assertNeighbourhood(PositionalChannel channel, Image image, Edge edge, String what)
            throws Exception {
        long from = Math.max(0, edge.offset() - 1024);
        ByteBuffer around = ByteBuffer.allocate((int) (edge.offset() - from) + edge.length() + 1024);
        int read = channel.read(around, from, NONE);
        assertEquals(image.result(from, around.capacity()), read, what);
        byte[] found = new byte[read];
        around.flip().get(found);
        Content.assertSame(image.at(from, read), found, what + ", as read from " + from + " on");
    }

    /** Every read brings what is there, and touches nothing of the buffer besides. */
    @Test
    default void readsOfEveryAlignmentBringWhatIsThere() throws Exception {
        Geometry geometry = trial().strategy().examine(trial().target(1)).geometry();
        int span = Edge.span(geometry);
        PositionalChannel channel = trial().open(span);
        byte[] all = Content.bytes(0, span, 1);
        assertEquals(span, channel.write(ByteBuffer.wrap(all), 0, NONE));
        for (BufferKind kind : BufferKind.values()) {
            for (Edge edge : Edge.all(geometry)) {
                String what = "read of " + edge + " into " + kind;
                Frame frame = Frame.of(kind, edge.length());
                assertEquals(edge.length(), channel.read(frame.buffer(), edge.offset(), NONE), what);
                frame.assertMoved(edge.length(), what);
                Content.assertSame(Content.bytes(edge.offset(), edge.length(), 1), frame.content(), what);
            }
        }
    }
}

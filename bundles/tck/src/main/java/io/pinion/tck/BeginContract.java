package io.pinion.tck;

import static io.pinion.tck.Trial.NONE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pinion.strategy.Access;
import io.pinion.strategy.Capability;
import io.pinion.strategy.Handover;
import io.pinion.strategy.PositionalChannel;
import io.pinion.strategy.Target;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A channel is opened beside its predecessor, and must not remember anything from before it takes over. */
interface BeginContract extends Contract {
    /** The length that counts is that of {@code begin}, not that of {@code open}. */
    @Test
    default void theLengthIsReadInBegin() throws Exception {
        trial().needs(Capability.SET_SIZE);
        for (int size : List.of(0, 1, 4096, 4999, 5001, 20_000, 20_001)) {
            Target target = trial().target(5000);
            PositionalChannel predecessor = trial().open(target);
            PositionalChannel successor = trial().openOnly(target, Access.READ_WRITE);
            predecessor.setSize(size);
            Image image = new Image(size);
            trial().succeed(predecessor, successor);
            trial().close(predecessor);
            String what = "from 5000 to " + size + " between open and begin";
            assertEquals(size, successor.size(), what);
            assertEquals(-1, successor.read(ByteBuffer.allocateDirect(4096), size, NONE), what);
            successor.write(Content.buffer(size, 100, 1), size, NONE);
            image.write(size, Content.bytes(size, 100, 1));
            Content.assertSame(image.all(), Trial.contentOf(successor), what);
        }
    }

    /** The content that counts is that of {@code begin}. */
    @Test
    default void theContentIsReadAfterBegin() throws Exception {
        Target target = trial().target(12_345);
        PositionalChannel predecessor = trial().open(target);
        int size = Math.toIntExact(predecessor.size());
        predecessor.write(Content.buffer(0, size, 1), 0, NONE);
        predecessor.flush();
        PositionalChannel successor = trial().openOnly(target, Access.READ_WRITE);
        predecessor.write(Content.buffer(0, size, 2), 0, NONE);
        trial().succeed(predecessor, successor);
        trial().close(predecessor);
        Content.assertSame(Content.bytes(0, size, 2), Trial.contentOf(successor), "written between open and begin");
        successor.write(Content.buffer(4000, 200, 3), 4000, NONE);
        Image image = new Image(size);
        image.write(0, Content.bytes(0, size, 2));
        image.write(4000, Content.bytes(4000, 200, 3));
        Content.assertSame(image.all(), Trial.contentOf(successor), "written by the successor");
    }

    /** A channel that never begins leaves the target as it was. */
    @Test
    default void aChannelThatNeverBeginsChangesNothing() throws Exception {
        Target target = trial().target(5001);
        PositionalChannel serving = trial().open(target);
        int size = Math.toIntExact(serving.size());
        serving.write(Content.buffer(0, size, 1), 0, NONE);
        PositionalChannel other = trial().openOnly(target, Access.READ_WRITE);
        serving.write(Content.buffer(1000, 3000, 2), 1000, NONE);
        trial().close(other);
        Image image = new Image(size);
        image.write(0, Content.bytes(0, size, 1));
        image.write(1000, Content.bytes(1000, 3000, 2));
        Content.assertSame(image.all(), Trial.contentOf(serving), "after another channel was closed unused");
    }

    /** A predecessor goes on serving when its successor does not take over. */
    @Test
    default void aPredecessorGoesOnAfterEnd() throws Exception {
        Target target = trial().target(5001);
        PositionalChannel serving = trial().open(target);
        serving.write(Content.buffer(0, 5001, 1), 0, NONE);
        PositionalChannel refused = trial().openOnly(target, Access.READ_WRITE);
        serving.flush();
        serving.end(Handover.from("a"));
        trial().close(refused);
        serving.write(Content.buffer(100, 100, 2), 100, NONE);
        ByteBuffer back = ByteBuffer.allocate(100);
        assertEquals(100, serving.read(back, 100, NONE));
        Content.assertSame(Content.bytes(100, 100, 2), back.array(), "written after end");
    }
}

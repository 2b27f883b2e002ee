package io.pinion.tck;

import static io.pinion.tck.Trial.NONE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pinion.strategy.Capability;
import io.pinion.strategy.Geometry;
import io.pinion.strategy.PositionalChannel;
import io.pinion.strategy.Target;
import org.junit.jupiter.api.Test;

/** Bytes go the way that the strategy stands for. */
interface PathContract extends Contract {
    /** What the author knows to look at shows the intended way. */
    @Test
    default void theIntendedWayIsTaken() throws Exception {
        StrategyUnderTest.PathProof proof = trial().under().proof().orElse(null);
        assumeTrue(proof != null, "the author gave no proof: StrategyUnderTest.provenBy");
        Target target = trial().target(1 << 20);
        PositionalChannel channel = trial().open(target);
        transferAligned(channel);
        proof.prove(target, channel);
    }

    /** What meets the geometry is not copied. */
    @Test
    default void whatMeetsTheGeometryIsNotCopied() throws Exception {
        trial().needs(Capability.ZERO_COPY);
        PositionalChannel channel = trial().open(1 << 20);
        transferAligned(channel);
        assertEquals(
                0,
                trial().meter().bouncedBytes(),
                () -> trial().meter().counts().toString());
    }

    private static void transferAligned(PositionalChannel channel) throws Exception {
        Geometry geometry = channel.geometry();
        int length = Math.max(BufferKind.PAGE_SIZE, Math.max(geometry.lengthAlignment(), geometry.offsetAlignment()));
        // From the last to the first: for a sequential reader a driver may read ahead, and copy.
        for (int i = 7; i >= 0; i--) {
            long at = (long) i * length;
            byte[] content = Content.bytes(at, length, i);
            assertEquals(
                    length, channel.write(Frame.of(BufferKind.PAGE, content).buffer(), at, NONE));
            Frame back = Frame.of(BufferKind.PAGE, length);
            assertEquals(length, channel.read(back.buffer(), at, NONE));
            Content.assertSame(content, back.content(), "block " + i);
        }
    }
}

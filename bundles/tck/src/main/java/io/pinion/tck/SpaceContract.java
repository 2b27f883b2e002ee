package io.pinion.tck;

import static io.pinion.tck.Trial.NONE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pinion.strategy.Capability;
import io.pinion.strategy.Discard;
import io.pinion.strategy.PositionalChannel;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.WriteZeroes;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What is discarded or zeroed is the range that was asked for, and nothing beside it. */
interface SpaceContract extends Contract {
    /** The size of the targets. */
    int SIZE = 1 << 20;

    /** A discard leaves its neighbours alone, and what it discarded can be written again. */
    @Test
    default void aDiscardHarmsNoNeighbour() throws Exception {
        trial().needs(Capability.DISCARD);
        PositionalChannel channel = trial().open(SIZE);
        Discard discard = channel.adapt(Discard.class).orElseThrow();
        int unit = unit(discard.granularity());
        byte[] all = filled(channel);
        discard.discard(unit, 2L * unit);
        byte[] found = Trial.contentOf(channel);
        Content.assertSame(Arrays.copyOf(all, unit), Arrays.copyOf(found, unit), "before the discarded range");
        Content.assertSame(
                Arrays.copyOfRange(all, 3 * unit, SIZE), Arrays.copyOfRange(found, 3 * unit, SIZE), "behind it");
        channel.write(Content.buffer(unit + 1, 2 * unit - 2, 2), unit + 1, NONE);
        channel.flush();
        found = Trial.contentOf(channel);
        Content.assertSame(
                Content.bytes(unit + 1, 2 * unit - 2, 2),
                Arrays.copyOfRange(found, unit + 1, 3 * unit - 1),
                "written again");
    }

    /** A discard that does not fit the granularity, or the target, is refused, and changes nothing. */
    @Test
    default void aDiscardThatDoesNotFitChangesNothing() throws Exception {
        trial().needs(Capability.DISCARD);
        PositionalChannel channel = trial().open(SIZE);
        Discard discard = channel.adapt(Discard.class).orElseThrow();
        int unit = unit(discard.granularity());
        byte[] all = filled(channel);
        long[][] misfits = {
            {unit, unit - 1}, {unit + 1, unit}, {-unit, unit}, {0, -unit}, {Long.MAX_VALUE / unit * unit, unit}
        };
        for (long[] range : misfits) {
            StorageException e = assertThrows(
                    StorageException.class, () -> discard.discard(range[0], range[1]), () -> Arrays.toString(range));
            assertEquals(Kind.INVALID_ARGUMENT, e.kind(), e::getMessage);
        }
        Content.assertSame(all, Trial.contentOf(channel), "after what was refused");
    }

    /** What is zeroed reads as zeroes, and its neighbours as before. */
    @Test
    default void whatIsZeroedReadsAsZeroes() throws Exception {
        trial().needs(Capability.WRITE_ZEROES);
        PositionalChannel channel = trial().open(SIZE);
        WriteZeroes zeroes = channel.adapt(WriteZeroes.class).orElseThrow();
        int unit = unit(channel.geometry().logicalBlockSize());
        byte[] all = filled(channel);
        for (int round = 1; round <= 3; round++) {
            zeroes.writeZeroes(4L * round * unit, (long) round * unit);
            Arrays.fill(all, 4 * round * unit, 5 * round * unit, (byte) 0);
            Content.assertSame(all, Trial.contentOf(channel), "zeroed " + round + " blocks");
        }
        channel.flush();
        Content.assertSame(all, Trial.contentOf(channel), "after the flush");
    }

    /** Writes of neighbours that share a block with what is zeroed, or not even that, lose nothing meanwhile. */
    @Test
    default void zeroingBesideWritersHarmsNone() throws Exception {
        trial().needs(Capability.WRITE_ZEROES);
        PositionalChannel channel = trial().open(SIZE);
        WriteZeroes zeroes = channel.adapt(WriteZeroes.class).orElseThrow();
        int unit = unit(channel.geometry().logicalBlockSize());
        Crew crew = new Crew();
        crew.start("before", () -> writeAndLook(channel, 1, 2 * unit - 1));
        crew.start("behind", () -> writeAndLook(channel, 4L * unit, 2 * unit + 1));
        crew.start("zeroing", () -> {
            for (int round = 0; round < 50; round++) {
                zeroes.writeZeroes(2L * unit, 2L * unit);
            }
        });
        crew.join();
        byte[] between = Arrays.copyOfRange(Trial.contentOf(channel), 2 * unit, 4 * unit);
        Content.assertSame(new byte[2 * unit], between, "what was zeroed");
    }

    private static void writeAndLook(PositionalChannel channel, long at, int length) throws Exception {
        for (int round = 1; round <= 50; round++) {
            byte[] content = Content.bytes(at, length, round);
            channel.write(Frame.of(BufferKind.PAGE, content).buffer(), at, NONE);
            Frame back = Frame.of(BufferKind.PAGE, length);
            channel.read(back.buffer(), at, NONE);
            Content.assertSame(content, back.content(), "written at " + at + " in round " + round);
        }
    }

    private static byte[] filled(PositionalChannel channel) throws StorageException {
        byte[] all = Content.bytes(0, SIZE, 1);
        assertTrue(channel.size() >= SIZE);
        channel.write(Content.buffer(0, SIZE, 1), 0, NONE);
        return all;
    }

    private static int unit(long granularity) {
        assumeTrue(16 * granularity <= SIZE, () -> "needs units of less than " + SIZE / 16 + ", not " + granularity);
        return (int) granularity;
    }
}

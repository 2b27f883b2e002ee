package io.pinion.tck;

import static io.pinion.tck.Trial.NONE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pinion.strategy.Capability;
import io.pinion.strategy.PositionalChannel;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Concurrent transfers of disjoint ranges never harm each other, however close they are. */
interface ConcurrencyContract extends Contract {
    /** How many threads write side by side. */
    int WRITERS = 4;

    /** Writers whose ranges share blocks lose no update. */
    @Test
    default void unalignedNeighboursLoseNoUpdate() throws Exception {
        int[] widths = {7, 100, 511, 513, 1500, 4096, 41};
        int stripes = 48;
        long[] starts = starts(widths, stripes);
        PositionalChannel channel = trial().open(starts[stripes]);
        Crew crew = new Crew();
        int rounds = 25;
        for (int writer = 0; writer < WRITERS; writer++) {
            int first = writer;
            crew.start("writer-" + writer, () -> {
                for (int round = 1; round <= rounds; round++) {
                    for (int i = first; i < stripes; i += WRITERS) {
                        int length = (int) (starts[i + 1] - starts[i]);
                        byte[] content = Content.bytes(starts[i], length, round);
                        BufferKind kind = BufferKind.values()[(round + i) % BufferKind.values().length];
                        channel.write(Frame.of(kind, content).buffer(), starts[i], NONE);
                        Frame back = Frame.of(kind, length);
                        channel.read(back.buffer(), starts[i], NONE);
                        Content.assertSame(content, back.content(), "stripe " + i + " read back in round " + round);
                    }
                }
            });
        }
        crew.join();
        byte[] all = Trial.contentOf(channel);
        byte[] expected = Content.bytes(0, (int) starts[stripes], rounds);
        Content.assertSame(expected, Arrays.copyOf(all, expected.length), "after all rounds");
    }

    private static long[] starts(int[] widths, int stripes) {
        long[] starts = new long[stripes + 1];
        for (int i = 0; i < stripes; i++) {
            starts[i + 1] = starts[i] + widths[i % widths.length];
        }
        return starts;
    }

    /** Writers that extend the target side by side lose nothing, and the length ends up exact. */
    @Test
    default void writersThatExtendTogetherLoseNothing() throws Exception {
        trial().needs(Capability.SET_SIZE);
        for (int round = 0; round < 10; round++) {
            PositionalChannel channel = trial().open(0);
            int version = round;
            int width = 333 + 100 * round;
            int stripes = 40;
            Crew crew = new Crew();
            for (int writer = 0; writer < WRITERS; writer++) {
                int first = writer;
                crew.start("writer-" + writer, () -> {
                    for (int i = first; i < stripes; i += WRITERS) {
                        long at = (long) i * width;
                        assertEquals(width, channel.write(Content.buffer(at, width, version), at, NONE));
                    }
                });
            }
            crew.join();
            assertEquals((long) stripes * width, channel.size());
            Content.assertSame(Content.bytes(0, stripes * width, version), Trial.contentOf(channel), "width=" + width);
        }
    }

    /** Cutting and extending behind a range that is written meanwhile does not harm the range. */
    @Test
    default void changingTheSizeHarmsNoWriteBelowIt() throws Exception {
        trial().needs(Capability.SET_SIZE);
        int kept = 10_001;
        PositionalChannel channel = trial().open(kept);
        Crew crew = new Crew();
        Thread writer = crew.start("writer", () -> {
            for (int round = 1; round <= 60; round++) {
                channel.write(Content.buffer(1, kept - 1, round), 1, NONE);
                ByteBuffer back = ByteBuffer.allocate(kept - 1);
                assertEquals(kept - 1, channel.read(back, 1, NONE));
                Content.assertSame(Content.bytes(1, kept - 1, round), back.array(), "round " + round);
            }
        });
        crew.start("resizer", () -> {
            for (int i = 0; writer.isAlive(); i++) {
                channel.setSize(kept + i % 3 * 2000L);
            }
            channel.setSize(kept);
        });
        crew.join();
        assertEquals(kept, channel.size());
        ByteBuffer all = ByteBuffer.wrap(Trial.contentOf(channel));
        Content.assertSame(Content.bytes(1, kept - 1, 60), Arrays.copyOfRange(all.array(), 1, kept), "in the end");
    }
}

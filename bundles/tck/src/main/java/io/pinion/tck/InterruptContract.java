package io.pinion.tck;

import static io.pinion.tck.Trial.NONE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.strategy.Capability;
import io.pinion.strategy.PositionalChannel;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.Target;
import io.pinion.volume.Volume;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

/** An interrupt harms neither the transfer of the thread that it is for nor any other thread's, and is not lost. */
interface InterruptContract extends Contract {
    /** How many threads are interrupted. */
    int INTERRUPTED = 4;

    /** One of the two ways to transfer. */
    @FunctionalInterface
    interface Transfer {
        /** Reads or writes. */
        int of(ByteBuffer buffer, long position) throws StorageException;
    }

    /** What is done by a thread whose interrupt flag is set is done, and the flag stays set. */
    @Test
    default void aPendingInterruptStaysPending() throws Exception {
        boolean sizes = trial().can(Capability.SET_SIZE);
        Target target = trial().target(10_000);
        try {
            Thread.currentThread().interrupt();
            assertTrue(trial().strategy().examine(target).isSuitable());
            assertPending("examine");
            PositionalChannel channel = trial().open(target);
            assertPending("open and begin");
            for (BufferKind kind : BufferKind.values()) {
                byte[] content = Content.bytes(100, 5000, kind.ordinal());
                assertEquals(5000, channel.write(Frame.of(kind, content).buffer(), 100, NONE));
                assertPending("write from " + kind);
                Frame back = Frame.of(kind, 5000);
                assertEquals(5000, channel.read(back.buffer(), 100, NONE));
                assertPending("read into " + kind);
                Content.assertSame(content, back.content(), kind.toString());
            }
            channel.flush();
            assertPending("flush");
            long size = channel.size();
            assertPending("size");
            if (sizes) {
                channel.setSize(size + 5000);
                channel.setSize(size);
                assertPending("setSize");
            }
        } finally {
            Thread.interrupted();
        }
    }

    private static void assertPending(String after) {
        assertTrue(Thread.currentThread().isInterrupted(), after + " lost the interrupt");
    }

    /** Four threads under random interrupts: no transfer fails, no byte is wrong, no interrupt is lost. */
    @Test
    default void randomInterruptsFailNothing() throws Exception {
        PositionalChannel channel = trial().open(INTERRUPTED * 40_000L);
        interrupt((b, at) -> channel.write(b, at, NONE), (b, at) -> channel.read(b, at, NONE), channel::flush);
    }

    /** The same through a volume. */
    @Test
    default void randomInterruptsOfAVolumesCallersFailNothing() throws Exception {
        Volume volume = trial().volume(INTERRUPTED * 40_000L).volume();
        interrupt(volume::write, volume::read, volume::flush);
    }

    private static void interrupt(Transfer write, Transfer read, Crew.Task flush) {
        Crew crew = new Crew();
        AtomicIntegerArray seen = new AtomicIntegerArray(INTERRUPTED);
        AtomicIntegerArray rounds = new AtomicIntegerArray(INTERRUPTED);
        List<Thread> threads = new ArrayList<>();
        int wanted = 60;
        for (int i = 0; i < INTERRUPTED; i++) {
            int me = i;
            threads.add(crew.start("interrupted-" + i, () -> {
                long at = me * 40_000L + 1;
                for (int round = 1; seen.get(me) < wanted; round++) {
                    int length = 1 + round * 613 % 39_000;
                    byte[] content = Content.bytes(at, length, round);
                    BufferKind kind = BufferKind.values()[round % BufferKind.values().length];
                    assertEquals(length, write.of(Frame.of(kind, content).buffer(), at));
                    Frame back = Frame.of(kind, length);
                    assertEquals(length, read.of(back.buffer(), at));
                    Content.assertSame(content, back.content(), "round " + round);
                    if (round % 50 == 0) {
                        flush.run();
                    }
                    rounds.set(me, round);
                    if (Thread.interrupted()) {
                        seen.incrementAndGet(me);
                    }
                }
            }));
        }
        // A thread is interrupted anew once it has shown the last one, so that one that gets lost is noticed.
        Random random = new Random();
        int[] sent = new int[INTERRUPTED];
        Await.until("all interrupts to be seen", () -> {
            for (int i = 0; i < INTERRUPTED; i++) {
                if (sent[i] == seen.get(i) && random.nextBoolean()) {
                    sent[i]++;
                    threads.get(i).interrupt();
                }
            }
            return !crew.isBusy();
        });
        crew.join();
    }
}

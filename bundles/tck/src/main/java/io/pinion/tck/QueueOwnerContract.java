package io.pinion.tck;

import static io.pinion.tck.Trial.NONE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.volume.IoQueue;
import io.pinion.volume.SwapReport;
import io.pinion.volume.Volume;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Whatever the owner of a queue does, a swap ends in time, and no operation is lost or done twice. */
interface QueueOwnerContract extends Contract {
    /** How many operations are in flight. */
    int IN_FLIGHT = 8;

    /** Operations go on through swaps. */
    @Test
    default void aQueueSurvivesSwaps() throws Exception {
        HostedVolume hosted = trial().volume(IN_FLIGHT * 3000L);
        Crew crew = new Crew();
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch swaps = new CountDownLatch(15);
        crew.start("owner", () -> {
            try (IoQueue queue = hosted.volume().openQueue(2 * IN_FLIGHT)) {
                for (int round = 1; round <= 10 || swaps.getCount() > 0; round++) {
                    prepareWrites(queue, round);
                    assertWritten(new Collected().drain(queue));
                    started.countDown();
                    ByteBuffer back = ByteBuffer.allocateDirect(IN_FLIGHT * 3000);
                    queue.read(back, 0, back.capacity(), 0, 1, NONE);
                    assertEquals(back.capacity(), new Collected().drain(queue).result(1));
                    byte[] found = new byte[back.capacity()];
                    back.get(found);
                    Content.assertSame(Content.bytes(0, found.length, round), found, "round " + round);
                }
            }
        });
        crew.await("the owner to start", started);
        while (swaps.getCount() > 0 && !crew.hasFailed()) {
            hosted.swap();
            swaps.countDown();
        }
        crew.join();
    }

    /** An owner that neither submits nor polls is drained by others, or named as what the swap waited for. */
    @Test
    default void anIdleOwnerIsDrainedOrNamed() throws Exception {
        HostedVolume hosted = trial().volume(
                        trial().unclaimed(IN_FLIGHT * 3000L), trial().strategy(), Map.of("drain.timeout", "700ms"));
        Crew crew = new Crew();
        CountDownLatch idle = new CountDownLatch(1);
        CountDownLatch swapped = new CountDownLatch(1);
        crew.start("idle-owner", () -> {
            try (IoQueue queue = hosted.volume().openQueue(IN_FLIGHT)) {
                prepareWrites(queue, 1);
                queue.submit(0, 0);
                idle.countDown();
                swapped.await();
                assertWritten(new Collected().drain(queue));
            }
        });
        crew.await("operations to be in flight", idle);
        SwapReport report;
        try {
            report = hosted.trySwap();
        } finally {
            swapped.countDown();
        }
        crew.join();
        assertTrue(report.isServing() || report.detail().contains("idle-owner"), report::toString);
        assertContent(hosted.volume(), 1);
        hosted.swap();
        assertContent(hosted.volume(), 1);
    }

    /** An owner that ends with operations in flight keeps nobody from swapping. */
    @Test
    default void anOwnerThatDiesLeavesTheVolumeUsable() throws Exception {
        HostedVolume hosted = trial().volume(IN_FLIGHT * 3000L);
        for (int round = 1; round <= 5; round++) {
            int version = round;
            Crew crew = new Crew();
            crew.start("mortal-owner", () -> {
                IoQueue queue = hosted.volume().openQueue(IN_FLIGHT);
                prepareWrites(queue, version);
                queue.submit(0, 0);
            });
            crew.join();
            hosted.swap();
            hosted.volume().write(Content.buffer(0, IN_FLIGHT * 3000, version), 0);
            assertContent(hosted.volume(), version);
        }
    }

    /** An owner with operations in flight may ask for the swap itself. */
    @Test
    default void anOwnerMayAskForTheSwap() throws Exception {
        HostedVolume hosted = trial().volume(IN_FLIGHT * 3000L);
        try (IoQueue queue = hosted.volume().openQueue(IN_FLIGHT)) {
            for (int round = 1; round <= 5; round++) {
                prepareWrites(queue, round);
                queue.submit(0, 0);
                hosted.swap();
                assertWritten(new Collected().drain(queue));
                assertContent(hosted.volume(), round);
            }
        }
    }

    /** An owner with operations in flight may wait at the gate in a synchronous call. */
    @Test
    default void anOwnerMayParkInASynchronousCall() throws Exception {
        HostedVolume hosted = trial().volume(IN_FLIGHT * 3000L + 5000);
        Crew crew = new Crew();
        CountDownLatch inFlight = new CountDownLatch(1);
        CountDownLatch swapped = new CountDownLatch(1);
        crew.start("parking-owner", () -> {
            try (IoQueue queue = hosted.volume().openQueue(IN_FLIGHT)) {
                prepareWrites(queue, 1);
                queue.submit(0, 0);
                inFlight.countDown();
                long at = IN_FLIGHT * 3000L;
                for (int round = 1; swapped.getCount() > 0 || round < 5; round++) {
                    hosted.volume().write(Content.buffer(at, 5000, round), at);
                    ByteBuffer back = ByteBuffer.allocate(5000);
                    assertEquals(5000, hosted.volume().read(back, at));
                    Content.assertSame(Content.bytes(at, 5000, round), back.array(), "round " + round);
                }
                assertWritten(new Collected().drain(queue));
            }
        });
        crew.await("operations to be in flight", inFlight);
        try {
            hosted.swap();
            hosted.swap();
        } finally {
            swapped.countDown();
        }
        crew.join();
        assertContent(hosted.volume(), 1);
    }

    private static void prepareWrites(IoQueue queue, int version) throws Exception {
        for (int i = 0; i < IN_FLIGHT; i++) {
            queue.write(Content.buffer(i * 3000L, 3000, version), 0, 3000, i * 3000L, i, NONE);
        }
    }

    private static void assertWritten(Collected done) {
        assertEquals(IN_FLIGHT, done.size());
        for (int i = 0; i < IN_FLIGHT; i++) {
            assertEquals(3000, done.result(i));
        }
    }

    private static void assertContent(Volume volume, int version) throws Exception {
        ByteBuffer all = ByteBuffer.allocate(IN_FLIGHT * 3000);
        assertEquals(all.capacity(), volume.read(all, 0));
        Content.assertSame(Content.bytes(0, all.capacity(), version), all.array(), "version " + version);
    }
}

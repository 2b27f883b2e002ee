package io.pinion.tck;

import static io.pinion.tck.Trial.NONE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.pinion.strategy.PositionalChannel;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.volume.Volume;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Closing in the midst of I/O ends every call with its type, and none hangs. */
interface CloseContract extends Contract {
    /** What runs while the channel is closed ends, well or as closed. */
    @Test
    default void closingDuringTransfersEndsThem() throws Exception {
        for (int round = 0; round < 10; round++) {
            PositionalChannel channel = trial().open(100_000);
            CountDownLatch running = new CountDownLatch(4);
            Crew crew = new Crew();
            for (int i = 0; i < 4; i++) {
                BufferKind kind = BufferKind.values()[i];
                boolean writing = i % 2 == 0;
                crew.start(
                        "transfer-" + i,
                        () -> untilClosed(() -> {
                            Frame frame = Frame.of(kind, 50_001);
                            if (writing) {
                                channel.write(frame.buffer(), 3, NONE);
                            } else {
                                channel.read(frame.buffer(), 3, NONE);
                            }
                            running.countDown();
                        }));
            }
            crew.start("flush", () -> untilClosed(channel::flush));
            crew.start("size", () -> untilClosed(channel::size));
            crew.await("transfers to run", running);
            trial().close(channel);
            crew.join();
        }
    }

    /** What is called after closing fails as closed. */
    @Test
    default void whatIsCalledAfterClosingFailsAsClosed() throws Exception {
        PositionalChannel channel = trial().open(10_000);
        trial().close(channel);
        ByteBuffer direct = BufferKind.PAGE.allocate(4096);
        assertClosed(() -> channel.read(direct, 0, NONE));
        assertClosed(() -> channel.read(ByteBuffer.allocate(10), 0, NONE));
        assertClosed(() -> channel.write(direct, 0, NONE));
        assertClosed(channel::size);
        assertClosed(channel::flush);
    }

    /** A volume that is taken away ends its callers' calls. */
    @Test
    default void takingAVolumeAwayEndsItsCalls() throws Exception {
        HostedVolume hosted = trial().volume(100_000);
        Volume volume = hosted.volume();
        CountDownLatch running = new CountDownLatch(3);
        Crew crew = new Crew();
        for (int i = 0; i < 3; i++) {
            long at = 20_001L * i;
            crew.start(
                    "transfer-" + i,
                    () -> untilClosed(() -> {
                        volume.write(Content.buffer(at, 20_000, 1), at);
                        volume.read(ByteBuffer.allocateDirect(20_000), at);
                        running.countDown();
                    }));
        }
        crew.await("transfers to run", running);
        hosted.delete();
        crew.join();
        assertClosed(() -> volume.read(ByteBuffer.allocate(1), 0));
        assertClosed(volume::flush);
    }

    private static void assertClosed(Crew.Task call) {
        assertEquals(
                Kind.CLOSED, assertThrows(StorageException.class, call::run).kind());
    }

    /** Repeats until it is closed; nothing else may end it. */
    private static void untilClosed(Crew.Task call) throws Exception {
        while (true) {
            try {
                call.run();
            } catch (StorageException e) {
                if (e.kind() != Kind.CLOSED) {
                    throw e;
                }
                return;
            }
        }
    }
}

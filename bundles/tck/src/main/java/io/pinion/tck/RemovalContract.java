package io.pinion.tck;

import static io.pinion.tck.Trial.NONE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.Target;
import io.pinion.volume.IoQueue;
import io.pinion.volume.Volume;
import java.nio.ByteBuffer;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A channel whose device is gone is closed without a flush, with its queues, and another takes its place. */
interface RemovalContract extends Contract {
    /** How many bytes are written and read. */
    int LENGTH = 10_000;

    /** What was flushed is there when the device is back, for calls and queues that were there before, too. */
    @Test
    default void aVolumeGoesOnWhenItsDeviceIsBack() throws Exception {
        StrategyUnderTest under = trial().under();
        assumeTrue(under.guard().isPresent(), "StrategyUnderTest.guardedBy names no guard whose claims could tell");
        FaultyGuard guard = FaultyGuard.around(under.guard().get());
        FaultyDevice device = guard.asDevice("naa.5000000000000001", LENGTH);
        Target target = trial().unclaimed(LENGTH);
        assumeTrue(
                target.scheme().equals(Target.PATH)
                        || trial().strategy().examine(target).backing().isPresent(),
                "nothing is beneath the strategy's targets that could be claimed");
        Map<String, String> patient = Map.of("grace", "60s");
        try (HostedVolume hosted = HostedVolume.start(under.guardedBy(guard), target, trial().strategy(), patient);
                IoQueue queue = hosted.volume().openQueue(4)) {
            Volume volume = hosted.volume();
            volume.write(Content.buffer(0, LENGTH, 1), 0);
            volume.flush();
            assertEquals(LENGTH, read(queue));
            device.remove();
            assertEquals(
                    Kind.REMOVED,
                    assertThrows(StorageException.class, volume::flush).kind());
            device.insert();
            ByteBuffer back = ByteBuffer.allocate(LENGTH);
            assertEquals(LENGTH, volume.read(back, 0));
            Content.assertSame(Content.bytes(0, LENGTH, 1), back.array(), "flushed before the device was pulled out");
            assertEquals(LENGTH, read(queue));
            volume.write(Content.buffer(0, LENGTH, 2), 0);
            volume.flush();
            hosted.swap();
        }
    }

    private static int read(IoQueue queue) throws Exception {
        queue.read(ByteBuffer.allocateDirect(LENGTH), 0, LENGTH, 0, 1, NONE);
        return new Collected().drain(queue).result(1);
    }
}

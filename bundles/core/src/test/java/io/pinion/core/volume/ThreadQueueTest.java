package io.pinion.core.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.pinion.core.control.FakeStrategy;
import io.pinion.strategy.Access;
import io.pinion.strategy.CompletionSink;
import io.pinion.strategy.OpenOptions;
import io.pinion.strategy.PositionalChannel;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.Target;
import io.pinion.strategy.TransferFlags;
import io.pinion.strategy.TransferMeter;
import io.pinion.volume.IoQueue;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A queue on threads, when the process has none left. */
@Timeout(60)
class ThreadQueueTest {
    private final FakeStrategy strategy = new FakeStrategy(1 << 16);
    private final Background background = new Background("test");
    private final Gate gate = new Gate("volume v", Closure.waiting("it is not open yet", TimeUnit.SECONDS.toNanos(10)));
    private final List<StorageException> lost = new ArrayList<>();
    private final GatedVolume volume = new GatedVolume("v", Access.READ_WRITE, gate, background, new Keeper() {
        @Override
        public void lostData(StorageException error) {
            lost.add(error);
        }

        @Override
        public void lostDevice(DeviceWatch device, StorageException trouble) {
            lost.add(trouble);
        }
    });

    private void open() throws StorageException {
        Target target = Target.parse("fake:threads-" + System.nanoTime());
        TransferMeter meter = new TransferMeter();
        PositionalChannel channel =
                strategy.open(target, OpenOptions.of(Access.READ_WRITE).withMeter(meter));
        gate.open(new Tenure("fake", strategy, target, channel, strategy.examine(target), meter, DeviceWatch.NONE));
    }

    @Test
    void whatNoThreadIsFoundForFailsAndLosesNothing() throws Exception {
        open();
        background.close();
        TreeMap<Long, Kind> failed = new TreeMap<>();
        CompletionSink sink = new CompletionSink() {
            @Override
            public void completed(long token, int transferred) {}

            @Override
            public void failed(long token, StorageException error) {
                failed.put(token, error.kind());
            }
        };
        try (IoQueue queue = volume.openQueue(4)) {
            queue.write(ByteBuffer.allocate(8), 0, 8, 0, 1, TransferFlags.NONE);
            queue.flush(2);
            queue.submit(2, TimeUnit.SECONDS.toNanos(10));
            assertEquals(2, queue.poll(sink));
        }
        assertEquals("{1=NO_RESOURCES, 2=NO_RESOURCES}", failed.toString());
        assertEquals(List.of(), lost, "no flush has run, so none has failed");
        assertEquals(0, gate.ledger().written());
        assertFalse(gate.ledger().durability().lastFlush().isPresent());
    }
}

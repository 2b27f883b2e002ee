package io.pinion.linux.uring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** On memory of its own, in which the test does what the kernel does. */
@Timeout(60)
class CompletionQueueTest {
    private static final int SIZE = 4;
    private static final int HEAD = 0;
    private static final int TAIL = 4;
    private static final int MASK = 8;
    private static final int ENTRIES = 16;

    private final ByteBuffer ring =
            ByteBuffer.allocateDirect(ENTRIES + SIZE * 16).order(ByteOrder.nativeOrder());
    private final CompletionQueue queue;
    private int tail;

    CompletionQueueTest() {
        ring.putInt(MASK, SIZE - 1);
        ByteBuffer offsets = ByteBuffer.allocate(24).order(ByteOrder.nativeOrder());
        offsets.putInt(0, HEAD).putInt(4, TAIL).putInt(8, MASK).putInt(20, ENTRIES);
        queue = new CompletionQueue(ring, offsets, 0);
    }

    private void post(long userData) {
        ring.putLong(ENTRIES + (tail & SIZE - 1) * 16, userData);
        tail++;
        RingMemory.INT.setRelease(ring, TAIL, tail);
    }

    private List<Long> shown() {
        List<Long> shown = new ArrayList<>();
        queue.show((userData, result) -> shown.add(userData));
        return shown;
    }

    @Test
    void whatIsPostedIsShownUntilItIsDelivered() {
        assertEquals(List.of(), shown());
        for (long userData = 1; userData <= 3; userData++) {
            post(userData);
        }
        assertEquals(List.of(1L, 2L, 3L), shown());
        assertEquals(List.of(1L, 2L, 3L), shown());
        List<Long> delivered = new ArrayList<>();
        queue.deliver((userData, result) -> delivered.add(userData));
        assertEquals(List.of(1L, 2L, 3L), delivered);
        assertEquals(List.of(), shown());
        post(4);
        post(5);
        assertEquals(List.of(4L, 5L), shown());
    }

    /** Whoever looks may be overtaken by the owner between any two of its steps. */
    @Test
    void noMoreIsShownThanTheRingHoldsWhileItsOwnerDelivers() throws Exception {
        AtomicBoolean stopped = new AtomicBoolean();
        Thread owner = new Thread(() -> {
            for (long userData = 0; !stopped.get(); userData++) {
                post(userData);
                queue.deliver((delivered, result) -> {});
            }
        });
        owner.start();
        try {
            for (int look = 0; look < 2_000_000; look++) {
                int[] count = {0};
                queue.show((userData, result) -> {
                    count[0]++;
                    assertTrue(count[0] <= SIZE, "more than " + SIZE + " are shown");
                });
            }
        } finally {
            stopped.set(true);
            owner.join();
        }
    }
}

package io.pinion.tck;

import static io.pinion.tck.Trial.NONE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.strategy.Access;
import io.pinion.strategy.Capability;
import io.pinion.strategy.ChannelQueue;
import io.pinion.strategy.Handover;
import io.pinion.strategy.OpenOptions;
import io.pinion.strategy.PositionalChannel;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.Target;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FaultyStrategyTest {
    private final MemoryStore store = new MemoryStore();
    private final Target target = store.create("target", 10_000);
    private final FaultyStrategy faulty = FaultyStrategy.around(new MemoryStrategy(store));
    private final ByteBuffer buffer = ByteBuffer.allocate(1000);

    @AfterEach
    void removeFaults() {
        faulty.clear();
    }

    @Test
    void failsTheCallsThatItIsToldTo() throws Exception {
        PositionalChannel channel = open(faulty);
        Fault fault = faulty.inject(
                Call.READ, Fault.fails(Kind.IO_ERROR).errno(5).after(1).times(2));
        assertEquals(1000, channel.read(buffer, 0, NONE));
        for (int i = 0; i < 2; i++) {
            StorageException e = assertThrows(StorageException.class, () -> channel.read(buffer.clear(), 7, NONE));
            assertEquals(Kind.IO_ERROR, e.kind());
            assertEquals(5, e.errno().orElse(0));
            assertEquals(7, e.offset());
            assertEquals(1000, e.length());
        }
        assertEquals(1000, channel.read(buffer.clear(), 0, NONE));
        assertEquals(2, fault.hits());
    }

    @Test
    void everyCallCanBeStruck() throws Exception {
        assertFails(Call.EXAMINE, () -> faulty.examine(target));
        assertFails(Call.OPEN, () -> open(faulty));
        PositionalChannel channel = open(faulty.withQueue());
        assertFails(Call.BEGIN, () -> channel.begin(Handover.first()));
        assertFails(Call.END, () -> channel.end(Handover.first()));
        assertFails(Call.SIZE, channel::size);
        assertFails(Call.SET_SIZE, () -> channel.setSize(1));
        assertFails(Call.FLUSH, channel::flush);
        assertFails(Call.OPEN_QUEUE, () -> channel.openQueue(1));
        ChannelQueue queue = channel.openQueue(1).orElseThrow();
        assertFails(Call.SUBMIT, () -> queue.submit(0, 0));
        faulty.inject(Call.CLOSE, Fault.throwing(new IllegalStateException("struck")));
        assertThrows(IllegalStateException.class, channel::close);
        assertEquals(
                Kind.CLOSED,
                assertThrows(StorageException.class, () -> channel.read(buffer, 0, NONE))
                        .kind());
    }

    private void assertFails(Call call, Crew.Task task) {
        Fault fault = faulty.inject(call, Fault.fails(Kind.REMOVED));
        assertEquals(
                Kind.REMOVED, assertThrows(StorageException.class, task::run).kind());
        faulty.remove(fault);
    }

    @Test
    void doesAPartAndSaysSo() throws Exception {
        PositionalChannel channel = open(faulty);
        faulty.inject(Call.WRITE, Fault.failsAfterBytes(300, Kind.NO_SPACE).times(1));
        buffer.put(Content.bytes(0, 1000, 1)).flip();
        StorageException e = assertThrows(StorageException.class, () -> channel.write(buffer, 0, NONE));
        assertEquals(300, e.transferred());
        assertEquals(300, buffer.position());
        assertEquals(1000, buffer.limit());
        assertEquals(0, store.content(target)[300]);
        assertEquals(Content.at(299, 1), store.content(target)[299]);
    }

    @Test
    void throwsWhatNoDriverMay() throws Exception {
        RuntimeException thrown = new RuntimeException("thrown");
        PositionalChannel channel = open(faulty);
        faulty.inject(Call.READ, Fault.throwing(thrown));
        assertSame(thrown, assertThrows(RuntimeException.class, () -> channel.read(buffer, 0, NONE)));
    }

    @Test
    void liesAboutLengths() throws Exception {
        PositionalChannel channel = open(faulty);
        faulty.inject(Call.READ, Fault.returning(7));
        assertEquals(7, channel.read(buffer, 0, NONE));
        assertEquals(1000, buffer.position());
    }

    @Test
    void hangsUntilReleasedWhateverInterruptsIt() throws Exception {
        PositionalChannel channel = open(faulty);
        Fault fault = faulty.inject(Call.READ, Fault.hangs());
        Crew crew = new Crew();
        Thread reader = crew.start("reader", () -> {
            assertEquals(1000, channel.read(buffer, 0, NONE));
            assertTrue(Thread.interrupted());
        });
        fault.awaitHit();
        reader.interrupt();
        Await.until("the reader to hang", () -> reader.getState() == Thread.State.WAITING);
        assertTrue(crew.isBusy());
        fault.release();
        crew.join();
    }

    @Test
    void delays() throws Exception {
        PositionalChannel channel = open(faulty);
        faulty.inject(Call.FLUSH, Fault.delays(Duration.ofMillis(20)));
        long start = System.nanoTime();
        channel.flush();
        assertTrue(System.nanoTime() - start >= Duration.ofMillis(20).toNanos());
    }

    @Test
    void aQueueIsDeclaredAndItsCompletionsCanBeStruck() throws Exception {
        assertFalse(faulty.examine(target).capabilities().contains(Capability.NATIVE_QUEUE));
        FaultyStrategy queued = faulty.withQueue();
        assertTrue(queued.examine(target).capabilities().contains(Capability.NATIVE_QUEUE));
        ChannelQueue queue = open(queued).openQueue(4).orElseThrow();
        Fault hanging = faulty.inject(Call.COMPLETE, Fault.hangs().times(1));
        queue.read(buffer, 0, 1000, 0, 1, NONE);
        queue.read(buffer, 0, 500, 0, 2, NONE);
        assertEquals(1, queue.submit(1, 0));
        assertEquals(1, queue.poll(new Collected()));
        assertEquals(1, queue.pending());
        assertFalse(queue.isQuiet());
        hanging.release();
        assertTrue(queue.isQuiet());
        Collected done = new Collected();
        assertEquals(1, queue.poll(done));
        assertEquals(1000, done.result(1));
        faulty.inject(Call.COMPLETE, Fault.completesTwice().times(1));
        queue.flush(3);
        assertEquals(2, queue.submit(1, 0));
    }

    @Test
    void anOwnerBoundQueueTellsWhoCallsItBesides() throws Exception {
        ChannelQueue queue = open(faulty.withOwnerBoundQueue()).openQueue(4).orElseThrow();
        assertTrue(queue.isOwnerBound());
        Crew crew = new Crew();
        crew.start("stranger", () -> {
            assertThrows(IllegalStateException.class, () -> queue.submit(0, 0));
            assertTrue(queue.isQuiet());
        });
        crew.join();
    }

    @Test
    void aFullStoreTellsWhatWasWritten() throws Exception {
        MemoryStore small = new MemoryStore(2L * MemoryFile.PAGE);
        Target full = small.create("full", 0);
        PositionalChannel channel =
                (PositionalChannel) new MemoryStrategy(small).open(full, OpenOptions.of(Access.READ_WRITE));
        ByteBuffer large = ByteBuffer.allocate(3 * MemoryFile.PAGE);
        StorageException e = assertThrows(StorageException.class, () -> channel.write(large, 100, NONE));
        assertEquals(Kind.NO_SPACE, e.kind());
        assertEquals(2 * MemoryFile.PAGE - 100, e.transferred());
        assertEquals(2 * MemoryFile.PAGE, channel.size());
        channel.setSize(0);
        assertEquals(5000, channel.write(large.clear().limit(5000), 0, NONE));
    }

    private PositionalChannel open(FaultyStrategy strategy) throws StorageException {
        return (PositionalChannel) strategy.open(target, OpenOptions.of(Access.READ_WRITE));
    }
}

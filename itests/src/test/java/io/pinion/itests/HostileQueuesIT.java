package io.pinion.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.pinion.itests.HostileStrategy.Manner;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.TransferFlags;
import io.pinion.volume.IoQueue;
import io.pinion.volume.SwapReport.Outcome;
import io.pinion.volume.VolumeState;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.Test;

/**
 * Every method of a driver's queue misbehaves in every manner: each operation completes once, here or on the next strategy,
 * no change of strategies is held up, and a neighbour, under load all the while, notices nothing.
 */
public class HostileQueuesIT extends HostileScenario {
    /** Below the 5 s after which the component runtime gives up on an unbinding. */
    private static final long UNREGISTERED_WITHIN_MILLIS = 5000;

    @Test
    public void aQueueThatFailsCompletesEachOperationOnce() throws Exception {
        for (String method : List.of("openQueue", "queue.read", "queue.submit", "queue.poll", "queue.close")) {
            Set<Manner> manners = EnumSet.copyOf(THROWING);
            if (method.equals("queue.poll")) {
                manners.addAll(Set.of(Manner.LIES, Manner.COMPLETES_TWICE));
            } else if (method.equals("openQueue")) {
                manners.add(Manner.RETURNS_NULL);
            }
            for (Manner manner : manners) {
                queueThatFails(method, manner);
            }
        }
    }

    private void queueThatFails(String method, Manner manner) throws Exception {
        try (Case hostile = new Case("hostile", true).serve();
                IoQueue queue = hostile.volume().openQueue(4)) {
            hostile.strategy.misbehave(method, manner);
            ByteBuffer buffer = ByteBuffer.allocateDirect(8);
            Outcomes outcomes = new Outcomes();
            queue.read(buffer, 0, 8, 0, 1, TransferFlags.NONE);
            boolean fails = method.matches("queue.(read|submit)")
                    || method.equals("queue.poll") && manner != Manner.COMPLETES_TWICE;
            assertEquals(method + " " + manner, List.of(fails ? Kind.STRATEGY_FAULT : 8), outcomes.of(queue, 1));
            if (method.equals("openQueue") || method.equals("queue.poll") && !fails) {
                hostile.awaitWhy("strategy hostile");
            }
            hostile.strategy.behave();
            queue.read(buffer, 0, 8, 0, 2, TransferFlags.NONE);
            assertEquals(List.of(8), outcomes.of(queue, 1));
            if (method.equals("queue.close")) {
                hostile.strategy.misbehave(method, manner);
            }
            hostile.registration.unregister();
            hostile.awaitBuffered();
            queue.read(buffer, 0, 8, 0, 3, TransferFlags.NONE);
            assertEquals("on the next strategy", List.of(8), outcomes.of(queue, 1));
        }
    }

    /** Whoever decides for the volume calls the driver's queue on behalf of an owner who does not. */
    @Test
    public void aQueueThatHangsOrNeverCompletesHoldsUpItsVolumeAlone() throws Exception {
        Map<String, Manner> ways = Map.of("queue.poll", Manner.NEVER_COMPLETES, "queue.submit", Manner.HANGS);
        for (Map.Entry<String, Manner> way : ways.entrySet()) {
            Case hostile = new Case("hostile", true).serve();
            try (IoQueue queue = hostile.volume().openQueue(4)) {
                ByteBuffer buffer = ByteBuffer.allocateDirect(8);
                Outcomes outcomes = new Outcomes();
                hostile.strategy.misbehave("queue.poll", Manner.NEVER_COMPLETES);
                queue.read(buffer, 0, 8, 0, 1, TransferFlags.NONE);
                queue.submit(0, 0);
                hostile.strategy.misbehave(way.getKey(), way.getValue());
                // From another thread: this one, about to wait, would drain its queue itself.
                var report = elsewhere(() -> admin().swap("hostile", "buffered"));
                assertEquals(way + " " + report, Outcome.ROLLED_BACK, report.outcome());
                assertTrue(report.detail(), report.detail().contains("1 operations are still in flight"));
                hostile.awaitWhy("Queue: thread " + Thread.currentThread().getName() + " has 1 operations");
                long millis = Load.millis(hostile.registration::unregister);
                assertTrue(way + ": unregistering took " + millis + " ms", millis < UNREGISTERED_WITHIN_MILLIS);
                hostile.awaitWhy("has left with 1 operations in flight");
                neighbour().awaitProgress();
                hostile.strategy.release();
                hostile.awaitBuffered();
                assertEquals(way.toString(), List.of(8), outcomes.of(queue, 1));
                queue.read(buffer, 0, 8, 0, 2, TransferFlags.NONE);
                assertEquals(way + ", on the next strategy", List.of(8), outcomes.of(queue, 1));
            }
            hostile.close();
        }
    }

    @Test
    public void aQueueThatHangsWhenItIsClosedHoldsUpNoTransfer() throws Exception {
        Case hostile = new Case("hostile", true).serve();
        try (IoQueue queue = hostile.volume().openQueue(4)) {
            ByteBuffer buffer = ByteBuffer.allocateDirect(8);
            Outcomes outcomes = new Outcomes();
            queue.read(buffer, 0, 8, 0, 1, TransferFlags.NONE);
            assertEquals(List.of(8), outcomes.of(queue, 1));
            hostile.strategy.misbehave("queue.close", Manner.HANGS);
            long millis = Load.millis(hostile.registration::unregister);
            assertTrue("unregistering took " + millis + " ms", millis < UNREGISTERED_WITHIN_MILLIS);
            awaitState("hostile", VolumeState.OPEN);
            assertEquals(Optional.of("buffered"), status("hostile").strategy());
            assertEquals("the queue hangs in its old driver", 1, hostile.strategy.hanging());
            queue.read(buffer, 0, 8, 0, 2, TransferFlags.NONE);
            assertEquals("on the next strategy", List.of(8), outcomes.of(queue, 1));
            neighbour().awaitProgress();
            hostile.strategy.release();
        }
        hostile.close();
    }

    private static <T> T elsewhere(Callable<T> call) throws Exception {
        FutureTask<T> task = new FutureTask<>(call);
        new Thread(task, "elsewhere").start();
        return task.get(Eventually.BOUND.toMillis(), TimeUnit.MILLISECONDS);
    }
}

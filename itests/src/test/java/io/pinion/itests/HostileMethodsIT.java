package io.pinion.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import io.pinion.itests.HostileStrategy.Manner;
import io.pinion.strategy.Discard;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.TransferFlags;
import io.pinion.volume.IoQueue;
import io.pinion.volume.SwapReport.Outcome;
import io.pinion.volume.Volume;
import io.pinion.volume.VolumeState;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.Test;

/**
 * Every method of a strategy and of its channel misbehaves in every manner: its own volume suffers, says so and by which
 * method, and is well again when the strategy is gone; a neighbour, under load all the while, notices nothing. Who hangs, in a
 * method of a queue too, hangs alone.
 */
public class HostileMethodsIT extends HostileScenario {
    @Override
    List<String> expectedErrors() {
        return List.of("volume hostile has failed: ");
    }

    @Test
    public void whoFailsOnTheWayGivesWayToTheNextPreference() throws Exception {
        for (String method : List.of("examine", "open", "identity", "begin")) {
            Set<Manner> manners = EnumSet.copyOf(THROWING);
            if (!method.equals("begin")) {
                manners.addAll(Set.of(Manner.RETURNS_NULL, Manner.LIES));
            }
            for (Manner manner : manners) {
                try (Case hostile = new Case("hostile", false)) {
                    hostile.strategy.misbehave(method, manner);
                    hostile.serve();
                    hostile.awaitBuffered();
                    hostile.awaitWhy(
                            "hostile", method.equals("identity") && manner == Manner.LIES ? "another" : method);
                    hostile.registration.unregister();
                }
            }
        }
    }

    /** What an application calls. */
    private interface Use {
        void on(Volume volume) throws StorageException;
    }

    private static final Map<String, Use> CALLS = Map.of(
            "read", volume -> volume.read(ByteBuffer.allocate(8), 0),
            "write", volume -> volume.write(ByteBuffer.allocate(8), 0),
            "size", Volume::size,
            "setSize", volume -> volume.setSize(4096),
            "geometry", Volume::geometry,
            "flush", Volume::flush,
            "adapt", volume -> volume.with(Discard.class, discard -> 0));

    @Test
    public void whoFailsInACallFailsThatCall() throws Exception {
        try (Case hostile = new Case("hostile", false).serve()) {
            Volume volume = hostile.volume();
            for (String method : List.of("read", "write", "size", "setSize", "geometry", "adapt")) {
                Set<Manner> manners = EnumSet.copyOf(THROWING);
                manners.addAll(
                        switch (method) {
                            case "read", "write", "size" -> Set.of(Manner.LIES);
                            case "geometry" -> Set.of(Manner.RETURNS_NULL);
                            case "adapt" -> Set.of(Manner.RETURNS_NULL, Manner.LIES);
                            default -> Set.of();
                        });
                for (Manner manner : manners) {
                    hostile.strategy.misbehave(method, manner);
                    StorageException e = assertThrows(
                            StorageException.class, () -> CALLS.get(method).on(volume));
                    assertEquals(method + " " + manner + ": " + e, Kind.STRATEGY_FAULT, e.kind());
                    assertTrue(e.getMessage(), e.getMessage().contains("strategy=hostile"));
                    hostile.strategy.behave();
                    assertEquals(8, volume.read(ByteBuffer.allocate(8), 0));
                }
            }
            assertEquals(VolumeState.OPEN, status("hostile").state());
            hostile.registration.unregister();
            hostile.awaitBuffered();
        }
    }

    @Test
    public void whoFailsInAFlushFailsItsVolume() throws Exception {
        for (Manner manner : THROWING) {
            try (Case hostile = new Case("hostile", false).serve()) {
                Volume volume = hostile.volume();
                hostile.strategy.misbehave("flush", manner);
                StorageException e = assertThrows(StorageException.class, volume::flush);
                assertEquals(e.toString(), Kind.FLUSH_FAILED, e.kind());
                awaitState("hostile", VolumeState.FAILED);
                hostile.awaitWhy("flush");
                hostile.registration.unregister();
                admin().reopen("hostile", true);
                hostile.awaitBuffered();
            }
        }
    }

    @Test
    public void whoFailsAtTheEndIsSucceededOrGoesOn() throws Exception {
        for (String method : List.of("end", "close", "mode")) {
            for (Manner manner : THROWING) {
                try (Case hostile = new Case("hostile", false).serve()) {
                    hostile.volume();
                    hostile.strategy.misbehave(method, manner);
                    var report = admin().swap("hostile", "buffered");
                    boolean rolledBack = method.equals("end");
                    assertEquals(
                            method + " " + manner + ": " + report,
                            rolledBack ? Outcome.ROLLED_BACK : Outcome.PUBLISHED,
                            report.outcome());
                    if (rolledBack) {
                        assertTrue(report.detail(), report.detail().contains("end"));
                        hostile.awaitWhy("end");
                    }
                    assertEquals(8, volume("hostile").read(ByteBuffer.allocate(8), 0));
                    hostile.registration.unregister();
                    hostile.awaitBuffered();
                }
            }
        }
    }

    @Test
    public void whoHangsAtTheEndOrBesideIsGivenUp() throws Exception {
        try (Case hostile = new Case("hostile", false).serve()) {
            hostile.volume();
            hostile.strategy.misbehave("end", Manner.HANGS);
            var report = admin().swap("hostile", "buffered");
            assertEquals(report.toString(), Outcome.ROLLED_BACK, report.outcome());
            hostile.awaitWhy("end: no answer within 300 ms");
            hostile.strategy.misbehave("mode", Manner.HANGS);
            hostile.awaitWhy("could not tell its mode");
            assertEquals(8, hostile.volume().read(ByteBuffer.allocate(8), 0));
            hostile.registration.unregister();
            hostile.awaitBuffered();
            hostile.strategy.release();
        }
    }

    /** One that hangs, and a thread of an application that is in its hands. */
    private final class Hanging {
        private final Case hostile;
        private final String method;
        private final Thread caller;

        Hanging(String method, Use use) throws Exception {
            this.method = method;
            hostile = new Case("hangs-in-" + method, method.startsWith("queue.") || method.equals("openQueue"));
            caller = new Thread(() -> call(use), "calls-" + method);
            caller.setDaemon(true);
        }

        private void call(Use use) {
            try {
                use.on(hostile.volume());
            } catch (StorageException | AssertionError e) {
                // It was told so; what is wanted of the volume is looked at from outside.
                return;
            }
        }

        void begin(boolean onTheWay) throws Exception {
            if (onTheWay) {
                hostile.strategy.misbehave(method, Manner.HANGS);
                hostile.serve();
            } else {
                hostile.serve().volume();
                hostile.strategy.misbehave(method, Manner.HANGS);
                caller.start();
            }
        }
    }

    private static void transferOnAQueue(Volume volume) throws StorageException {
        try (IoQueue queue = volume.openQueue(4)) {
            queue.read(ByteBuffer.allocateDirect(8), 0, 8, 0, 1, TransferFlags.NONE);
            new Outcomes().of(queue, 1);
        }
    }

    @Test
    public void whoHangsHangsAlone() throws Exception {
        List<Hanging> onTheWay = new ArrayList<>();
        for (String method : List.of("examine", "open", "identity", "begin")) {
            onTheWay.add(new Hanging(method, volume -> {}));
        }
        List<Hanging> inACall = new ArrayList<>();
        for (Map.Entry<String, Use> call : CALLS.entrySet()) {
            inACall.add(new Hanging(call.getKey(), call.getValue()));
        }
        List<Hanging> onAQueue = new ArrayList<>();
        for (String method : List.of("openQueue", "queue.read", "queue.submit", "queue.poll")) {
            onAQueue.add(new Hanging(method, HostileMethodsIT::transferOnAQueue));
        }
        List<Hanging> all = new ArrayList<>(onTheWay);
        all.addAll(inACall);
        all.addAll(onAQueue);

        long before = neighbour().operations();
        for (Hanging hanging : all) {
            hanging.begin(onTheWay.contains(hanging));
        }
        for (Hanging hanging : all) {
            Eventually.holds(
                    hanging.method + " hangs", () -> hanging.hostile.strategy.hanging() > 0, hanging.hostile::why);
        }
        for (Hanging hanging : onTheWay) {
            if (!hanging.method.equals("begin")) {
                hanging.hostile.awaitWhy("under way", hanging.method.equals("identity") ? "open" : hanging.method);
            }
        }
        for (Hanging hanging : inACall) {
            hanging.hostile.awaitWhy("In flight: 1 of", hanging.method.equals("adapt") ? "with" : hanging.method);
            var report = admin().swap(hanging.hostile.name, "buffered");
            assertEquals(hanging.method + " " + report, Outcome.ROLLED_BACK, report.outcome());
        }
        neighbour().awaitProgress();
        for (Hanging hanging : onTheWay) {
            hanging.hostile.awaitWhy("hangs-in-" + hanging.method, hanging.method + ": no answer within");
            hanging.hostile.awaitBuffered();
        }
        assertNotEquals("the neighbour went on", before, neighbour().operations());

        unregister(all);
        for (Hanging hanging : inACall) {
            hanging.hostile.awaitWhy("has left with");
        }
        neighbour().awaitProgress();
        for (Hanging hanging : all) {
            hanging.hostile.strategy.release();
        }
        for (Hanging hanging : all) {
            hanging.hostile.awaitBuffered();
            hanging.hostile.close();
            hanging.caller.join(Eventually.BOUND.toMillis());
        }
        Eventually.holds(
                "all callers have come back", () -> Threads.named("calls-").isEmpty(), () -> Threads.named("calls-"));
    }

    /** Each at once, as bundles stop: within the time that the component runtime leaves for it. */
    private void unregister(List<Hanging> all) throws Exception {
        List<Thread> threads = new ArrayList<>();
        for (Hanging hanging : all) {
            Thread thread = new Thread(hanging.hostile.registration::unregister, "unregisters-" + hanging.method);
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join(10_000);
            assertTrue(thread.getName() + " takes too long", !thread.isAlive());
        }
    }
}

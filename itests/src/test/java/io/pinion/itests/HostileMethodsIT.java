package io.pinion.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import io.pinion.itests.HostileStrategy.Manner;
import io.pinion.strategy.CompletionSink;
import io.pinion.strategy.Discard;
import io.pinion.strategy.IoStrategy;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.TransferFlags;
import io.pinion.volume.IoQueue;
import io.pinion.volume.SwapReport.Outcome;
import io.pinion.volume.Volume;
import io.pinion.volume.VolumeState;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.osgi.framework.ServiceRegistration;

/**
 * Every method of a strategy misbehaves in every manner: its own volume suffers, says so and by which method, and is well
 * again when the strategy is gone; a neighbour, under load all the while, notices nothing.
 */
public class HostileMethodsIT extends Scenario {
    private static final Set<Manner> THROWING =
            EnumSet.of(Manner.THROWS, Manner.FAILS_TO_LINK, Manner.OVERFLOWS_THE_STACK, Manner.RUNS_OUT_OF_MEMORY);

    /** Below the 5 s after which the component runtime gives up on an unbinding. */
    private static final long UNREGISTERED_WITHIN_MILLIS = 5000;

    private final List<Case> cases = new ArrayList<>();
    private Load neighbour;
    private long begun;

    @Override
    List<String> expectedErrors() {
        return List.of("volume hostile has failed: ");
    }

    @Before
    public void serveTheNeighbour() throws Exception {
        Path quiet = createFile(file(".quiet"), Load.SIZE);
        configure("quiet", "target", quiet.toString(), "strategy", "buffered");
        neighbour = Load.on(volume("quiet"));
        begun = System.nanoTime();
    }

    @After
    public void theNeighbourNoticedNothing() throws Exception {
        for (Case hostile : cases) {
            hostile.giveUp();
        }
        neighbour.awaitProgress();
        long operations = neighbour.operations();
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
        neighbour.close();
        assertEquals(0, admin().statistics("quiet").failures());
        System.out.printf(
                "torture: hostile: %s: the neighbour did %d operations in %d ms, 0 failed%n",
                test.getMethodName(), operations, millis);
    }

    /** A strategy, its registration, and the volume on it, all named alike. */
    private final class Case implements AutoCloseable {
        private final String name;
        private final HostileStrategy strategy;
        private final Path file;
        private final ServiceRegistration<IoStrategy> registration;

        Case(String name, boolean withQueue) throws Exception {
            this.name = name;
            strategy = new HostileStrategy(withQueue);
            file = createFile(file("." + name), 64 * 1024);
            registration = context()
                    .registerService(IoStrategy.class, strategy, new Hashtable<>(Map.of("pinion.strategy", name)));
            cases.add(this);
        }

        /** Whatever has come of it. */
        void giveUp() {
            strategy.release();
            try {
                registration.unregister();
            } catch (IllegalStateException e) {
                // It has been done.
                return;
            }
        }

        Case serve() throws Exception {
            configure(
                    name,
                    "target",
                    file.toString(),
                    "strategy",
                    name + ",buffered",
                    "drain.timeout",
                    "300ms",
                    "settle",
                    "100ms");
            return this;
        }

        Volume volume() {
            return HostileMethodsIT.this.volume(name, name);
        }

        void awaitWhy(String... words) {
            for (String word : words) {
                Eventually.holds(name + ": why says " + word, SLOWEST, () -> why().contains(word), this::why);
            }
        }

        private String why() throws StorageException {
            return String.join(" | ", admin().why(name));
        }

        /** The next preference takes over, and works. */
        void awaitBuffered() throws Exception {
            awaitStrategy(name, "buffered");
            Volume volume = HostileMethodsIT.this.volume(name, "buffered");
            assertEquals(8, volume.write(ByteBuffer.allocate(8), 0));
            assertEquals(8, volume.read(ByteBuffer.allocate(8), 0));
        }

        @Override
        public void close() throws Exception {
            unconfigure(name);
            Eventually.holds(name + " is gone", () -> OpenFiles.of(file) == 0, OpenFiles::all);
        }
    }

    /** The longest that core waits for a driver, and some. */
    private static final Duration SLOWEST = Duration.ofSeconds(45);

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
                    assertEquals(8, HostileMethodsIT.this.volume("hostile").read(ByteBuffer.allocate(8), 0));
                    hostile.registration.unregister();
                    hostile.awaitBuffered();
                }
            }
        }
    }

    /** What has come of operations on a queue. */
    private static final class Outcomes implements CompletionSink {
        private final List<Object> all = new ArrayList<>();

        @Override
        public void completed(long token, int transferred) {
            all.add(transferred);
        }

        @Override
        public void failed(long token, StorageException error) {
            all.add(error.kind());
        }

        List<Object> of(IoQueue queue, int operations) throws StorageException {
            all.clear();
            long start = System.nanoTime();
            while (all.size() < operations && System.nanoTime() - start < Eventually.BOUND.toNanos()) {
                queue.submit(operations, TimeUnit.MILLISECONDS.toNanos(100));
                queue.poll(this);
            }
            return all;
        }
    }

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
                neighbour.awaitProgress();
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
            neighbour.awaitProgress();
            hostile.strategy.release();
        }
        hostile.close();
    }

    private static <T> T elsewhere(Callable<T> call) throws Exception {
        FutureTask<T> task = new FutureTask<>(call);
        new Thread(task, "elsewhere").start();
        return task.get(Eventually.BOUND.toMillis(), TimeUnit.MILLISECONDS);
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

        long before = neighbour.operations();
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
        neighbour.awaitProgress();
        for (Hanging hanging : onTheWay) {
            hanging.hostile.awaitWhy("hangs-in-" + hanging.method, hanging.method + ": no answer within");
            hanging.hostile.awaitBuffered();
        }
        assertNotEquals("the neighbour went on", before, neighbour.operations());

        unregister(all);
        for (Hanging hanging : inACall) {
            hanging.hostile.awaitWhy("has left with");
        }
        neighbour.awaitProgress();
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

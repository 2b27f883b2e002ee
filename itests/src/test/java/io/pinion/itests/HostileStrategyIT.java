package io.pinion.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import io.pinion.itests.HostileStrategy.Manner;
import io.pinion.strategy.IoStrategy;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.volume.SwapReport;
import io.pinion.volume.SwapReport.Outcome;
import io.pinion.volume.Volume;
import io.pinion.volume.VolumeState;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.osgi.framework.ServiceRegistration;

/** A strategy that throws or hangs harms its own volume; another one, under load all the while, notices nothing. */
public class HostileStrategyIT extends Scenario {
    /** What a swap of the neighbour may take while something hangs elsewhere. */
    private static final long PROMPT_MILLIS = 5000;

    private final HostileStrategy hostile = new HostileStrategy();
    private ServiceRegistration<IoStrategy> registration;
    private Path file;
    private Load neighbour;

    @Override
    List<String> expectedErrors() {
        return List.of("volume hostile has failed: .*thrown by flush");
    }

    @Before
    public void serveBoth() throws Exception {
        Path quiet = createFile(file(".quiet"), Load.SIZE);
        assumeDirect(quiet);
        registration = context()
                .registerService(IoStrategy.class, hostile, new Hashtable<>(Map.of("pinion.strategy", "hostile")));
        configure("quiet", "target", quiet.toString(), "strategy", "buffered");
        neighbour = Load.on(volume("quiet"));
        file = createFile(file(".bin"), 4096);
    }

    @After
    public void theNeighbourNoticedNothing() throws Exception {
        neighbour.awaitProgress();
        hostile.release();
        neighbour.close();
        assertEquals(0, admin().statistics("quiet").failures());
        unregister();
    }

    @Test
    public void whatThrowsOnTheWayGivesWayToTheNextPreference() throws Exception {
        for (String method : List.of("examine", "open", "begin")) {
            for (Manner manner : List.of(Manner.THROWS, Manner.FAILS_TO_LINK)) {
                hostile.misbehave(method, manner);
                configureHostile("hostile,buffered");
                awaitStrategy("hostile", "buffered");
                String problem = String.join("; ", status("hostile").problems());
                assertTrue(problem, problem.contains(method));
                unconfigure("hostile");
                Eventually.holds("it is gone", () -> OpenFiles.of(file) == 0, () -> OpenFiles.all());
            }
        }
    }

    @Test
    public void whatThrowsInATransferFailsThatTransfer() throws Exception {
        configureHostile("hostile");
        Volume volume = volume("hostile");
        for (Manner manner : List.of(Manner.THROWS, Manner.FAILS_TO_LINK)) {
            hostile.misbehave("read", manner);
            StorageException e = assertThrows(StorageException.class, () -> read(volume));
            assertEquals(Kind.STRATEGY_FAULT, e.kind());
            assertTrue(e.getMessage(), e.getMessage().contains("strategy=hostile"));
            hostile.behave();
            assertEquals(8, read(volume));
        }
        assertEquals(VolumeState.OPEN, status("hostile").state());
    }

    @Test
    public void aFailedFlushStaysUntilTheLossIsAccepted() throws Exception {
        configureHostile("hostile");
        Volume volume = volume("hostile");
        hostile.misbehave("flush", Manner.THROWS);
        assertEquals(
                Kind.FLUSH_FAILED,
                assertThrows(StorageException.class, volume::flush).kind());
        hostile.behave();
        awaitState("hostile", VolumeState.FAILED);
        unregister();
        assertEquals(
                Kind.FLUSH_FAILED,
                assertThrows(StorageException.class, () -> read(volume)).kind());
        assertThrows(StorageException.class, () -> admin().reopen("hostile", false));
        configureHostile("buffered");
        Eventually.holds(
                "the configuration is taken",
                () -> status("hostile").preferences().equals(List.of("buffered")),
                () -> status("hostile"));
        admin().reopen("hostile", true);
        awaitStrategy("hostile", "buffered");
        assertEquals(8, read(volume));
    }

    @Test
    public void anExaminationThatHangsIsWaitedForByItsVolumeAlone() throws Exception {
        hostile.misbehave("examine", Manner.HANGS);
        configureHostile("hostile");
        Eventually.holds("it hangs", () -> hostile.hanging() > 0, hostile::hanging);
        neighbourSwaps();
        assertEquals(VolumeState.WAITING, status("hostile").state());
        hostile.release();
        awaitStrategy("hostile", "hostile");
    }

    @Test
    public void aReadThatHangsHoldsUpTheSwapWithinItsBoundAndTheUnregisteringToo() throws Exception {
        configureHostile("hostile,buffered");
        Volume volume = volume("hostile", "hostile");
        hostile.misbehave("read", Manner.HANGS);
        CompletableFuture<Integer> hung = CompletableFuture.supplyAsync(() -> {
            try {
                return read(volume);
            } catch (StorageException e) {
                throw new IllegalStateException(e);
            }
        });
        Eventually.holds("it hangs", () -> hostile.hanging() == 1, hostile::hanging);
        neighbourSwaps();

        SwapReport report = admin().swap("hostile", "buffered");
        assertEquals(report.toString(), Outcome.ROLLED_BACK, report.outcome());
        assertTrue(report.detail(), report.detail().contains("1 operations are still in flight after drain.timeout"));
        assertEquals("the old one goes on", 8, volume.write(ByteBuffer.allocate(8), 0));

        long millis = Load.millis(this::unregister);
        assertTrue("unregistering took " + millis + " ms", millis < PROMPT_MILLIS);
        neighbourSwaps();
        hostile.release();
        assertEquals(8, (int) hung.get(Eventually.BOUND.toMillis(), TimeUnit.MILLISECONDS));
        awaitStrategy("hostile", "buffered");
        assertEquals(8, read(volume));
    }

    @Test
    public void aCloseThatHangsDoesNotHoldUpTransfers() throws Exception {
        configureHostile("hostile,buffered");
        Volume volume = volume("hostile", "hostile");
        hostile.misbehave("close", Manner.HANGS);
        CompletableFuture<SwapReport> swap = CompletableFuture.supplyAsync(() -> {
            try {
                return admin().swap("hostile", "buffered");
            } catch (StorageException e) {
                throw new IllegalStateException(e);
            }
        });
        Eventually.holds("it hangs", () -> hostile.hanging() == 1, hostile::hanging);
        assertEquals(8, read(volume));
        assertEquals(8, volume.write(ByteBuffer.allocate(8), 0));
        neighbourSwaps();
        hostile.release();
        SwapReport report = swap.get(Eventually.BOUND.toMillis(), TimeUnit.MILLISECONDS);
        assertEquals(Outcome.PUBLISHED, report.outcome());
    }

    private void neighbourSwaps() throws Exception {
        String other = status("quiet").strategy().orElseThrow().equals("buffered") ? "direct" : "buffered";
        long millis = Load.millis(() -> assertTrue(admin().swap("quiet", other).isServing()));
        assertTrue("the neighbour's swap took " + millis + " ms", millis < PROMPT_MILLIS);
        neighbour.awaitProgress();
    }

    private void configureHostile(String strategies) throws Exception {
        configure(
                "hostile",
                "target",
                file.toString(),
                "strategy",
                strategies,
                "drain.timeout",
                "300ms",
                "settle",
                "100ms");
    }

    private static int read(Volume volume) throws StorageException {
        return volume.read(ByteBuffer.allocate(8), 0);
    }

    private void unregister() {
        if (registration != null) {
            registration.unregister();
            registration = null;
        }
    }
}

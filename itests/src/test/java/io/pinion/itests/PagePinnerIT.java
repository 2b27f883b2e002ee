package io.pinion.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.pinion.memory.PagePinner;
import io.pinion.memory.Pin;
import io.pinion.memory.PinStatus;
import io.pinion.strategy.StorageException;
import io.pinion.volume.VolumeStatistics.ByStrategy;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;

/** The service that pins pages is absent, comes, and goes with pins held, while a direct volume is under load. */
public class PagePinnerIT extends Scenario {
    private static final String MEMORY = "io.pinion.memory";
    private static final String ABSENT = "not pinned, there is no PagePinner service";

    private long lockedBefore;
    private Path file;
    private Load load;

    @Before
    public void serveUnpinned() throws Exception {
        file = createFile(file(".bin"), Load.SIZE);
        assumeDirect(file);
        memory().stop();
        lockedBefore = lockedKib();
        configure("pinned", "target", file.toString(), "strategy", "direct");
        load = Load.on(volume("pinned", "direct"));
    }

    @After
    public void giveBack() throws Exception {
        if (load != null) {
            load.close();
            assertEquals(0, admin().statistics("pinned").failures());
            unconfigure("pinned");
            Eventually.holds("all is unlocked", () -> lockedKib() == lockedBefore, PagePinnerIT::lockedKib);
        }
        if (bundles(MEMORY).isEmpty()) {
            context().installBundle(Container.url(MEMORY));
        }
        memory().start();
    }

    @Test
    public void absentArrivingAndLeavingWithPinsHeld() throws Exception {
        assertEquals(0, pinnedBytes());
        assertTrue(notes().contains(ABSENT));

        memory().start();
        long pinned = awaitPinned();
        assertEquals(pinned / 1024, lockedKib() - lockedBefore);
        load.awaitProgress();
        assertOwners();

        memory().stop();
        load.awaitProgress();
        assertEquals("pins stay until the channel is closed", pinned, pinnedBytes());

        assertTrue(admin().swap("pinned", "buffered").isServing());
        assertEquals(lockedBefore, lockedKib());
        assertTrue(admin().swap("pinned", "direct").isServing());
        assertEquals(0, pinnedBytes());
        assertTrue(notes().contains(ABSENT));
        load.awaitProgress();
    }

    @Test
    public void uninstalledWithPinsHeld() throws Exception {
        memory().start();
        awaitPinned();
        Bundle memory = memory();
        memory.uninstall();
        refresh(memory);
        load.awaitProgress();
        assertTrue(admin().swap("pinned", "buffered").isServing());
        assertEquals("a gone bundle's pins are given back too", lockedBefore, lockedKib());
        load.awaitProgress();

        context().installBundle(Container.url(MEMORY)).start();
        assertTrue(admin().swap("pinned", "direct").isServing());
        awaitPinned();
    }

    @Test
    public void comingAndGoingManyTimes() throws Exception {
        for (int round = 0; round < 10; round++) {
            memory().start();
            admin().swap("pinned", round % 2 == 0 ? "buffered" : "direct");
            memory().stop();
            load.awaitProgress();
        }
        assertTrue(admin().swap("pinned", "direct").isServing());
    }

    @Test
    public void onePinnerThatFailsIsDoneWithout() throws Exception {
        ServiceRegistration<PagePinner> bad = context()
                .registerService(
                        PagePinner.class, new FailingPinner(), new Hashtable<>(Map.of(Constants.SERVICE_RANKING, 100)));
        Eventually.holds("it says why", () -> notes().contains("no pins today"), this::notes);
        load.awaitProgress();
        assertEquals(0, pinnedBytes());
        bad.unregister();
        memory().start();
        awaitPinned();
    }

    /** Nobody says who they are: the service knows the bundle that asks. */
    private void assertOwners() throws StorageException {
        ServiceReference<PagePinner> reference = context().getServiceReference(PagePinner.class);
        PagePinner pinner = context().getService(reference);
        try (Pin mine = pinner.pin(ByteBuffer.allocateDirect(100), PagePinner.Access.READ)) {
            List<String> owners = pinner.pins().stream().map(PinStatus::owner).toList();
            assertEquals(mine + " of " + owners, 2, owners.size());
            assertEquals("io.pinion.direct: bounce memory of " + file, owners.get(0));
            assertEquals(context().getBundle().getSymbolicName(), owners.get(1));
        } finally {
            context().ungetService(reference);
        }
    }

    /** Skips the test where this user may not lock so much. */
    private long awaitPinned() throws StorageException {
        Eventually.holds(
                "pinned, or why not", () -> pinnedBytes() > 0 || notes().contains("RLIMIT_MEMLOCK"), this::notes);
        Needs.that(getClass(), "needs to lock memory: " + notes(), pinnedBytes() > 0);
        assertTrue(notes(), notes().contains(", pinned"));
        return pinnedBytes();
    }

    private long pinnedBytes() throws StorageException {
        return Optional.ofNullable(admin().statistics("pinned").byStrategy().get("direct"))
                .map(ByStrategy::pinnedBytes)
                .orElse(0L);
    }

    private String notes() {
        return status("pinned")
                .mode()
                .map(mode -> String.join("; ", mode.notes()))
                .orElse("");
    }

    private Bundle memory() {
        return bundle(MEMORY);
    }

    private static long lockedKib() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmLck:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .sum();
    }

    private static final class FailingPinner implements PagePinner {
        @Override
        public Pin pin(ByteBuffer region, Access access) {
            throw new IllegalStateException("no pins today");
        }

        @Override
        public long pinnedBytes() {
            return 0;
        }

        @Override
        public long limitBytes() {
            return 0;
        }
    }
}

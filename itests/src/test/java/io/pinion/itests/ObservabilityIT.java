package io.pinion.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.pinion.strategy.IoStrategy;
import io.pinion.strategy.StorageException;
import io.pinion.volume.Volume;
import io.pinion.volume.VolumeState;
import io.pinion.volume.VolumeStatistics;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.apache.felix.hc.api.Result.Status;
import org.apache.felix.hc.api.ResultLog;
import org.junit.After;
import org.junit.Test;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceRegistration;

/** What operators see from outside: beans, checks and metrics say what the admin says, and go without a trace. */
public class ObservabilityIT extends Scenario {
    private static final List<String> OBSERVERS = List.of("io.pinion.jmx", "io.pinion.health", "io.pinion.metrics");
    private static final int SCRAPES = 30;
    private static final String METRICS = "io.pinion.metrics";
    private static final String HEALTH = "io.pinion.health";

    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();

    @Override
    Option[] furtherOptions() {
        return new Option[] {
            Container.provision(
                    "org.apache.felix.healthcheck.api", "io.pinion.jmx", "io.pinion.health", "io.pinion.metrics")
        };
    }

    @After
    public void giveConfigurationsBack() throws IOException {
        configurationAdmin().getConfiguration(METRICS, "?").delete();
        configurationAdmin().getConfiguration(HEALTH, "?").delete();
    }

    private void set(String pid, Map<String, ?> values) throws IOException {
        configurationAdmin().getConfiguration(pid, "?").update(new Hashtable<>(values));
    }

    private Set<String> beans() throws Exception {
        Set<String> names = new TreeSet<>();
        for (ObjectName name : server.queryNames(new ObjectName("io.pinion:*"), null)) {
            names.add(name.getKeyProperty("type") + " " + name.getKeyProperty("name"));
        }
        return names;
    }

    private void awaitBeans(String... names) {
        Eventually.holds("beans " + List.of(names), () -> beans().equals(Set.of(names)), this::beans);
    }

    private Object bean(String volume, String attribute) throws Exception {
        return server.getAttribute(nameOf(volume), attribute);
    }

    private static ObjectName nameOf(String volume) throws Exception {
        return new ObjectName("io.pinion:type=Volume,name=" + volume);
    }

    private int enableMetrics() throws IOException {
        int port = freePort();
        set(METRICS, Map.of("enabled", "true", "port", String.valueOf(port)));
        Eventually.holds("metrics are there", () -> Scrape.isThere(port), () -> "nobody at " + port);
        return port;
    }

    @Test
    public void beansComeAndGoWithVolumesWhetherTheyAreOpenOrNot() throws Exception {
        awaitBeans("Pinion null");
        configure("shown", "target", file(".bin").toString(), "strategy", "buffered", "size", "64KiB");
        configure("lost", "target", file(".lost").toString(), "strategy", "nowhere", "size", "64KiB");
        awaitBeans("Pinion null", "Volume lost", "Volume shown");
        assertEquals("WAITING", bean("lost", "State"));
        Volume volume = volume("shown");
        volume.write(ByteBuffer.allocate(100), 0);
        assertEquals(100L, bean("shown", "UnflushedBytes"));
        volume.flush();
        assertEquals(0L, bean("shown", "UnflushedBytes"));
        assertEquals(100L, bean("shown", "WrittenBytes"));
        TabularData strategies = (TabularData) bean("shown", "ByStrategy");
        CompositeData buffered =
                (CompositeData) strategies.get(new Object[] {"buffered"}).get("value");
        assertEquals(100L, buffered.get("bytes"));

        unconfigure("lost");
        awaitBeans("Pinion null", "Volume shown");
        bundle("io.pinion.jmx").stop();
        assertEquals(Set.of(), beans());
        bundle("io.pinion.jmx").start();
        awaitBeans("Pinion null", "Volume shown");
        bundle("io.pinion.core").stop();
        assertEquals(Set.of(), beans());
        bundle("io.pinion.core").start();
        awaitBeans("Pinion null", "Volume shown");
    }

    @Test
    public void nobodyWhoLooksWaitsForASwapThatHangs() throws Exception {
        HostileStrategy hostile = new HostileStrategy().misbehave("begin", HostileStrategy.Manner.HANGS);
        ServiceRegistration<IoStrategy> registration = context()
                .registerService(IoStrategy.class, hostile, new Hashtable<>(Map.of("pinion.strategy", "hostile")));
        Path file = createFile(file(".bin"), Load.SIZE);
        configure("busy", "target", file.toString(), "strategy", "buffered", "drain.timeout", "10s");
        volume("busy");
        int port = enableMetrics();
        awaitBeans("Pinion null", "Volume busy");
        Thread swapping = new Thread(() -> {
            try {
                admin().swap("busy", "hostile");
            } catch (StorageException e) {
                throw new IllegalStateException(e);
            }
        });
        swapping.start();
        try {
            Eventually.holds("the swap hangs", () -> hostile.hanging() == 1, () -> admin().history("busy"));
            long millis = Load.millis(() -> {
                for (MBeanAttributeInfo attribute :
                        server.getMBeanInfo(nameOf("busy")).getAttributes()) {
                    bean("busy", attribute.getName());
                }
                Scrape.of(port);
                check("pinion-volumes");
                check("pinion-flush");
            });
            assertEquals("it still hangs", 1, hostile.hanging());
            assertEquals("SWAPPING", bean("busy", "State"));
            assertTrue("took " + millis + " ms", millis < 5000);
        } finally {
            hostile.release();
            swapping.join();
            registration.unregister();
        }
    }

    private Result check(String tag) {
        return service(HealthCheck.class, "(&(hc.tags=pinion)(hc.tags=" + tag + "))")
                .execute();
    }

    private void awaitStatus(String tag, Status status) {
        Eventually.holds(tag + " is " + status, () -> check(tag).getStatus() == status, () -> sentences(check(tag)));
    }

    private static List<String> sentences(Result result) {
        List<String> sentences = new ArrayList<>();
        for (ResultLog.Entry entry : result) {
            sentences.add(entry.getStatus() + " " + entry.getMessage());
        }
        return sentences;
    }

    @Test
    public void checksTellWhatIsTheMatterAndThatItIsOver() throws Exception {
        for (String tag : List.of("pinion-volumes", "pinion-strategies", "pinion-memory", "pinion-flush")) {
            awaitStatus(tag, Status.OK);
        }
        configure("lost", "target", file(".lost").toString(), "strategy", "nowhere", "settle", "0s", "size", "64KiB");
        awaitState("lost", VolumeState.WAITING);
        awaitStatus("pinion-volumes", Status.TEMPORARILY_UNAVAILABLE);
        awaitStatus("pinion-strategies", Status.WARN);
        unconfigure("lost");
        awaitStatus("pinion-volumes", Status.OK);
        awaitStatus("pinion-strategies", Status.OK);

        set(HEALTH, Map.of("flush.overdue.seconds", "1"));
        configure("lazy", "target", file(".bin").toString(), "strategy", "buffered", "size", "64KiB");
        Volume volume = volume("lazy");
        volume.write(ByteBuffer.allocate(100), 0);
        awaitStatus("pinion-flush", Status.WARN);
        set(HEALTH, Map.of("flush.overdue.seconds", "soon"));
        assertEquals(Status.WARN, check("pinion-flush").getStatus());
        volume.flush();
        assertEquals(Status.OK, check("pinion-flush").getStatus());
    }

    @Test
    public void aScrapeUnderLoadAgreesWithTheAdmin() throws Exception {
        Path file = createFile(file(".bin"), Load.SIZE);
        assumeDirect(file);
        configure("busy", "target", file.toString(), "strategy", "buffered,direct");
        Load load = Load.on(volume("busy"));
        int port = enableMetrics();
        Scrape last = Scrape.of(port);
        for (int round = 0; round < SCRAPES; round++) {
            if (round % 5 == 4) {
                assertTrue(admin().swap("busy", round % 10 == 4 ? "direct" : "buffered")
                        .isServing());
            }
            VolumeStatistics before = admin().statistics("busy");
            Scrape scrape = Scrape.of(port);
            VolumeStatistics after = admin().statistics("busy");
            scrape.assertBetween(before, after);
            scrape.assertNoCounterBehind(last);
            last = scrape;
        }
        load.close();
        Scrape atRest = Scrape.of(port);
        VolumeStatistics exact = admin().statistics("busy");
        atRest.assertBetween(exact, exact);
        assertEquals(SCRAPES / 5, atRest.value("pinion_volume_swaps_total{volume=\"busy\"}"), 0);
        assertEquals(1, atRest.value("pinion_volume_state{state=\"OPEN\",volume=\"busy\"}"), 0);
        assertEquals(0, atRest.value("pinion_volume_failures_total{volume=\"busy\"}"), 0);

        set(METRICS, Map.of("enabled", "perhaps", "port", String.valueOf(port)));
        awaitLogged("io.pinion.metrics: enabled=perhaps is refused");
        set(METRICS, Map.of("enabled", "true", "prot", "1"));
        awaitLogged("io.pinion.metrics: prot is unknown");
        assertTrue("what is refused changes nothing", Scrape.isThere(port));
        set(METRICS, Map.of("enabled", "false"));
        Eventually.holds("it is off", () -> !Scrape.isThere(port), () -> "somebody at " + port);
    }

    @Test
    public void nothingIsLeftOfWhatIsUninstalled() throws Exception {
        configure("shown", "target", file(".bin").toString(), "strategy", "buffered", "size", "64KiB");
        volume("shown");
        int port = enableMetrics();
        awaitBeans("Pinion null", "Volume shown");
        check("pinion-flush");

        List<Bundle> observers = OBSERVERS.stream().map(this::bundle).toList();
        List<String> locations = observers.stream().map(Bundle::getLocation).toList();
        Loaders loaders = new Loaders();
        loaders.note(observers);
        assertEquals(OBSERVERS.size(), loaders.count());
        for (Bundle bundle : observers) {
            bundle.uninstall();
        }
        refresh(observers.toArray(new Bundle[0]));
        try {
            assertEquals(Set.of(), beans());
            new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
            Eventually.holds(
                    "threads and class loaders go",
                    () -> threads("pinion-metrics").isEmpty()
                            && threads("HTTP-Dispatcher").isEmpty()
                            && loaders.left().isEmpty(),
                    () -> threads("pinion-metrics") + " " + threads("HTTP-Dispatcher") + " " + loaders.left()
                            + loaders.suspects());
        } finally {
            for (String location : locations) {
                context().installBundle(location).start();
            }
        }
        awaitBeans("Pinion null", "Volume shown");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}

package io.pinion.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;
import static org.ops4j.pax.exam.CoreOptions.composite;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.Test;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.Bundle;

/** The features, in a stock Karaf: it has no JNA, and jline, below Karaf's shell, would take any that came. */
public class KarafFeaturesIT extends KarafHost {
    private static final List<String> ALL = List.of(
            "io.pinion.advisor",
            "io.pinion.archive",
            "io.pinion.block",
            "io.pinion.buffered",
            "io.pinion.core",
            "io.pinion.direct",
            "io.pinion.health",
            "io.pinion.jmx",
            "io.pinion.linux",
            "io.pinion.memory",
            "io.pinion.metrics",
            "io.pinion.shell",
            "io.pinion.tape");

    private static final int ROUNDS = 3;

    @Override
    Option furtherOptions() {
        return composite();
    }

    @Test
    public void whatTheHostHasIsNotTouched() throws Exception {
        try (HostBundles host = HostBundles.of(context())) {
            assertTrue("bundles of the host: " + host.count(), host.count() > 40);
            install("pinion");
            assertEquals(ALL, installed());
            install("pinion-demo");
            swapUnderLoad();
            uninstall("pinion-demo");
            uninstall("pinion");
            assertEquals(List.of(), host.touched());
        }
    }

    @Test
    public void anOldJnaInTheHostIsNobodysTrouble() throws Exception {
        Bundle old;
        try (InputStream jar = Files.newInputStream(Container.path("jna-4.jar"))) {
            old = context().installBundle("jna-4", jar);
        }
        old.start();
        try (HostBundles host = HostBundles.of(context())) {
            install("pinion-demo");
            swapUnderLoad();
            assertEquals(List.of(), host.touched());
        } finally {
            old.uninstall();
        }
    }

    @Test
    public void whatIsInstalledTwiceIsInstalledOnce() throws Exception {
        install("pinion");
        try (HostBundles host = HostBundles.of(context())) {
            install("pinion");
            install("pinion-direct");
            assertEquals(ALL, installed());
            assertEquals(List.of(), host.touched());
        }
    }

    @Test
    public void oneByOne() throws Exception {
        install("pinion-shell");
        assertEquals(List.of("io.pinion.core", "io.pinion.shell"), installed());
        serve("plain", "direct,buffered", "WAITING");
        install("pinion-buffered");
        await("pinion:volumes", "OPEN", "buffered");
        install("pinion-direct");
        await("pinion:strategies", "buffered", "direct");
        await("pinion:volumes", "OPEN", "O_DIRECT");
        install("pinion-block");
        await("pinion:strategies", "block", "buffered", "direct");
        install("pinion-tape");
        await("pinion:strategies", "tape-image");
        install("pinion-advisor");
        await("pinion:help advise", "usage: advise");
        install("pinion-archive");
        await("pinion:help tape", "usage: tape", "NAME rewind");
        await("pinion:help tape-copy", "usage: tape-copy FROM TO");
        install("pinion-jmx");
        install("pinion-health");
        await("pinion:health", "Pinion volumes: OK", "Pinion memory: OK", "there is no PagePinner");
        await("pinion:help health", "usage: health [--ready]");
        install("pinion-metrics");
        List<String> withoutMemory = new ArrayList<>(ALL);
        withoutMemory.remove("io.pinion.memory");
        assertEquals(withoutMemory, installed());
        install("pinion-memory");
        assertEquals(ALL, installed());
    }

    @Test
    public void whatIsUninstalledAndInstalledAgainServesAsBefore() throws Exception {
        install("pinion");
        Path file = serve("kept", "direct", "OPEN", "O_DIRECT");
        for (int round = 0; round < ROUNDS; round++) {
            uninstall("pinion");
            assertEquals(List.of(), installed());
            assertEquals(0, OpenFiles.of(file));
            Eventually.holds(
                    "no thread is left", () -> Threads.named("pinion-").isEmpty(), () -> Threads.named("pinion-"));
            install("pinion");
            await("pinion:volumes", "kept", "OPEN", "O_DIRECT");
        }
        Eventually.holds(
                "the threads that freed memory for uninstalled bundles are gone",
                () -> {
                    System.gc();
                    return Threads.named("JNA Cleaner").size() == 1;
                },
                () -> Threads.named("JNA Cleaner"));
    }

    @Test
    public void theCommandsAreThoseOfTheDistribution() throws Exception {
        install("pinion");
        await("pinion:volumes", "no volumes are configured");
        Path file = serve("ledger", "buffered,direct", "ledger", "OPEN", "buffered");
        await("pinion:strategies " + file, "buffered", "direct", "yes");
        await("pinion:swap ledger direct", "ledger: buffered -> direct, paused");
        await("pinion:why ledger", "Strategy direct was chosen by hand");
        await("pinion:stats ledger", "1 swap", "ZERO-COPY");
        await("pinion:history ledger", "published", "direct");
        await("pinion:health", "OK");
        await("pinion:help", "swap", "why", "health");
        await("pinion:help swap", "usage: swap", "--configured");
    }
}

package io.pinion.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.Before;
import org.junit.Test;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.TestContainer;

/** A framework that is stopped while its volumes are written to: what callers were told to be written is in the files. */
public class FrameworkStopIT {
    private static final List<String> STRATEGIES = List.of("buffered", "direct", "lazy");
    private static final long STOPPED_WITHIN_MILLIS = 15_000;

    private final Map<String, Object> written = new ConcurrentHashMap<>();
    private final Map<String, Object> ended = new ConcurrentHashMap<>();
    private Path directory;

    @Before
    public void configureByFiles() throws IOException {
        directory = Container.emptyDirectory(getClass());
        Files.createDirectories(etc());
        for (String strategy : STRATEGIES) {
            Files.writeString(
                    etc().resolve("io.pinion.volume-" + strategy + ".cfg"),
                    "target=" + directory.resolve(strategy) + "\nsize=8KiB\nstrategy=" + strategy + "\n");
        }
        System.getProperties().put(WritingActivator.WRITTEN, written);
        System.getProperties().put(WritingActivator.ENDED, ended);
    }

    /** The framework stops what was installed last first: strategies and the application before core. */
    @Test
    public void coreLast() throws Exception {
        stopped(Container.pinion(), application());
    }

    @Test
    public void coreFirst() throws Exception {
        List<String> bundles = new ArrayList<>(Container.PINION);
        Collections.reverse(bundles);
        stopped(application(), Container.libraries(), Container.provision(bundles.toArray(new String[0])));
    }

    private void stopped(Option... options) throws Exception {
        List<Option> all = new ArrayList<>(List.of(options));
        all.add(0, Container.platform(getClass()));
        all.add(frameworkProperty("felix.fileinstall.dir").value(etc().toString()));
        all.add(frameworkProperty("felix.fileinstall.poll").value("100"));
        all.add(frameworkProperty("felix.fileinstall.noInitialDelay").value("true"));
        all.add(Container.provision("org.apache.felix.fileinstall"));
        ContainerLog log = ContainerLog.from(null);
        try {
            TestContainer container = Container.start(all.toArray(new Option[0]));
            Eventually.holds(
                    "all volumes are written to",
                    () -> STRATEGIES.stream().allMatch(s -> number(s) > 100) || !ended.isEmpty(),
                    () -> written + " " + ended);
            assertEquals(Map.of(), ended);
            long millis = Load.millis(container::stop);
            assertTrue("stopping took " + millis + " ms", millis < STOPPED_WITHIN_MILLIS);
        } finally {
            log.close();
        }
        Eventually.holds("all writers are told", () -> ended.size() == STRATEGIES.size(), () -> ended);
        for (String strategy : STRATEGIES) {
            assertEquals(strategy, "CLOSED", ended.get(strategy));
            long stored = ByteBuffer.wrap(Files.readAllBytes(directory.resolve(strategy)))
                    .getLong();
            assertEquals(strategy, number(strategy), stored);
            assertEquals(0, OpenFiles.of(directory.resolve(strategy)));
        }
        assertEquals("errors in the log", List.of(), log.unexpected(List.of()));
    }

    private static Option application() throws IOException {
        return Container.bundleOf(WritingActivator.class, LazyStrategy.class, PlainChannel.class);
    }

    private long number(String volume) {
        return (Long) written.getOrDefault(volume, 0L);
    }

    private Path etc() {
        return directory.resolve("etc");
    }
}

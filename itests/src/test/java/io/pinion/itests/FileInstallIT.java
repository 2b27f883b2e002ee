package io.pinion.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertSame;
import static org.junit.Assert.assertTrue;
import static org.ops4j.pax.exam.CoreOptions.composite;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;

import io.pinion.volume.Volume;
import io.pinion.volume.VolumeStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.ops4j.pax.exam.Option;

/** A volume whose configuration is a file that its operator edits in place, as operators do. */
public class FileInstallIT extends Scenario {
    private static final int POLL_MILLIS = 100;
    private static final int SWAPPED_WITHIN_MILLIS = 2000;

    private String edited;
    private Path data;
    private Volume volume;
    private Load load;

    @Override
    Option[] furtherOptions() throws IOException {
        Files.createDirectories(etc());
        return new Option[] {
            composite(
                    frameworkProperty("felix.fileinstall.dir").value(etc().toString()),
                    frameworkProperty("felix.fileinstall.poll").value(String.valueOf(POLL_MILLIS)),
                    frameworkProperty("felix.fileinstall.noInitialDelay").value("true"),
                    frameworkProperty("felix.fileinstall.filter").value(".*\\.cfg"),
                    Container.provision("org.apache.felix.fileinstall"))
        };
    }

    @Before
    public void serve() throws Exception {
        data = createFile(file(".bin"), Load.SIZE);
        assumeDirect(data);
        edit(good("buffered"));
        volume = volume(name(), "buffered");
        load = Load.on(volume);
    }

    @After
    public void deleteFiles() throws IOException {
        if (load != null) {
            load.close();
            assertEquals(0, admin().statistics(name()).failures());
        }
        try (Stream<Path> files = Files.list(etc())) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Eventually.holds(
                "no configuration and no refusal",
                () -> volumeConfigurations().isEmpty() && admin().refusals().isEmpty(),
                () -> volumeConfigurations() + " " + admin().refusals());
    }

    @Test
    public void anEditSwapsWithinTwoSeconds() throws Exception {
        for (String strategy : List.of("direct", "buffered", "direct,buffered", "buffered,direct")) {
            long millis = Load.millis(() -> {
                edit(good(strategy));
                Eventually.holds(
                        "taken",
                        () -> isAsEdited() && status(name()).preferences().equals(List.of(strategy.split(","))),
                        () -> Files.readString(configuration()) + status(name()));
                awaitStrategy(name(), strategy.split(",")[0]);
            });
            assertTrue(strategy + " took " + millis + " ms", millis < SWAPPED_WITHIN_MILLIS);
            load.awaitProgress();
        }
        assertSame(volume, volume(name(), "buffered"));
        assertEquals(List.of("buffered", "direct"), status(name()).preferences());
    }

    @Test
    public void anUnknownKeyIsRefused() throws Exception {
        refused(
                good("direct") + "stratgy=direct\n",
                "stratgy is unknown",
                "allowed: the keys access, claim, drain.timeout");
        corrected();
    }

    @Test
    public void aWrongUnitIsRefused() throws Exception {
        refused(good("direct") + "grace=5parsecs\n", "grace=5parsecs", "allowed: a number with ms, s, m or h");
        refused(good("direct") + "grace=-1s\n", "grace=-1s", "allowed:");
        corrected();
    }

    @Test
    public void anUnknownStrategyIsRefused() throws Exception {
        refused(good("turbo"), "strategy=turbo", "allowed: at least one that is registered: block, buffered, direct");
        corrected();
    }

    @Test
    public void anUnknownAccessAndAMissingFileAreRefused() throws Exception {
        refused(good("direct") + "access=all\n", "access=all", "allowed: [read-only, read-write]");
        refused("target=" + file(".missing") + "\nstrategy=direct\n", "target=" + file(".missing"), "allowed:");
        refused("target=" + etc() + "\nstrategy=direct\n", "target=" + etc(), "allowed:");
        corrected();
    }

    @Test
    public void anEmptyFileIsRefused() throws Exception {
        refused("", "target is missing", "allowed: a path, or scheme:rest");
        corrected();
    }

    @Test
    public void aHalfWrittenFileIsRefused() throws Exception {
        refused("target=" + data + "\nstrat", "strategy is missing", "allowed: names of strategies");
        refused(good("direct") + "gra", "gra is unknown", "allowed: the keys");
        refused("target=" + data + "\nstrategy=", "strategy is missing", "allowed: names of strategies");
        corrected();
    }

    /** Whatever File Install sees of it on the way. */
    @Test
    public void aFileThatIsWrittenBitByBitIsTakenWhenItIsWhole() throws Exception {
        String whole = good("direct,buffered") + "grace=9s\n";
        for (int end = 1; end < whole.length(); end += 3) {
            edit(whole.substring(0, end));
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS / 4);
        }
        edit(whole);
        Eventually.holds(
                "the whole file is taken",
                () -> isAsEdited()
                        && status(name()).preferences().equals(List.of("direct", "buffered"))
                        && volumeProperty("grace").equals("9s")
                        && admin().refusals().isEmpty(),
                () -> Files.readString(configuration()) + status(name()) + admin().refusals());
        awaitStrategy(name(), "direct");
        load.awaitProgress();
        assertSame(volume, volume(name(), "direct"));
    }

    @Test
    public void theSameOnceMoreChangesNothing() throws Exception {
        long swaps = admin().statistics(name()).swaps();
        for (int i = 0; i < 10; i++) {
            edit(good("buffered"));
            Files.setLastModifiedTime(configuration(), FileTime.fromMillis(System.currentTimeMillis() - 1000L * i));
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
        load.awaitProgress();
        assertEquals(swaps, admin().statistics(name()).swaps());
        assertEquals(List.of(), admin().refusals());
        assertSame(volume, volume(name(), "buffered"));
    }

    /** As editors do that write another file and rename it. */
    @Test
    public void aFileThatIsReplacedByAnotherIsTaken() throws Exception {
        for (String strategy : List.of("direct", "buffered")) {
            edited = good(strategy);
            Path other = etc().resolve("edited.tmp");
            Files.writeString(other, edited);
            Files.move(other, configuration(), StandardCopyOption.ATOMIC_MOVE);
            Eventually.holds(
                    "taken",
                    () -> isAsEdited() && status(name()).preferences().equals(List.of(strategy)),
                    () -> Files.readString(configuration()) + status(name()));
            awaitStrategy(name(), strategy);
            load.awaitProgress();
        }
        assertSame(volume, volume(name(), "buffered"));
    }

    @Test
    public void aSecondFileForTheSameNameIsRefused() throws Exception {
        Path other = etc().resolve("io.pinion.volume-other.cfg");
        Files.writeString(other, good("direct") + "name=" + name() + "\n");
        awaitRefusal("name=" + name(), "a name that is not taken");
        load.awaitProgress();
        assertEquals(1, admin().volumes().size());
        assertEquals(Optional.of("buffered"), status(name()).strategy());

        Files.delete(other);
        Eventually.holds("no refusal", () -> admin().refusals().isEmpty(), () -> admin().refusals());
        corrected();
    }

    @Test
    public void aSwapIsSavedToTheFile() throws Exception {
        edit("# The fast disk.\n" + good("buffered") + "grace=7s\n");
        Eventually.holds(
                "taken", () -> isAsEdited() && volumeProperty("grace").equals("7s"), () -> volumeProperty("grace"));
        assertTrue(admin().swapAndSave(name(), "direct").isServing());
        Eventually.holds(
                "saved",
                () -> Files.readString(configuration()).matches("(?s).*strategy\\s*=\\s*direct,\\s*buffered.*"),
                () -> Files.readString(configuration()));
        String saved = Files.readString(configuration());
        assertTrue(saved, saved.contains("# The fast disk."));
        assertTrue(saved, saved.matches("(?s).*grace\\s*=\\s*7s.*"));
        Eventually.holds(
                "the override has become configuration",
                () -> status(name()).override().isEmpty()
                        && status(name()).preferences().equals(List.of("direct", "buffered")),
                () -> status(name()));
        awaitStrategy(name(), "direct");
        assertEquals(List.of(), admin().refusals());
        load.awaitProgress();
    }

    @Test
    public void aDeletedFileEndsTheVolume() throws Exception {
        load.close();
        load = null;
        Files.delete(configuration());
        Eventually.holds("no volume", () -> admin().volumes().isEmpty(), () -> admin().volumes());
        Eventually.holds(
                "no service",
                () -> !isThere(Volume.class, "(pinion.volume=" + name() + ")"),
                () -> volumeConfigurations());
        Eventually.holds("the file is given back", () -> OpenFiles.of(data) == 0, () -> OpenFiles.all());
    }

    /** The edit is refused as a whole, and the volume goes on as it was. */
    private void refused(String edited, String keyAndValue, String allowed) throws Exception {
        VolumeStatus before = status(name());
        edit(edited);
        awaitRefusal(keyAndValue, allowed);
        load.awaitProgress();
        VolumeStatus after = status(name());
        assertEquals(before.state(), after.state());
        assertEquals(before.strategy(), after.strategy());
        assertEquals(before.preferences(), after.preferences());
        assertEquals(before.target(), after.target());
        assertTrue(after.problems().toString(), after.problems().stream().anyMatch(p -> p.contains(keyAndValue)));
        assertTrue(admin().why(name()).stream().anyMatch(sentence -> sentence.contains(keyAndValue)));
    }

    private void awaitRefusal(String keyAndValue, String allowed) {
        Eventually.holds(
                "a refusal that says " + keyAndValue + " and " + allowed,
                () -> isAsEdited()
                        && admin().refusals().stream()
                                .anyMatch(refusal -> refusal.volume().equals(name())
                                        && refusal.reason().contains(keyAndValue)
                                        && refusal.reason().contains(allowed)),
                () -> admin().refusals());
    }

    private void corrected() throws Exception {
        edit(good("direct"));
        Eventually.holds(
                "the corrected file is taken",
                () -> isAsEdited() && status(name()).preferences().equals(List.of("direct")),
                () -> Files.readString(configuration()) + status(name()));
        awaitStrategy(name(), "direct");
        Eventually.holds("no refusal", () -> admin().refusals().isEmpty(), () -> admin().refusals());
        assertEquals(List.of(), status(name()).problems());
        load.awaitProgress();
        assertSame(volume, volume(name(), "direct"));
    }

    private String volumeProperty(String key) throws Exception {
        return String.valueOf(volumeConfigurations().get(0).getProperties().get(key));
    }

    private String good(String strategy) {
        return "target=" + data + "\nstrategy=" + strategy + "\n";
    }

    private void edit(String text) throws IOException {
        edited = text;
        Files.writeString(configuration(), text);
    }

    /**
     * File Install writes what Configuration Admin has back to the file, some moments after it has read it, and so undoes an
     * edit that was made in these moments. Nobody types that fast; a test does, and edits again.
     */
    private boolean isAsEdited() throws IOException {
        boolean is = Files.readString(configuration()).equals(edited);
        if (!is) {
            Files.writeString(configuration(), edited);
        }
        return is;
    }

    private String name() {
        return test.getMethodName();
    }

    private Path configuration() {
        return etc().resolve("io.pinion.volume-" + name() + ".cfg");
    }

    private Path etc() {
        return Container.directory(getClass()).resolve("etc");
    }
}

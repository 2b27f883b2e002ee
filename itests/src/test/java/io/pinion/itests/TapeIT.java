package io.pinion.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertSame;
import static org.junit.Assert.assertTrue;
import static org.ops4j.pax.exam.CoreOptions.composite;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;

import io.pinion.strategy.IoStrategy;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.TapeResult;
import io.pinion.volume.SwapReport;
import io.pinion.volume.TapeDrive;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import org.junit.Test;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceRegistration;

/** A tape that is a file: its drive is a service, and stays where it is while what serves it comes and goes. */
public class TapeIT extends Scenario {
    private static final String STRATEGY = "tape-image";
    private static final String MARK = "mark";

    private final TapeResult result = new TapeResult();

    @Override
    Option[] furtherOptions() throws IOException {
        Path etc = Files.createDirectories(Container.directory(getClass()).resolve("etc"));
        return new Option[] {
            composite(
                    frameworkProperty("felix.fileinstall.dir").value(etc.toString()),
                    frameworkProperty("felix.fileinstall.poll").value("100"),
                    frameworkProperty("felix.fileinstall.noInitialDelay").value("true"),
                    frameworkProperty("felix.fileinstall.filter").value(".*\\.cfg"),
                    Container.provision("org.apache.felix.fileinstall"))
        };
    }

    /** Karaf has a folder that it looks at already. */
    private Path etc() {
        return Karaf.isMeant()
                ? Path.of(context().getProperty("karaf.etc"))
                : Container.directory(getClass()).resolve("etc");
    }

    private Path image() {
        return file(".tap");
    }

    private TapeDrive configured(String... further) throws IOException {
        Files.deleteIfExists(image());
        List<String> all = new ArrayList<>(List.of("target", STRATEGY + ":" + image()));
        all.addAll(List.of(further));
        configureTape("lto", all.toArray(String[]::new));
        return tape("lto", STRATEGY);
    }

    private void write(TapeDrive drive, String record) throws StorageException {
        drive.write(ByteBuffer.wrap(record.getBytes(StandardCharsets.US_ASCII)), result);
    }

    /** {@return the records and marks that the file holds, whoever wrote them: the format is SIMH's} */
    private List<String> held() throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(image())).order(ByteOrder.LITTLE_ENDIAN);
        List<String> held = new ArrayList<>();
        while (bytes.hasRemaining()) {
            int length = bytes.getInt();
            if (length == 0) {
                held.add(MARK);
                continue;
            }
            byte[] record = new byte[length];
            bytes.get(record).position(bytes.position() + length % 2);
            assertEquals("the length behind the record", length, bytes.getInt());
            held.add(new String(record, StandardCharsets.US_ASCII));
        }
        return held;
    }

    @Test
    public void aFileMakesADriveAndTakesItAway() throws Exception {
        Path file = etc().resolve("io.pinion.tape-filed.cfg");
        Path written = Files.writeString(
                etc().resolve("filed.new"), "target=" + STRATEGY + ":" + image() + "?capacity=1MiB\nsettle=200ms\n");
        Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
        TapeDrive drive = tape("filed", STRATEGY);
        assertEquals("filed", drive.name());
        write(drive, "one");
        drive.writeFileMarks(1, result);
        assertEquals(2, result.blockAddress());
        Files.delete(file);
        Eventually.holds(
                "the drive is gone", () -> !isThere(TapeDrive.class, "(pinion.tape=filed)"), () -> admin().volumes());
        assertEquals(List.of("one", MARK), held());
    }

    @Test
    public void anUpdateOfTheBundleIsAPauseBetweenTwoRecords() throws Exception {
        TapeDrive drive = configured();
        Bundle bundle = bundle("io.pinion.tape");
        write(drive, "one");
        write(drive, "three");
        for (int round = 0; round < 3; round++) {
            bundle.update();
            write(drive, "round " + round);
            assertEquals(round + 3, result.blockAddress());
            assertSame(drive, tape("lto", STRATEGY));
        }
        drive.writeFileMarks(1, result);
        assertEquals(List.of("one", "three", "round 0", "round 1", "round 2", MARK), held());
        bundle.update();
        drive.rewind(result);
        ByteBuffer record = ByteBuffer.allocate(10);
        drive.read(record, result);
        bundle.update();
        drive.read(record, result);
        assertEquals("onethree", new String(record.array(), 0, record.position(), StandardCharsets.US_ASCII));
        assertEquals(2, drive.position().blockAddress());
    }

    @Test
    public void aSwapLeavesTheTapeWhereItIs() throws Exception {
        TapeDrive drive = configured();
        IoStrategy serving = service(IoStrategy.class, "(pinion.strategy=" + STRATEGY + ")");
        ServiceRegistration<IoStrategy> other = context()
                .registerService(
                        IoStrategy.class,
                        serving,
                        new Hashtable<>(Map.of(
                                "pinion.strategy",
                                "other",
                                "pinion.strategy.schemes",
                                STRATEGY,
                                "pinion.strategy.shape",
                                "tape")));
        try {
            for (String strategy : List.of("other", STRATEGY, "other", STRATEGY)) {
                write(drive, "before " + strategy);
                SwapReport report = swapped(strategy);
                assertEquals(report.detail(), SwapReport.Outcome.PUBLISHED, report.outcome());
                assertSame(drive, tape("lto", strategy));
            }
            write(drive, "last");
            assertEquals(5, result.blockAddress());
            drive.flush();
            assertEquals(
                    List.of("before other", "before tape-image", "before other", "before tape-image", "last"), held());
        } finally {
            other.unregister();
        }
    }

    /** The directory of strategies learns of a service a moment after it was registered. */
    private SwapReport swapped(String strategy) throws StorageException {
        Eventually.holds(
                strategy + " is known",
                () -> admin().strategies().stream().anyMatch(s -> s.name().equals(strategy)),
                () -> admin().strategies());
        return admin().swap("lto", strategy);
    }

    @Test
    public void whatCannotWorkIsRefusedInWords() throws Exception {
        TapeDrive drive = configured();
        write(drive, "one");
        refused("stratgy is unknown", "stratgy", "tape");
        refused("strategy=buffered", "strategy", "buffered");
        refused("drain.timeout=5parsecs", "drain.timeout", "5parsecs");
        refused("access=write-only", "access", "write-only");
        assertTrue(swapped("buffered").detail(), swapped("buffered").detail().contains("is for volumes"));
        assertSame("it goes on as it was", drive, tape("lto", STRATEGY));
        write(drive, "two");
        assertEquals(2, result.blockAddress());
        configure("lto", "target", file(".bin").toString(), "strategy", "buffered", "size", "1MiB");
        Eventually.holds(
                "a name is had once, by volumes and drives together",
                () -> admin().refusals().toString().contains("name=lto"),
                () -> admin().refusals() + " " + admin().volumes());
    }

    private void refused(String words, String key, String value) throws IOException {
        configureTape("lto", "target", STRATEGY + ":" + image(), key, value);
        Eventually.holds(
                "refused: " + words,
                () -> admin().refusals().toString().contains(words)
                        && admin().why("lto").toString().contains(words),
                () -> admin().refusals() + " " + admin().why("lto"));
    }

    @Override
    List<String> expectedErrors() {
        return List.of("refused");
    }

    /** What is no image is not written over, and the drive waits and says why. */
    @Test
    public void aFileThatIsNoImageIsNotTaken() throws Exception {
        Files.writeString(image(), "#!/bin/sh\necho this is no tape\n");
        configureTape("lto", "target", STRATEGY + ":" + image());
        Eventually.holds(
                "it says why",
                () -> admin().volume("lto").filter(s -> !s.reason().isEmpty()).isPresent(),
                () -> admin().volumes());
        assertTrue(admin().why("lto").toString(), !isThere(TapeDrive.class, "(pinion.tape=lto)"));
        assertTrue(Files.readString(image()).startsWith("#!/bin/sh"));
    }
}

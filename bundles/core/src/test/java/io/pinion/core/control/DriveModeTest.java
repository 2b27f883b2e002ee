package io.pinion.core.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.strategy.Shape;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.TapePosition.Source;
import io.pinion.strategy.TapeResult;
import io.pinion.volume.Pinion;
import io.pinion.volume.TapeDrive;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The mode of a drive, fixed or variable: as configured when it is opened, and as it was left from then on. */
@Timeout(60)
class DriveModeTest {
    private final FakeTape a = new FakeTape(new FakeTape.Medium());
    private final FakeTape b = new FakeTape(new FakeTape.Medium());
    private final Pinion pinion = Pinion.start();
    private Pinion.Registration registrationOfA = add("a", a);
    private final Pinion.Registration registrationOfB = add("b", b);
    private final TapeResult result = new TapeResult();

    private Pinion.Registration add(String name, FakeTape strategy) {
        return pinion.add(name, strategy, Shape.TAPE, Set.of("faketape"), 0);
    }

    private TapeDrive open(String... keysAndValues) throws StorageException {
        configure(keysAndValues);
        return pinion.tape("t", Stage.SOON);
    }

    private void configure(String... keysAndValues) throws StorageException {
        Map<String, Object> values =
                new HashMap<>(Map.of("target", "faketape:mode", "strategy", "a", "grace", "20s", "settle", "50ms"));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            values.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        pinion.configureTape("t", values);
    }

    @AfterEach
    void close() {
        pinion.close();
    }

    private String reason() {
        return pinion.admin().volume("t").orElseThrow().reason();
    }

    @Test
    void itIsAsConfiguredWheneverItIsOpened() throws Exception {
        TapeDrive drive = open("block.size", "4KiB");
        assertEquals(4096, drive.status().blockSize());
        drive.setBlockSize(512);
        pinion.admin().swap("t", "b");
        assertEquals(512, drive.status().blockSize(), "a swap opens nothing");
        pinion.admin().reopen("t", false);
        assertEquals(4096, drive.status().blockSize());
        configure("block.size", "variable");
        pinion.admin().reopen("t", false);
        assertEquals(0, drive.status().blockSize());
    }

    @Test
    void withoutConfigurationItIsAsItWas() throws Exception {
        TapeDrive drive = open();
        assertEquals(0, drive.status().blockSize());
        drive.setBlockSize(512);
        pinion.admin().reopen("t", false);
        assertEquals(512, drive.status().blockSize());
        registrationOfA.close();
        registrationOfA = add("a", a);
        assertEquals(512, drive.status().blockSize());
    }

    /** The name leads to another drive now, and callers go on in the mode in which they were. */
    @Test
    void anotherTargetIsNotInAnotherMode() throws Exception {
        FakeDevice disk = new FakeDevice();
        pinion.guard(disk);
        a.backing = Optional.of(FakeDevice.TARGET);
        TapeDrive drive = open();
        drive.setBlockSize(512);
        disk.insert();
        pinion.admin().reopen("t", false);
        assertEquals(512, drive.status().blockSize());
        assertEquals(Source.UNKNOWN, drive.position().source());
        b.backing = a.backing;
        pinion.admin().swap("t", "b");
        assertEquals(512, drive.status().blockSize());
    }

    @Test
    void withoutATapeItIsSetOnceThereIsOne() throws Exception {
        a.empty = true;
        TapeDrive drive = open("block.size", "512");
        StorageException e = assertThrows(StorageException.class, () -> drive.write(ByteBuffer.allocate(512), result));
        assertEquals(Kind.NOT_READY, e.kind());
        assertTrue(e.getMessage().contains("blockSize=512"), e.getMessage());
        drive.rewind(result);
        assertEquals(512, drive.status().blockSize());
        drive.write(ByteBuffer.allocate(512), result);
    }

    @Test
    void aDriveThatDoesNotTakeItIsNotOpened() throws Exception {
        a.refusedBlockSize = 512;
        configure("block.size", "512");
        Stage.await("it says why", () -> reason().contains("setBlockSize"));
        configure();
        pinion.tape("t", Stage.SOON);
    }

    /** The tape is where it is to be, and its mode is not: that is told until the caller chooses another. */
    @Test
    void aTapeThatDoesNotTakeItIsNotUsed() throws Exception {
        a.empty = true;
        a.refusedBlockSize = 512;
        TapeDrive drive = open("block.size", "512");
        assertEquals(
                Kind.INVALID_ARGUMENT,
                assertThrows(StorageException.class, () -> drive.rewind(result)).kind());
        assertEquals(
                Kind.INVALID_ARGUMENT,
                assertThrows(StorageException.class, () -> drive.write(ByteBuffer.allocate(512), result))
                        .kind());
        drive.setBlockSize(1024);
        drive.write(ByteBuffer.allocate(1024), result);
    }
}
